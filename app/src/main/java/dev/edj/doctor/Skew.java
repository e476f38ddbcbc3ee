package dev.edj.doctor;

import java.time.Duration;
import java.util.Locale;

/// How far a clock is from the control database's, which EDJ goes by.
///
/// @param ahead negative when it is behind
public record Skew(Duration ahead) {

  private static final Duration TOLERABLE = Duration.ofSeconds(2);

  /// Whether somebody should set it right.
  public boolean isWrong() {
    return ahead.abs().compareTo(TOLERABLE) > 0;
  }

  /// For the middle of a sentence: `3.2 s ahead of`.
  public String text() {
    return String.format(
        Locale.ROOT,
        "%.1f s %s",
        ahead.abs().toMillis() / 1e3,
        ahead.isNegative() ? "behind" : "ahead of");
  }
}
