package dev.edj.policy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to change of an execution policy; null leaves it as it is.
///
/// @param jobTimeout zero means none
/// @param attemptTimeout zero means none
public record ExecutionPolicyChange(
    @Nullable Duration jobTimeout,
    @Nullable Duration attemptTimeout,
    @Nullable Duration initialRetryInterval,
    @Nullable Duration maximumRetryInterval,
    @Nullable Double retryIntervalBackoffCoefficient,
    @Nullable Integer maximumAttempts,
    @Nullable RetryRule retry,
    @Nullable List<String> transientErrors,
    @Nullable List<String> permanentErrors,
    @Nullable DestinationFailure destinationFailure) {}
