package dev.edj.policy;

import java.time.Duration;
import java.util.Optional;

/// Whether, and after how long, a failed attempt is followed by another one.
///
/// @param maximumAttempts counts the first one
/// @param transientOnly whether only failures that may pass by themselves are tried again
public record Retries(Backoff backoff, int maximumAttempts, boolean transientOnly) {

  /// The wait before the next attempt; empty when there is none.
  ///
  /// @param failedBefore attempts that had failed before this one
  /// @param mayPass whether the failure may pass by itself
  public Optional<Duration> afterFailure(int failedBefore, boolean mayPass) {
    int failed = failedBefore + 1;
    boolean again = failed < maximumAttempts && (mayPass || !transientOnly);
    return again ? Optional.of(backoff.waitBeforeAttempt(failed + 1)) : Optional.empty();
  }
}
