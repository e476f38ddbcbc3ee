package dev.edj.portal.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When a schedule fires next.
///
/// @param refusal why that cannot be said; null when it can, and when nobody asked
record NextTimes(List<Instant> times, @Nullable String refusal) {

  static final NextTimes NOT_ASKED = new NextTimes(List.of(), null);
}
