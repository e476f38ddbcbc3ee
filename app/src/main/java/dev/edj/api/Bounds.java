package dev.edj.api;

import dev.edj.problem.EdjException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What parameters may be at most.
final class Bounds {

  static final int LARGEST_PAGE = 1_000;
  static final String USUAL_PAGE = "100";

  private static final Instant FIRST_YEAR = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant END_OF_YEARS = Instant.parse("+10000-01-01T00:00:00Z");

  private Bounds() {}

  /// The control database knows fewer years than an `Instant`.
  static @Nullable Instant storable(String field, @Nullable Instant time) {
    if (time != null && (time.isBefore(FIRST_YEAR) || !time.isBefore(END_OF_YEARS))) {
      throw EdjException.invalid(field, "must be in the years 0001 to 9999");
    }
    return time;
  }

  static int between(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw EdjException.invalid(field, "must be from %d to %d".formatted(least, most));
    }
    return value;
  }
}
