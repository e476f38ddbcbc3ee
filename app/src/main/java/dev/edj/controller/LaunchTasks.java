package dev.edj.controller;

import dev.edj.execution.Lifecycle;
import dev.edj.execution.RunStore;
import dev.edj.execution.RunStore.ClaimedRun;
import dev.edj.execution.StorableText;
import dev.edj.execution.TaskType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tasks of one launch, remembered until they are saved together with what came of them.
final class LaunchTasks {

  private final ClaimedRun run;
  private final long nodeId;
  private final List<Ended> ended = new ArrayList<>();
  private TaskType current = TaskType.ScriptSplit;
  private long begunAtNanos;

  LaunchTasks(ClaimedRun run, long nodeId) {
    this.run = run;
    this.nodeId = nodeId;
  }

  ClaimedRun run() {
    return run;
  }

  void begin(TaskType type) {
    current = type;
    begunAtNanos = System.nanoTime();
  }

  void succeeded() {
    end(Lifecycle.Succeeded, null, null);
  }

  void succeeded(String message) {
    end(Lifecycle.Succeeded, message, null);
  }

  void failed(String message, @Nullable String stack) {
    end(Lifecycle.Failed, message, stack);
  }

  /// The fence: whether the run is still this node's, at this attempt. Locks it for the
  /// transaction.
  boolean stillHeld(RunStore store) {
    return store.held(run.executionId(), nodeId, run.attempt()) != null;
  }

  void save(RunStore store) {
    int number = run.taskNumber();
    for (Ended task : ended) {
      store.recordTask(
          run.executionId(),
          number++,
          task.type(),
          task.lifecycle(),
          nodeId,
          (System.nanoTime() - task.begunAtNanos()) / 1_000_000,
          task.message(),
          task.stack());
    }
    store.advanceTaskNumber(run.executionId(), ended.size());
  }

  private void end(Lifecycle lifecycle, @Nullable String message, @Nullable String stack) {
    ended.add(
        new Ended(
            current, lifecycle, begunAtNanos, StorableText.of(message), StorableText.of(stack)));
  }

  private record Ended(
      TaskType type,
      Lifecycle lifecycle,
      long begunAtNanos,
      @Nullable String message,
      @Nullable String stack) {}
}
