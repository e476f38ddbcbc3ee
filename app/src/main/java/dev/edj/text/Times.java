package dev.edj.text;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/// Points in time, always in UTC: `2026-01-31 22:00:00Z`.
public final class Times {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Times() {}

  public static String format(Instant time) {
    return SECONDS.format(time);
  }

  /// Reads a date, a time in UTC or with an offset, or a duration, which is that long ago.
  public static Instant parse(String text, Clock clock) {
    String time = text.strip().replace(' ', 'T');
    try {
      if (time.matches("\\d{4}-\\d{2}-\\d{2}")) {
        return LocalDate.parse(time).atStartOfDay(ZoneOffset.UTC).toInstant();
      }
      if (!time.matches("\\d{4}-.*")) {
        return clock.instant().minus(Durations.parse(time));
      }
      return time.matches(".*([zZ]|[+-]\\d{2}:?\\d{2})$") && time.indexOf('T') > 0
          ? OffsetDateTime.parse(time).toInstant()
          : LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException | ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is not a time; write 2026-01-31, 2026-01-31T22:00Z, or 2h for two hours ago"
              .formatted(text),
          e);
    }
  }
}
