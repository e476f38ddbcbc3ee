package dev.edj.controller;

import dev.edj.execution.Lifecycle;
import dev.edj.execution.RunStore;
import dev.edj.execution.RunStore.ClaimedRun;
import dev.edj.execution.RunTasks.RunTask;
import dev.edj.execution.TaskType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The tasks of one launch, remembered until they are saved together with what came of them.
final class LaunchTasks {

  private final ClaimedRun run;
  private final long nodeId;
  private final List<Ended> ended = new ArrayList<>();
  private TaskType current = TaskType.ScriptSplit;
  private long begunAtNanos;
  private @Nullable Ended last;

  LaunchTasks(ClaimedRun run, long nodeId) {
    this.run = run;
    this.nodeId = nodeId;
  }

  ClaimedRun run() {
    return run;
  }

  long nodeId() {
    return nodeId;
  }

  /// The fence: which of the runs are still their nodes', at their attempts. Locks these for the
  /// transaction.
  static Set<UUID> held(RunStore store, List<LaunchTasks> launches) {
    return store.held(
        launches.stream().map(launch -> launch.run.executionId()).toArray(UUID[]::new),
        launches.stream().mapToInt(launch -> launch.run.attempt()).toArray(),
        launches.stream().mapToLong(launch -> launch.nodeId).toArray());
  }

  void begin(TaskType type) {
    current = type;
    begunAtNanos = System.nanoTime();
  }

  void succeeded() {
    succeeded(null);
  }

  void succeeded(@Nullable String message) {
    ended.add(now(Lifecycle.Succeeded, message, null));
  }

  /// What is to be saved when the present one succeeds; that can be tried more than once.
  List<RunTask> whenSucceeded() {
    return whenEnded(now(Lifecycle.Succeeded, null, null));
  }

  /// What is to be saved when the present one fails.
  List<RunTask> whenFailed(String message, @Nullable String stack) {
    return whenEnded(now(Lifecycle.Failed, message, stack));
  }

  /// Those that have ended, with what was made known of the last of them.
  List<Ended> ended() {
    List<Ended> all = new ArrayList<>(ended);
    if (last != null) {
      all.add(last);
    }
    return all;
  }

  private List<RunTask> whenEnded(Ended last) {
    this.last = last;
    List<Ended> all = ended();
    List<RunTask> tasks = new ArrayList<>();
    for (Ended task : all) {
      tasks.add(
          new RunTask(
              run.executionId(),
              run.taskNumber() + tasks.size(),
              task.type(),
              task.lifecycle(),
              nodeId,
              (System.nanoTime() - task.begunAtNanos()) / 1_000_000,
              task.message(),
              task.stack()));
    }
    return tasks;
  }

  private Ended now(Lifecycle lifecycle, @Nullable String message, @Nullable String stack) {
    return new Ended(current, lifecycle, begunAtNanos, System.nanoTime(), message, stack);
  }

  /// One that has ended.
  record Ended(
      TaskType type,
      Lifecycle lifecycle,
      long begunAtNanos,
      long endedAtNanos,
      @Nullable String message,
      @Nullable String stack) {}
}
