package dev.edj.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them: `30m`, `1h30m`, `250ms`, `1.5s`, `7d`, or ISO 8601 (`PT30M`).
public final class Durations {

  private static final Pattern PART =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?)(ms|s|m|h|d|w)");

  private Durations() {}

  public static Duration parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    try {
      return lower.startsWith("p") ? Duration.parse(lower) : parseParts(lower);
    } catch (DateTimeParseException | ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is not a duration; write 250ms, 10s, 30m, 1h30m, 7d or PT30M".formatted(text), e);
    }
  }

  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    append(text, duration.toDays(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static Duration parseParts(String text) {
    Matcher matcher = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      BigDecimal nanoseconds =
          new BigDecimal(matcher.group(1))
              .multiply(BigDecimal.valueOf(nanoseconds(matcher.group(2))));
      BigDecimal[] seconds = nanoseconds.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
      sum = sum.plusSeconds(seconds[0].longValueExact()).plusNanos(seconds[1].longValue());
      end = matcher.end();
    }
    if (end == 0 || end != text.length()) {
      throw new IllegalArgumentException(text);
    }
    return sum;
  }

  private static long nanoseconds(String unit) {
    return switch (unit) {
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      case "d" -> 86_400_000_000_000L;
      case "w" -> 604_800_000_000_000L;
      default -> throw new IllegalArgumentException(unit);
    };
  }

  private static void append(StringBuilder text, long count, String unit) {
    if (count != 0) {
      text.append(count).append(unit);
    }
  }
}
