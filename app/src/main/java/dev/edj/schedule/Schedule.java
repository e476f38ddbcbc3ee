package dev.edj.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A named rule that says when.
///
/// @param text the rule in words: `weekdays at 22:00 Europe/Brussels`; or why it cannot be read
/// @param interval `OneTime`, or as the original printed it: `Minutes: 15`
/// @param start nothing is planned before it
/// @param end the last moment at which it may fire; null means never
/// @param windowFrom with `windowTo`, the part of the day in which it may fire
/// @param nextAt its next planned time, whether a trigger waits for it or not; null when there is
///   none any more, and when the rule cannot be read
public record Schedule(
    String name,
    String text,
    @Nullable String interval,
    @Nullable String cron,
    @Nullable String days,
    @Nullable String times,
    Instant start,
    @Nullable Instant end,
    String zone,
    @Nullable String windowFrom,
    @Nullable String windowTo,
    @Nullable Instant nextAt,
    Instant createdAt,
    Instant updatedAt) {}
