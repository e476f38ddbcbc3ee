package dev.edj.schedule;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A time at which a trigger has its job started.
///
/// @param schedule null for a follow-up
/// @param followsId the run that ended, for a follow-up; `plannedAt` is its end
/// @param missedSince the first planned time that is passed over with this one
/// @param missed why nothing is to be started; null when something is
record Occasion(
    long triggerId,
    long jobId,
    Overlap overlap,
    @Nullable String schedule,
    Instant plannedAt,
    @Nullable UUID followsId,
    @Nullable Instant missedSince,
    @Nullable String missed) {}
