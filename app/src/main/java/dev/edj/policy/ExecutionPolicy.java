package dev.edj.policy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Time-outs and retries of a job's executions.
///
/// @param jobTimeout total time of an execution; null means none
/// @param attemptTimeout time of one attempt from its own start; null means none
/// @param maximumAttempts counts the first one
/// @param transientErrors error numbers or SQLSTATEs that count as transient whatever the engine's
///   table says
/// @param permanentErrors error numbers or SQLSTATEs that never count as transient
/// @param destinationFailure what to do again when rows cannot be written to their destination
public record ExecutionPolicy(
    String name,
    boolean builtIn,
    @Nullable Duration jobTimeout,
    @Nullable Duration attemptTimeout,
    Duration initialRetryInterval,
    Duration maximumRetryInterval,
    double retryIntervalBackoffCoefficient,
    int maximumAttempts,
    RetryRule retry,
    List<String> transientErrors,
    List<String> permanentErrors,
    DestinationFailure destinationFailure) {

  public static final String DEFAULT = "Default execution policy";
}
