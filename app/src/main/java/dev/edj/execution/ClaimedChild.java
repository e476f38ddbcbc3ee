package dev.edj.execution;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A child execution that a node has claimed: its report counts only for this attempt and that
/// node.
///
/// @param nodeId the node as it was registered when it claimed
/// @param parameters values that its targets carry, in JSON; null when they carry none
/// @param failedAttempts earlier attempts that count against the policy's maximum
/// @param attemptTimeout time for this attempt; null when there is no limit
/// @param jobTimeLeft until the job's time-out; null when there is none
/// @param waited since it could have been claimed
public record ClaimedChild(
    UUID executionId,
    long stepExecutionId,
    int serverId,
    String database,
    int attempt,
    long nodeId,
    @Nullable String parameters,
    int failedAttempts,
    @Nullable Duration attemptTimeout,
    @Nullable Duration jobTimeLeft,
    Duration waited) {

  /// One that did not wait.
  public ClaimedChild(
      UUID executionId,
      long stepExecutionId,
      int serverId,
      String database,
      int attempt,
      long nodeId,
      @Nullable String parameters,
      int failedAttempts,
      @Nullable Duration attemptTimeout,
      @Nullable Duration jobTimeLeft) {
    this(
        executionId,
        stepExecutionId,
        serverId,
        database,
        attempt,
        nodeId,
        parameters,
        failedAttempts,
        attemptTimeout,
        jobTimeLeft,
        Duration.ZERO);
  }
}
