package dev.edj.cli;

import static java.util.Objects.requireNonNullElse;

import dev.edj.execution.ErrorGroup;
import dev.edj.execution.ErrorGroup.Member;
import dev.edj.execution.ErrorGroups;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import java.util.List;
import java.util.Locale;

/// Says on which databases a query came to nothing and why, those with the same reason together.
record QueryErrors(ApiClient api, Output output, String id) {

  private static final int MOST_OF_A_KIND = 10_000;
  private static final int MOST_NAMED = 10;
  private static final int MOST_GROUPS = 20;

  private static final List<Lifecycle> UNSUCCESSFUL =
      List.of(Lifecycle.Failed, Lifecycle.TimedOut, Lifecycle.Canceled);

  void print() {
    ErrorGroups all = new ErrorGroups(MOST_NAMED);
    UNSUCCESSFUL.forEach(lifecycle -> collect(lifecycle, all));
    List<ErrorGroup> groups = all.largestFirst();
    groups.stream().limit(MOST_GROUPS).forEach(this::print);
    if (groups.size() > MOST_GROUPS) {
      output.note(
          "%d other messages; see: edj execution children %s --lifecycle Failed"
              .formatted(groups.size() - MOST_GROUPS, id));
    }
  }

  private void collect(Lifecycle lifecycle, ErrorGroups groups) {
    Answer<List<JobExecution>> children =
        api.list(
            JobExecution.class,
            ApiPath.of(ExecutionCommands.NOUN).with("parent", id).with("lifecycle", lifecycle),
            MOST_OF_A_KIND,
            null);
    for (JobExecution child : children.value()) {
      String reason = child.message() == null ? lifecycle.name() : child.message();
      groups.add(
          reason,
          new Member(
              child.id(),
              requireNonNullElse(child.server(), ""),
              requireNonNullElse(child.database(), "")));
    }
  }

  private void print(ErrorGroup group) {
    List<String> places =
        group.first().stream()
            .map(member -> TextWidth.oneLine(member.server() + "/" + member.database()))
            .toList();
    String heading =
        group.size() == 1
            ? places.getFirst() + ":"
            : String.format(Locale.ROOT, "%,d databases:", group.size());
    output.note(heading);
    output.note(
        TextWidth.withoutControls(group.message()).stripTrailing().indent(2).stripTrailing());
    if (group.size() > 1) {
      output.note("  on " + named(places, group.size()));
    }
  }

  private static String named(List<String> places, int size) {
    String shown = String.join(", ", places);
    return places.size() == size
        ? shown
        : String.format(Locale.ROOT, "%s and %,d more", shown, size - places.size());
  }
}
