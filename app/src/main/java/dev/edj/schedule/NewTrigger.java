package dev.edj.schedule;

import org.jspecify.annotations.Nullable;

/// A trigger to be created; it has either a schedule, or a job after which to start.
///
/// @param job the job to start
/// @param on after which ends; null means `Success`
/// @param enabled null means true
/// @param overlap null means `Skip`
/// @param misfire null means `FireOnce`
public record NewTrigger(
    String job,
    @Nullable String schedule,
    @Nullable String after,
    @Nullable EndCondition on,
    @Nullable Boolean enabled,
    @Nullable Overlap overlap,
    @Nullable Misfire misfire) {}
