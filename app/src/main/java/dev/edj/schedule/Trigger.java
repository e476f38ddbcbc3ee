package dev.edj.schedule;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What starts a job by itself: a schedule, or the end of another job's executions.
///
/// @param schedule null for a trigger that waits for another job
/// @param after the job whose ends it waits for; null together with `on`, for a schedule's trigger
/// @param misfire null for a trigger that waits for another job
/// @param nextAt the planned time it waits for; null when it is disabled or there is none. While
///   the schedule cannot be read, when that is tried again
/// @param lastAt the planned time of its newest firing, or the end it followed
/// @param lastExecutionId what the newest firing started
/// @param lastReason why the newest firing started nothing, or that the schedule cannot be read
public record Trigger(
    long id,
    String job,
    @Nullable String schedule,
    @Nullable String after,
    @Nullable EndCondition on,
    boolean enabled,
    Overlap overlap,
    @Nullable Misfire misfire,
    @Nullable Instant nextAt,
    @Nullable Instant lastAt,
    @Nullable UUID lastExecutionId,
    @Nullable String lastReason,
    Instant createdAt) {}
