package dev.edj.cli;

import dev.edj.policy.DestinationFailure;
import dev.edj.policy.RetryRule;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of an execution policy; null where one is not given.
final class PolicySettings {

  @Option(
      names = {"--job-timeout", "--job-execution-timeout"},
      paramLabel = "DURATION",
      description = "Total time of an execution; 0s is none (default: 7d).")
  private @Nullable Duration jobTimeout;

  @Option(
      names = "--attempt-timeout",
      paramLabel = "DURATION",
      description = "Time of one attempt in one database; 0s is none (default: none).")
  private @Nullable Duration attemptTimeout;

  @Option(
      names = "--initial-retry-interval",
      paramLabel = "DURATION",
      description = "The wait before the first retry (default: 100ms).")
  private @Nullable Duration initialRetryInterval;

  @Option(
      names = "--maximum-retry-interval",
      paramLabel = "DURATION",
      description = "The longest wait before a retry (default: 30m).")
  private @Nullable Duration maximumRetryInterval;

  @Option(
      names = "--retry-interval-backoff-coefficient",
      paramLabel = "NUMBER",
      description = "What each wait is multiplied by for the next one (default: 2).")
  private @Nullable Double retryIntervalBackoffCoefficient;

  @Option(
      names = "--maximum-attempts",
      paramLabel = "NUMBER",
      description = "The most attempts in one database, the first included (default: 2147483647).")
  private @Nullable Integer maximumAttempts;

  @Option(
      names = "--retry",
      paramLabel = "RULE",
      description =
          "all retries every failure, transient only those that may pass by themselves (default:"
              + " all).")
  private @Nullable RetryRule retry;

  @Option(
      names = "--transient-error",
      paramLabel = "ERROR",
      split = ",",
      description = "An error number or SQLSTATE that counts as transient; repeatable.")
  private @Nullable List<String> transientErrors;

  @Option(
      names = "--permanent-error",
      paramLabel = "ERROR",
      split = ",",
      description = "An error number or SQLSTATE that is never retried; repeatable.")
  private @Nullable List<String> permanentErrors;

  @Option(
      names = "--on-destination-failure",
      paramLabel = "WAY",
      description =
          "When a script has run and its rows cannot be written to their destination: run-again tries"
              + " the script again, write-only the write alone (default: run-again).")
  private @Nullable DestinationFailure destinationFailure;

  @Nullable Duration jobTimeout() {
    return jobTimeout;
  }

  @Nullable Duration attemptTimeout() {
    return attemptTimeout;
  }

  @Nullable Duration initialRetryInterval() {
    return initialRetryInterval;
  }

  @Nullable Duration maximumRetryInterval() {
    return maximumRetryInterval;
  }

  @Nullable Double retryIntervalBackoffCoefficient() {
    return retryIntervalBackoffCoefficient;
  }

  @Nullable Integer maximumAttempts() {
    return maximumAttempts;
  }

  @Nullable RetryRule retry() {
    return retry;
  }

  @Nullable List<String> transientErrors() {
    return transientErrors;
  }

  @Nullable List<String> permanentErrors() {
    return permanentErrors;
  }

  @Nullable DestinationFailure destinationFailure() {
    return destinationFailure;
  }
}
