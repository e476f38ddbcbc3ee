package dev.edj.doctor;

import org.jspecify.annotations.Nullable;

/// What was found out about one thing.
///
/// @param check what was examined, a stable name for programs
/// @param message what was found and what it means; never a secret
/// @param advice what to do about it; null when there is nothing to do
public record Finding(String check, Condition condition, String message, @Nullable String advice) {

  public static Finding ok(String check, String message) {
    return new Finding(check, Condition.OK, message, null);
  }

  public static Finding warning(String check, String message, String advice) {
    return new Finding(check, Condition.WARNING, message, advice);
  }

  public static Finding error(String check, String message, String advice) {
    return new Finding(check, Condition.ERROR, message, advice);
  }

  /// What could not be looked at, or need not be, and why.
  public static Finding skipped(String check, String reason) {
    return new Finding(check, Condition.SKIPPED, reason, null);
  }

  public boolean is(Condition other) {
    return condition == other;
  }
}
