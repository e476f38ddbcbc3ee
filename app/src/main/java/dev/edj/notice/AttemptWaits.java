package dev.edj.notice;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How long it takes until something is tried again: 12 attempts in about a day, at first seconds
/// apart and hours in the end.
final class AttemptWaits {

  static final Duration LONGEST = Duration.ofDays(1);

  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(6),
          Duration.ofHours(10));

  /// Each wait is longer by up to this part of it, so that what failed together does not come back
  /// together.
  private static final double JITTER = 0.2;

  private final RandomGenerator random;

  AttemptWaits(RandomGenerator random) {
    this.random = random;
  }

  /// After an attempt that came to nothing; empty when it was the last one.
  ///
  /// @param attempt its number, from 1
  /// @param asked what the receiver asked for: it is not tried sooner, but after a day at the
  ///   latest
  Optional<Duration> after(int attempt, @Nullable Duration asked) {
    if (attempt > WAITS.size()) {
      return Optional.empty();
    }
    Duration usual = WAITS.get(attempt - 1);
    Duration wait = usual.plusMillis((long) (usual.toMillis() * JITTER * random.nextDouble()));
    if (asked == null || asked.compareTo(wait) < 0) {
      return Optional.of(wait);
    }
    return Optional.of(asked.compareTo(LONGEST) < 0 ? asked : LONGEST);
  }
}
