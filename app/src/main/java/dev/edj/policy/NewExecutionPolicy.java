package dev.edj.policy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An execution policy to be created; null takes what the `Default execution policy` has.
///
/// @param jobTimeout zero means none
/// @param attemptTimeout zero means none
public record NewExecutionPolicy(
    String name,
    @Nullable Duration jobTimeout,
    @Nullable Duration attemptTimeout,
    @Nullable Duration initialRetryInterval,
    @Nullable Duration maximumRetryInterval,
    @Nullable Double retryIntervalBackoffCoefficient,
    @Nullable Integer maximumAttempts,
    @Nullable RetryRule retry,
    @Nullable List<String> transientErrors,
    @Nullable List<String> permanentErrors,
    @Nullable DestinationFailure destinationFailure) {

  ExecutionPolicyChange settings() {
    return new ExecutionPolicyChange(
        jobTimeout,
        attemptTimeout,
        initialRetryInterval,
        maximumRetryInterval,
        retryIntervalBackoffCoefficient,
        maximumAttempts,
        retry,
        transientErrors,
        permanentErrors,
        destinationFailure);
  }
}
