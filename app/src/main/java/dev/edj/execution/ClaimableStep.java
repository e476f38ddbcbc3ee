package dev.edj.execution;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A step of an active run with children that wait.
public record ClaimableStep(
    long stepExecutionId,
    int waiting,
    int inProgress,
    @Nullable Integer maxParallelism,
    @Nullable Duration attemptTimeout,
    @Nullable Duration jobTimeLeft,
    int lastServerId) {

  /// How many more of its children may run now.
  int room() {
    return maxParallelism == null ? waiting : Math.min(waiting, maxParallelism - inProgress);
  }
}
