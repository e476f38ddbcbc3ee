package dev.edj.cli;

import static java.util.Objects.requireNonNullElse;

import dev.edj.execution.BatchExecution;
import dev.edj.execution.Counts;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Purpose;
import dev.edj.execution.RunStep;
import dev.edj.execution.TaskExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Executions, their tasks and batches as people read them.
final class ExecutionViews {

  private ExecutionViews() {}

  static Details details(JobExecution execution) {
    Details details =
        new Details()
            .line("Execution", execution.id())
            .line("Parent", execution.parentId())
            .line("Job", execution.job() + " (version " + execution.jobVersion() + ")")
            .line("Purpose", execution.purpose() == Purpose.Run ? null : execution.purpose())
            .line("Lifecycle", execution.lifecycle())
            .line("Waits because", execution.waitingCause())
            .line("Next retry", execution.nextRetryAt())
            .line("Step", execution.step())
            .line("Content", content(execution.content(), execution.contentVersion()))
            .line("Credential", execution.credential())
            .line("Execution policy", execution.policy())
            .line("Target", execution.target())
            .line("Results", results(execution))
            .line("Server", execution.server())
            .line("Database", execution.database())
            .line("Children", execution.children() == null ? null : execution.children().text());
    requireNonNullElse(execution.steps(), List.<RunStep>of())
        .forEach(step -> details.line("Step " + step.stepId(), step(step)));
    details
        .line("Attempt", execution.attempt() == 0 ? null : execution.attempt())
        .line("Created", execution.createdAt())
        .line("By", execution.createdBy())
        .line("Schedule", execution.schedule())
        .line("Planned", execution.plannedAt())
        .line("Follows", execution.followsId())
        .line("Started", execution.startedAt())
        .line("Ended", execution.endedAt())
        .line("Took", took(execution.startedAt(), execution.endedAt()));
    if (execution.cancelRequested() && !execution.lifecycle().ended()) {
      details.line("Stop", "requested");
    }
    return details.line("Message", execution.message());
  }

  /// A check has none, and those of a trial go nowhere.
  private static @Nullable String results(JobExecution execution) {
    return execution.purpose() == Purpose.Run
        ? ResultViews.of(execution.results(), execution.destination())
        : null;
  }

  /// `Fill: fill (version 3) on tenants, 45 of 100 ended: 45 succeeded`, and where its rows are
  /// sent
  private static String step(RunStep step) {
    return "%s: %s on %s, %s%s"
        .formatted(
            step.step(),
            content(step.content(), step.contentVersion()),
            step.target(),
            step.children().text(),
            step.destination() == null
                ? ""
                : "; rows " + ResultViews.of(step.results(), step.destination()));
  }

  /// Null where several steps have several.
  private static @Nullable String content(@Nullable String content, @Nullable Integer version) {
    return content == null || version == null ? content : content + " (version " + version + ")";
  }

  static Table table(List<JobExecution> executions) {
    Table table = Table.of("ID", "JOB", "PURPOSE", "LIFECYCLE", "CHILDREN", "CREATED", "TOOK");
    executions.forEach(execution ->
        table.row(
            execution.id(),
            execution.job(),
            execution.purpose(),
            execution.lifecycle(),
            children(execution),
            execution.createdAt(),
            took(execution.startedAt(), execution.endedAt())));
    return table;
  }

  /// Children of several executions.
  static Table placeTable(List<JobExecution> children) {
    Table table =
        Table.of("ID", "JOB", "STEP", "SERVER", "DATABASE", "LIFECYCLE", "CREATED", "TOOK");
    children.forEach(child ->
        table.row(
            child.id(),
            child.job(),
            child.step(),
            child.server(),
            child.database(),
            child.lifecycle(),
            child.createdAt(),
            took(child.startedAt(), child.endedAt())));
    return table;
  }

  static Table childTable(List<JobExecution> children) {
    Table table =
        Table.of("ID", "STEP", "SERVER", "DATABASE", "LIFECYCLE", "ATTEMPT", "TOOK", "MESSAGE");
    children.forEach(child ->
        table.row(
            child.id(),
            child.step(),
            child.server(),
            child.database(),
            child.lifecycle(),
            child.attempt(),
            took(child.startedAt(), child.endedAt()),
            child.waitingCause() == null ? child.message() : cause(child)));
    return table;
  }

  /// Why it waits; of one that waits for another attempt, with the message of the last one: there
  /// stands what to mend.
  static @Nullable String cause(JobExecution execution) {
    String cause = execution.waitingCause();
    return cause == null || execution.message() == null
        ? cause
        : cause + ", after: " + execution.message();
  }

  static Details details(TaskExecution task) {
    return new Details()
        .line("Task", task.id())
        .line("Type", task.type())
        .line("Lifecycle", task.lifecycle())
        .line("Created", task.createdAt())
        .line("Started", task.startedAt())
        .line("Ended", task.endedAt())
        .line("Node", task.node())
        .line("Message", task.message())
        .line("Stack", task.stack());
  }

  static Table taskTable(List<TaskExecution> tasks) {
    Table table = Table.of("ID", "TYPE", "LIFECYCLE", "STARTED", "TOOK", "MESSAGE");
    tasks.forEach(task ->
        table.row(
            task.id(),
            task.type(),
            task.lifecycle(),
            task.startedAt(),
            took(task.startedAt(), task.endedAt()),
            task.message()));
    return table;
  }

  static Table batchTable(List<BatchExecution> batches) {
    Table table = Table.of("BATCH", "LIFECYCLE", "STARTED", "TOOK", "MESSAGE");
    batches.forEach(batch ->
        table.row(
            batch.number(),
            batch.lifecycle(),
            batch.startedAt(),
            took(batch.startedAt(), batch.endedAt()),
            batch.message()));
    return table;
  }

  static String place(JobExecution child) {
    return Stream.of(child.server(), child.database())
        .filter(part -> part != null)
        .map(TextWidth::oneLine)
        .collect(Collectors.joining("/"));
  }

  /// Of one that is a child itself, where it ran.
  private static @Nullable String children(JobExecution execution) {
    Counts counts = execution.children();
    if (counts == null) {
      return place(execution);
    }
    return counts.total() == 0
        ? null
        : counts.ended() + "/" + counts.total() + failed(counts) + retried(counts);
  }

  private static String failed(Counts counts) {
    int failed = counts.failed() + counts.timedOut();
    return failed == 0 ? "" : ", " + failed + " failed";
  }

  private static String retried(Counts counts) {
    int retried = counts.waitingForRetry();
    return retried == 0 ? "" : ", " + retried + " to be tried again";
  }

  private static @Nullable Duration took(@Nullable Instant start, @Nullable Instant end) {
    return start == null || end == null ? null : Duration.between(start, end);
  }
}
