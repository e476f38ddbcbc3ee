package dev.edj.schedule;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What became of one planned time of a trigger, or of one end that it waited for.
///
/// @param plannedAt what the rule says; of a follow-up, when the execution before it ended
/// @param followsId the execution that ended, of a follow-up
/// @param missedSince the first of the planned times that were passed over with this one
/// @param executionId what was started; null when nothing was, together with `reason`, which says
///   why
public record Firing(
    Instant plannedAt,
    @Nullable UUID followsId,
    @Nullable Instant missedSince,
    Instant firedAt,
    @Nullable UUID executionId,
    @Nullable String reason) {}
