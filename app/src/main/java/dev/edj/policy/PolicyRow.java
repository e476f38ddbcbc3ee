package dev.edj.policy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An execution policy as the control database holds it, durations in milliseconds; public because
/// Jdbi binds public classes only.
public record PolicyRow(
    String name,
    boolean builtIn,
    @Nullable Long jobTimeoutMs,
    @Nullable Long attemptTimeoutMs,
    long initialRetryIntervalMs,
    long maximumRetryIntervalMs,
    double retryIntervalBackoffCoefficient,
    int maximumAttempts,
    String retry,
    List<String> transientErrors,
    List<String> permanentErrors,
    DestinationFailure onDestinationFailure) {

  static PolicyRow of(ExecutionPolicy policy) {
    return new PolicyRow(
        policy.name(),
        policy.builtIn(),
        milliseconds(policy.jobTimeout()),
        milliseconds(policy.attemptTimeout()),
        policy.initialRetryInterval().toMillis(),
        policy.maximumRetryInterval().toMillis(),
        policy.retryIntervalBackoffCoefficient(),
        policy.maximumAttempts(),
        policy.retry().name().toLowerCase(Locale.ROOT),
        policy.transientErrors(),
        policy.permanentErrors(),
        policy.destinationFailure());
  }

  ExecutionPolicy policy() {
    return new ExecutionPolicy(
        name,
        builtIn,
        duration(jobTimeoutMs),
        duration(attemptTimeoutMs),
        Duration.ofMillis(initialRetryIntervalMs),
        Duration.ofMillis(maximumRetryIntervalMs),
        retryIntervalBackoffCoefficient,
        maximumAttempts,
        RetryRule.valueOf(retry.toUpperCase(Locale.ROOT)),
        transientErrors,
        permanentErrors,
        onDestinationFailure);
  }

  private static @Nullable Long milliseconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis();
  }

  private static @Nullable Duration duration(@Nullable Long milliseconds) {
    return milliseconds == null ? null : Duration.ofMillis(milliseconds);
  }
}
