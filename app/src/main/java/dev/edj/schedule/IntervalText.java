package dev.edj.schedule;

import dev.edj.problem.EdjException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads intervals as both generations of the original write and print them, as people say them,
/// and as ISO 8601 has them.
final class IntervalText {

  private static final String FIELD = "interval";
  private static final Set<String> ONCE = Set.of("once", "onetime", "one-time", "runonce");
  private static final Pattern WORDS =
      Pattern.compile("(?:every\\s+)?(?:([0-9]{1,9})\\s*)?(minute|hour|day|week|month)s?");
  private static final Pattern PRINTED =
      Pattern.compile("(minute|hour|day|week|month)s?:\\s*([0-9]{1,9})");
  private static final Pattern PERIOD = Pattern.compile("p([0-9]{1,9})([ymwd])");
  private static final Pattern DURATION =
      Pattern.compile("pt(?=[0-9])(?:([0-9]{1,7})h)?(?:([0-9]{1,9})m)?");
  private static final int MINUTES_IN_HOUR = 60;
  private static final int MONTHS_IN_YEAR = 12;

  private IntervalText() {}

  static Recurrence parse(String text, @Nullable Integer count) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (ONCE.contains(lower)) {
      if (count != null) {
        throw EdjException.invalid("intervalCount", "is not for a one-time schedule");
      }
      return new Once();
    }
    Matcher words = WORDS.matcher(lower);
    if (words.matches()) {
      return ofWords(words.group(1), words.group(2), count);
    }
    if (count != null) {
      throw EdjException.invalid(
          "intervalCount", "is only for an interval without a number, such as Minutes");
    }
    return ofNumbers(text, lower);
  }

  private static Interval ofWords(@Nullable String number, String unit, @Nullable Integer count) {
    if (number != null && count != null) {
      throw EdjException.invalid("intervalCount", "the interval has a number of its own");
    }
    return count == null
        ? checked(FIELD, number == null ? 1 : Long.parseLong(number), unit(unit))
        : checked("intervalCount", count, unit(unit));
  }

  private static Interval ofNumbers(String text, String lower) {
    Matcher printed = PRINTED.matcher(lower);
    if (printed.matches()) {
      return checked(FIELD, Long.parseLong(printed.group(2)), unit(printed.group(1)));
    }
    Matcher period = PERIOD.matcher(lower);
    if (period.matches()) {
      return ofPeriod(Long.parseLong(period.group(1)), period.group(2));
    }
    Matcher duration = DURATION.matcher(lower);
    if (duration.matches()) {
      return ofDuration(number(duration.group(1)), number(duration.group(2)));
    }
    throw EdjException.invalid(
        FIELD,
        "'%s' is not an interval; write 15 minutes, 1 hour, 1 day, 2 weeks, 1 month, Once, PT15M or"
                .formatted(text)
            + " P1D");
  }

  private static Interval ofPeriod(long count, String letter) {
    return switch (letter) {
      case "y" -> checked(FIELD, count * MONTHS_IN_YEAR, IntervalUnit.Months);
      case "m" -> checked(FIELD, count, IntervalUnit.Months);
      case "w" -> checked(FIELD, count, IntervalUnit.Weeks);
      case "d" -> checked(FIELD, count, IntervalUnit.Days);
      default -> throw new IllegalArgumentException(letter);
    };
  }

  private static Interval ofDuration(long hours, long minutes) {
    return minutes == 0
        ? checked(FIELD, hours, IntervalUnit.Hours)
        : checked(FIELD, hours * MINUTES_IN_HOUR + minutes, IntervalUnit.Minutes);
  }

  private static Interval checked(String field, long count, IntervalUnit unit) {
    if (count < 1 || count > Interval.MOST) {
      throw EdjException.invalid(
          field, "must be between 1 and %,d %s".formatted(Interval.MOST, lower(unit)));
    }
    return new Interval((int) count, unit);
  }

  private static IntervalUnit unit(String singular) {
    return Arrays.stream(IntervalUnit.values())
        .filter(unit -> lower(unit).equals(singular + "s"))
        .findFirst()
        .orElseThrow();
  }

  private static String lower(IntervalUnit unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
