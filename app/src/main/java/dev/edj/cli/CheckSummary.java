package dev.edj.cli;

import dev.edj.execution.Counts;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import java.util.List;
import java.util.Objects;

/// Says where a checked job could run, and where not and why.
record CheckSummary(ApiClient api, Output output) {

  private static final int SHOWN = 100;

  private static final List<Lifecycle> UNSUCCESSFUL =
      List.of(Lifecycle.Failed, Lifecycle.TimedOut, Lifecycle.Canceled);

  void print(JobExecution check) {
    Counts counts = Objects.requireNonNull(check.children());
    String job = "%s (version %d)".formatted(check.job(), check.jobVersion());
    if (counts.total() == 0) {
      String message = check.message() == null ? check.lifecycle().name() : check.message();
      output.line("%s: %s".formatted(job, message));
      return;
    }
    output.line(
        "%s could run on %d of %d %s. Nothing of it was run."
            .formatted(
                job,
                counts.succeeded(),
                counts.total(),
                check.stepId() == null ? "databases, counting those of each step" : "databases"));
    UNSUCCESSFUL.forEach(lifecycle -> print(check, lifecycle, true));
    if (mayHavePlans(check)) {
      print(check, Lifecycle.Succeeded, false);
    }
  }

  /// Only the checks of packages have something to say where all is well.
  private boolean mayHavePlans(JobExecution check) {
    Answer<List<JobExecution>> first =
        api.list(
            JobExecution.class,
            ApiPath.of(ExecutionCommands.NOUN, check.id().toString(), "children")
                .with("lifecycle", Lifecycle.Succeeded),
            1,
            null);
    return check.stepId() == null
        || first.value().stream().anyMatch(child -> child.message() != null);
  }

  private void print(JobExecution check, Lifecycle lifecycle, boolean withoutMessage) {
    Answer<List<JobExecution>> children =
        api.list(
            JobExecution.class,
            ApiPath.of(ExecutionCommands.NOUN, check.id().toString(), "children")
                .with("lifecycle", lifecycle),
            SHOWN,
            null);
    // Of a child that succeeded, a message is what its plan is in short.
    children.value().stream()
        .filter(child -> withoutMessage || child.message() != null)
        .forEach(child -> print(check, child));
    if (children.next() != null) {
      output.line("");
      output.line(
          "More: edj execution children %s --lifecycle %s".formatted(check.id(), lifecycle));
    }
  }

  private void print(JobExecution check, JobExecution child) {
    String step = check.stepId() == null ? ", step '%s'".formatted(child.step()) : "";
    String heading = "%s%s: %s".formatted(ExecutionViews.place(child), step, child.lifecycle());
    output.line("");
    output.line(Style.of(child.lifecycle()).apply(heading, output.colours()));
    if (child.message() != null) {
      output.line(
          TextWidth.withoutControls(child.message()).stripTrailing().indent(2).stripTrailing());
    }
    if (child.lifecycle() == Lifecycle.Succeeded) {
      output.line("  edj execution plan " + child.id());
    }
  }
}
