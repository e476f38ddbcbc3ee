package dev.edj.portal.policy;

import static java.util.Objects.requireNonNullElse;

import dev.edj.policy.DestinationFailure;
import dev.edj.policy.ExecutionPolicy;
import dev.edj.policy.ExecutionPolicyChange;
import dev.edj.policy.NewExecutionPolicy;
import dev.edj.policy.RetryRule;
import dev.edj.portal.site.Typed;
import dev.edj.text.Durations;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An execution policy as it was typed. A time-out that is empty is none.
record PolicyForm(
    String name,
    String jobTimeout,
    String attemptTimeout,
    String initialRetryInterval,
    String maximumRetryInterval,
    String retryIntervalBackoffCoefficient,
    String maximumAttempts,
    String retry,
    String transientErrors,
    String permanentErrors,
    String destinationFailure) {

  PolicyForm {
    name = requireNonNullElse(name, "").strip();
    jobTimeout = requireNonNullElse(jobTimeout, "");
    attemptTimeout = requireNonNullElse(attemptTimeout, "");
    initialRetryInterval = requireNonNullElse(initialRetryInterval, "");
    maximumRetryInterval = requireNonNullElse(maximumRetryInterval, "");
    retryIntervalBackoffCoefficient = requireNonNullElse(retryIntervalBackoffCoefficient, "");
    maximumAttempts = requireNonNullElse(maximumAttempts, "");
    retry = requireNonNullElse(retry, "");
    transientErrors = requireNonNullElse(transientErrors, "");
    permanentErrors = requireNonNullElse(permanentErrors, "");
    destinationFailure = requireNonNullElse(destinationFailure, "");
  }

  static PolicyForm of(String name, ExecutionPolicy policy) {
    return new PolicyForm(
        name,
        text(policy.jobTimeout()),
        text(policy.attemptTimeout()),
        Durations.format(policy.initialRetryInterval()),
        Durations.format(policy.maximumRetryInterval()),
        number(policy.retryIntervalBackoffCoefficient()),
        policy.maximumAttempts() == Integer.MAX_VALUE
            ? ""
            : Integer.toString(policy.maximumAttempts()),
        policy.retry().name(),
        String.join(", ", policy.transientErrors()),
        String.join(", ", policy.permanentErrors()),
        policy.destinationFailure().name());
  }

  private static String text(@Nullable Duration timeout) {
    return timeout == null ? "" : Durations.format(timeout);
  }

  private static String number(double number) {
    return number == Math.rint(number)
        ? Long.toString((long) number)
        : String.format(Locale.ROOT, "%s", number);
  }

  NewExecutionPolicy newPolicy() {
    ExecutionPolicyChange all = change();
    return new NewExecutionPolicy(
        name,
        all.jobTimeout(),
        all.attemptTimeout(),
        all.initialRetryInterval(),
        all.maximumRetryInterval(),
        all.retryIntervalBackoffCoefficient(),
        all.maximumAttempts(),
        all.retry(),
        all.transientErrors(),
        all.permanentErrors(),
        all.destinationFailure());
  }

  ExecutionPolicyChange change() {
    Integer attempts = new Typed("maximumAttempts", maximumAttempts).wholeNumber();
    return new ExecutionPolicyChange(
        timeout("jobTimeout", jobTimeout),
        timeout("attemptTimeout", attemptTimeout),
        new Typed("initialRetryInterval", initialRetryInterval).duration(),
        new Typed("maximumRetryInterval", maximumRetryInterval).duration(),
        new Typed("retryIntervalBackoffCoefficient", retryIntervalBackoffCoefficient).number(),
        attempts == null ? Integer.valueOf(Integer.MAX_VALUE) : attempts,
        new Typed("retry", retry).oneOf(RetryRule.class),
        new Typed("transientErrors", transientErrors).list(),
        new Typed("permanentErrors", permanentErrors).list(),
        new Typed("destinationFailure", destinationFailure).oneOf(DestinationFailure.class));
  }

  private static Duration timeout(String field, String typed) {
    return requireNonNullElse(new Typed(field, typed).duration(), Duration.ZERO);
  }
}
