package dev.edj.portal.policy;

import dev.edj.policy.Backoff;
import dev.edj.policy.ExecutionPolicy;
import dev.edj.policy.RetryRule;
import dev.edj.text.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An execution policy in words.
record PolicyLine(ExecutionPolicy policy) {

  private static final int SHOWN_WAITS = 8;

  /// `7d in all`
  public String timeouts() {
    String all = policy.jobTimeout() == null ? "no limit" : text(policy.jobTimeout()) + " in all";
    return policy.attemptTimeout() == null
        ? all
        : all + ", " + text(policy.attemptTimeout()) + " an attempt";
  }

  public String attempts() {
    if (policy.maximumAttempts() == 1) {
      return "one attempt";
    }
    String most =
        policy.maximumAttempts() == Integer.MAX_VALUE
            ? "attempts until the time is over"
            : String.format(Locale.ROOT, "at most %,d attempts", policy.maximumAttempts());
    return policy.retry() == RetryRule.TRANSIENT ? most + ", of failures that may pass" : most;
  }

  /// The first waits between attempts: `100ms, 200ms, 400ms …`
  public String waits() {
    Backoff backoff =
        new Backoff(
            policy.initialRetryInterval(),
            policy.maximumRetryInterval(),
            policy.retryIntervalBackoffCoefficient());
    int retries = Math.min(SHOWN_WAITS, policy.maximumAttempts() - 1);
    List<String> waits =
        IntStream.rangeClosed(2, retries + 1)
            .mapToObj(attempt -> text(backoff.waitBeforeAttempt(attempt)))
            .toList();
    return waits.isEmpty()
        ? "none"
        : waits.stream().collect(Collectors.joining(", "))
            + (retries < policy.maximumAttempts() - 1
                ? " … up to " + text(policy.maximumRetryInterval())
                : "");
  }

  private static String text(Duration duration) {
    return Durations.format(duration);
  }
}
