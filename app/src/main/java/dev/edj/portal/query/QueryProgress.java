package dev.edj.portal.query;

import dev.edj.execution.Counts;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// How far a query is, and where it came to nothing.
record QueryProgress(JobExecution execution, List<FailedDatabases> failures) {

  static QueryProgress read(Executions executions, UUID id) {
    JobExecution execution = executions.named(id);
    Counts counts = counts(execution);
    boolean failed = counts.ended() > counts.succeeded() + counts.skipped();
    return new QueryProgress(execution, failed ? FailedDatabases.of(executions, id) : List.of());
  }

  public boolean isEnded() {
    return execution.lifecycle().ended();
  }

  public Counts counts() {
    return counts(execution);
  }

  private static Counts counts(JobExecution execution) {
    return Objects.requireNonNullElse(execution.children(), Counts.NONE);
  }

  /// What is read aloud when it changes.
  public String sentence() {
    Counts counts = counts();
    int failed = counts.failed() + counts.timedOut() + counts.canceled();
    return "%,d of %,d databases answered%s."
        .formatted(
            counts.succeeded(),
            counts.total(),
            failed == 0 ? "" : ", %,d did not".formatted(failed));
  }
}
