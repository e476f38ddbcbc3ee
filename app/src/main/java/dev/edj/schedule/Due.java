package dev.edj.schedule;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be done about a schedule now.
///
/// @param firings the planned times to fire, oldest first; all planned times up to now are settled
///   with them
/// @param firstMissed the earliest planned time that is passed over; null when none is
/// @param next the planned time to wait for; null when there is none any more
public record Due(List<Instant> firings, @Nullable Instant firstMissed, @Nullable Instant next) {}
