package dev.edj.cli;

import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Says on which databases a query came to nothing and why, those with the same reason together.
record QueryErrors(ApiClient api, Output output, String id) {

  private static final int MOST_OF_A_KIND = 10_000;
  private static final int MOST_NAMED = 10;
  private static final int MOST_GROUPS = 20;

  private static final List<Lifecycle> UNSUCCESSFUL =
      List.of(Lifecycle.Failed, Lifecycle.TimedOut, Lifecycle.Canceled);

  void print() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    UNSUCCESSFUL.forEach(lifecycle -> collect(lifecycle, groups));
    groups.entrySet().stream()
        .sorted((one, other) -> other.getValue().size() - one.getValue().size())
        .limit(MOST_GROUPS)
        .forEach(group -> print(group.getKey(), group.getValue()));
    if (groups.size() > MOST_GROUPS) {
      output.note(
          "%d other messages; see: edj execution children %s --lifecycle Failed"
              .formatted(groups.size() - MOST_GROUPS, id));
    }
  }

  private void collect(Lifecycle lifecycle, Map<String, List<String>> groups) {
    Answer<List<JobExecution>> children =
        api.list(
            JobExecution.class,
            ApiPath.of(ExecutionCommands.NOUN).with("parent", id).with("lifecycle", lifecycle),
            MOST_OF_A_KIND,
            null);
    for (JobExecution child : children.value()) {
      String reason = child.message() == null ? lifecycle.name() : child.message();
      groups.computeIfAbsent(reason, _ -> new ArrayList<>()).add(ExecutionViews.place(child));
    }
  }

  private void print(String reason, List<String> places) {
    String heading =
        places.size() == 1
            ? places.getFirst() + ":"
            : String.format(Locale.ROOT, "%,d databases:", places.size());
    output.note(heading);
    output.note(TextWidth.withoutControls(reason).stripTrailing().indent(2).stripTrailing());
    if (places.size() > 1) {
      output.note("  on " + named(places));
    }
  }

  private static String named(List<String> places) {
    String shown = String.join(", ", places.subList(0, Math.min(MOST_NAMED, places.size())));
    return places.size() <= MOST_NAMED
        ? shown
        : String.format(Locale.ROOT, "%s and %,d more", shown, places.size() - MOST_NAMED);
  }
}
