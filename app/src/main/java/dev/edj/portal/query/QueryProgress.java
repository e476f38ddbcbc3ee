package dev.edj.portal.query;

import dev.edj.execution.Counts;
import dev.edj.execution.ErrorGroup;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.RunDatabases;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// How far a query is, and where it came to nothing.
///
/// @param allFailures databases that say the same together, the most frequent first
record QueryProgress(JobExecution execution, List<ErrorGroup> allFailures) {

  private static final int MOST_GROUPS = 20;

  static QueryProgress read(Executions executions, RunDatabases databases, UUID id) {
    JobExecution execution = executions.named(id);
    Counts counts = counts(execution);
    boolean failed = counts.ended() > counts.succeeded() + counts.skipped();
    return new QueryProgress(execution, failed ? databases.errors(id) : List.of());
  }

  public List<ErrorGroup> failures() {
    return allFailures.stream().limit(MOST_GROUPS).toList();
  }

  public int otherFailures() {
    return Math.max(0, allFailures.size() - MOST_GROUPS);
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
