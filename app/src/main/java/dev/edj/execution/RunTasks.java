package dev.edj.execution;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ended tasks of runs, in the columns in which a statement takes them. Public because Jdbi binds
/// public types only.
@SuppressWarnings("ArrayRecordComponent") // Bound to a statement, and never compared.
public record RunTasks(
    UUID[] taskRuns,
    int[] numbers,
    String[] types,
    String[] lifecycles,
    long[] nodes,
    Long[] elapsedMs,
    String[] messages,
    String[] stacks) {

  public static RunTasks of(List<RunTask> tasks) {
    return new RunTasks(
        Columns.of(tasks, RunTask::run, UUID[]::new),
        Columns.ints(tasks, RunTask::number),
        Columns.of(tasks, task -> task.type().name(), String[]::new),
        Columns.of(tasks, task -> task.lifecycle().name(), String[]::new),
        Columns.longs(tasks, RunTask::nodeId),
        Columns.of(tasks, RunTask::elapsedMilliseconds, Long[]::new),
        Columns.texts(tasks, RunTask::message),
        Columns.texts(tasks, RunTask::stack));
  }

  /// One of them; its times are those of the control database's clock, so many milliseconds ago.
  public record RunTask(
      UUID run,
      int number,
      TaskType type,
      Lifecycle lifecycle,
      long nodeId,
      long elapsedMilliseconds,
      @Nullable String message,
      @Nullable String stack) {}
}
