package dev.edj.execution;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run that a trigger starts.
///
/// @param schedule null together with `plannedAt`, for a run that follows another one
/// @param followsId the run of another job whose end started this one
/// @param queued waits until those of its job that came before it have ended
public record TriggeredRun(
    UUID id,
    long jobId,
    @Nullable String schedule,
    @Nullable Instant plannedAt,
    @Nullable UUID followsId,
    boolean queued) {}
