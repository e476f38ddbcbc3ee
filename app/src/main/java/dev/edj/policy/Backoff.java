package dev.edj.policy;

import java.time.Duration;

/// How the wait between attempts grows.
public record Backoff(Duration initial, Duration maximum, double coefficient) {

  /// The wait before attempt `number` (2 is the first retry): `min(maximum, initial *
  /// coefficient^(number - 2))`.
  public Duration waitBeforeAttempt(int number) {
    double milliseconds = initial.toMillis() * Math.pow(coefficient, number - 2.0);
    // Written so that an overflow to infinity, or 0 * infinity, ends at the cap.
    return milliseconds < maximum.toMillis() ? Duration.ofMillis((long) milliseconds) : maximum;
  }
}
