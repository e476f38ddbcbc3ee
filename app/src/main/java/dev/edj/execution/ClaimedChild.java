package dev.edj.execution;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A child execution that a node has claimed: its report counts only for this attempt and that
/// node.
///
/// @param failedAttempts earlier attempts that count against the policy's maximum
/// @param jobTimeLeft until the job's time-out; null when there is none
public record ClaimedChild(
    UUID executionId,
    long stepExecutionId,
    int serverId,
    String database,
    int attempt,
    int failedAttempts,
    @Nullable Duration jobTimeLeft) {}
