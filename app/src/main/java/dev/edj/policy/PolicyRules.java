package dev.edj.policy;

import dev.edj.problem.EdjException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The limits of an execution policy's settings.
final class PolicyRules {

  private static final Duration LONGEST = Duration.ofDays(3653);
  private static final double LARGEST_COEFFICIENT = 1000;
  private static final int MOST_ERRORS = 1000;
  private static final Pattern ERROR = Pattern.compile("[0-9A-Z]{1,10}");

  private PolicyRules() {}

  /// The policy itself when it keeps the limits; else an [EdjException] that names the field.
  static ExecutionPolicy checked(ExecutionPolicy policy) {
    checkDuration("jobTimeout", policy.jobTimeout());
    checkDuration("attemptTimeout", policy.attemptTimeout());
    checkDuration("initialRetryInterval", policy.initialRetryInterval());
    checkDuration("maximumRetryInterval", policy.maximumRetryInterval());
    if (policy.maximumRetryInterval().compareTo(policy.initialRetryInterval()) < 0) {
      throw EdjException.invalid(
          "maximumRetryInterval", "must not be shorter than initialRetryInterval");
    }
    checkCoefficient(policy.retryIntervalBackoffCoefficient());
    if (policy.maximumAttempts() < 1) {
      throw EdjException.invalid(
          "maximumAttempts", "must be between 1 and 2147483647, not " + policy.maximumAttempts());
    }
    checkErrors("transientErrors", policy.transientErrors());
    checkErrors("permanentErrors", policy.permanentErrors());
    return policy;
  }

  private static void checkDuration(String field, @Nullable Duration duration) {
    if (duration == null) {
      return;
    }
    if (duration.isNegative()) {
      throw EdjException.invalid(field, "must not be negative");
    }
    if (duration.compareTo(LONGEST) > 0) {
      throw EdjException.invalid(field, "must not be longer than 10 years");
    }
    if (duration.isPositive() && duration.toMillis() == 0) {
      throw EdjException.invalid(field, "must be at least 1 ms");
    }
  }

  /// Written so that what is not a number is refused as well.
  private static void checkCoefficient(double coefficient) {
    if (!(coefficient >= 1 && coefficient <= LARGEST_COEFFICIENT)) {
      throw EdjException.invalid(
          "retryIntervalBackoffCoefficient", "must be between 1 and 1000, not " + coefficient);
    }
  }

  private static void checkErrors(String field, List<String> errors) {
    if (errors.size() > MOST_ERRORS) {
      throw EdjException.invalid(field, "has more than " + MOST_ERRORS + " entries");
    }
    for (String error : errors) {
      if (!ERROR.matcher(error).matches()) {
        throw EdjException.invalid(
            field,
            "'%s' is neither an error number, such as 1205, nor an SQLSTATE, such as 40P01"
                .formatted(error));
      }
    }
  }
}
