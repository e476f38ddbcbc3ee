package dev.edj.bundle;

import static java.util.Objects.requireNonNullElse;

import dev.edj.execution.BatchExecution;
import dev.edj.execution.Counts;
import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.RunDatabases;
import dev.edj.execution.TaskExecution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What became of an execution on its databases.
final class Attempts {

  /// What one looks for first comes first.
  private static final List<Lifecycle> ORDER =
      List.of(
          Lifecycle.Failed,
          Lifecycle.TimedOut,
          Lifecycle.WaitingForRetry,
          Lifecycle.InProgress,
          Lifecycle.Canceled,
          Lifecycle.Created,
          Lifecycle.Skipped,
          Lifecycle.Succeeded);

  /// How many are in memory at a time.
  private static final int PORTION = 100;

  private final Executions executions;
  private final RunDatabases databases;
  private final Limits limits;
  private long logCharacters;
  private int logsLeftOut;
  private int attemptsLeftOut;

  Attempts(Executions executions, RunDatabases databases, Limits limits) {
    this.executions = executions;
    this.databases = databases;
    this.limits = limits;
  }

  /// A task with its batches.
  record Attempt(TaskExecution task, List<BatchExecution> batches) {}

  /// Returns in words what was too much.
  String write(Archive archive, JobExecution run, @Nullable JobExecution child) throws IOException {
    archive.json("errors.json", databases.errors(run.id()));
    List<JobExecution> children = child == null ? children(run) : List.of(child);
    archive.lines("children.jsonl", children);
    writeAttempts(archive, run);
    List<JobExecution> attempted = children.stream().filter(one -> one.attempt() > 0).toList();
    for (JobExecution one : attempted.subList(0, Math.min(attempted.size(), limits.attempted()))) {
      writeAttempts(archive, one);
    }
    return leftOut(run, child, children.size(), attempted.size());
  }

  private List<JobExecution> children(JobExecution run) {
    List<JobExecution> children = new ArrayList<>();
    for (Lifecycle lifecycle : ORDER) {
      int room = limits.children() - children.size();
      if (room > 0) {
        children.addAll(
            executions
                .list(ExecutionFilter.page(room).parent(run.id()).lifecycle(lifecycle).filter())
                .items());
      }
    }
    return children;
  }

  private void writeAttempts(Archive archive, JobExecution execution) throws IOException {
    int older = Math.max(0, executions.lastTask(execution.id()) - limits.attempts());
    attemptsLeftOut += older;
    List<String> told = new ArrayList<>();
    archive.array(
        "attempts/" + execution.id() + ".json",
        attempts -> tell(execution.id(), older, attempts, told));
    // The newest says most, should there be no room for all.
    for (String task : told.reversed()) {
      writeLog(archive, task);
    }
  }

  /// @param told gets the ids of the tasks
  private void tell(UUID execution, int after, Consumer<Object> attempts, List<String> told) {
    int last = after;
    List<TaskExecution> portion;
    do {
      portion = executions.tasks(execution, last, PORTION);
      for (TaskExecution task : portion) {
        attempts.accept(new Attempt(task, executions.batches(task.id())));
        told.add(task.id());
        last = task.number();
      }
    } while (portion.size() == PORTION && told.size() < limits.attempts());
  }

  private void writeLog(Archive archive, String taskId) throws IOException {
    String log = cut(executions.log(taskId));
    if (log.isEmpty()) {
      return;
    }
    if (logCharacters + log.length() > limits.allLogCharacters()) {
      logsLeftOut++;
      return;
    }
    logCharacters += log.length();
    archive.text("logs/" + taskId + ".log", log);
  }

  /// How it began, and more of how it ended.
  private String cut(String log) {
    int surplus = log.length() - limits.logCharacters();
    if (surplus <= 0) {
      return log;
    }
    int beginning = limits.logCharacters() / 4;
    return log.substring(0, beginning)
        + "\n[%,d characters are left out here]\n".formatted(surplus)
        + log.substring(beginning + surplus);
  }

  /// @param children how many are told of
  /// @param attempted how many of those have attempts
  private String leftOut(
      JobExecution run, @Nullable JobExecution child, int children, int attempted) {
    List<String> parts = new ArrayList<>();
    if (child != null) {
      parts.add("all other children of execution " + run.id());
    } else if (children == limits.children()
        && requireNonNullElse(run.children(), Counts.NONE).total() > children) {
      parts.add("children beyond the first %,d".formatted(limits.children()));
    }
    if (attempted > limits.attempted()) {
      parts.add("attempts of children beyond the first %,d".formatted(limits.attempted()));
    }
    if (attemptsLeftOut > 0) {
      parts.add(
          "%,d attempts that were not among the newest %,d of their execution"
              .formatted(attemptsLeftOut, limits.attempts()));
    }
    if (logsLeftOut > 0) {
      parts.add(
          "%,d logs, because all together would be larger than %,d characters"
              .formatted(logsLeftOut, limits.allLogCharacters()));
    }
    return parts.isEmpty() ? "nothing." : String.join("; ", parts) + ".";
  }
}
