package dev.edj.schedule;

import dev.edj.problem.EdjException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads times as people write them. A time without an offset is one of the schedule's zone.
final class LocalTimes {

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern WITH_OFFSET = Pattern.compile(".*T.*(?:Z|[+-]\\d{2}:?\\d{2})");
  private static final int MOST_TIMES = 1440;

  /// The years 1 to 9999 of every zone.
  private static final Instant EARLIEST = Instant.parse("0000-12-31T00:00:00Z");

  private static final Instant LATEST = Instant.parse("+10000-01-01T23:59:59Z");

  private LocalTimes() {}

  /// A date means its first moment, which is after midnight where daylight saving leaves that out.
  static Instant start(String field, String text, ZoneId zone) {
    String time = text.strip();
    return inRange(
        field,
        isDate(time)
            ? date(field, time).atStartOfDay(zone).toInstant()
            : moment(field, time, zone));
  }

  /// A date means its midnight.
  static Instant midnightOrTime(String field, String text, ZoneId zone) {
    String time = text.strip();
    return inRange(field, moment(field, isDate(time) ? time + "T00:00" : time, zone));
  }

  /// A date means its last second.
  static Instant end(String field, String text, ZoneId zone) {
    String time = text.strip();
    return inRange(
        field,
        isDate(time)
            ? date(field, time).plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1)
            : moment(field, time, zone));
  }

  static SortedSet<LocalTime> ofDay(String field, String text) {
    SortedSet<LocalTime> times = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      times.add(time(field, part));
    }
    if (times.size() > MOST_TIMES) {
      throw EdjException.invalid(field, "are more than %,d".formatted(MOST_TIMES));
    }
    return times;
  }

  static LocalTime time(String field, String text) {
    String digits = text.strip();
    try {
      return LocalTime.parse(digits.indexOf(':') == 1 ? "0" + digits : digits)
          .truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException e) {
      throw EdjException.invalid(
          field, "'%s' is not a time of the day such as 22:00 or 06:30:15".formatted(text));
    }
  }

  /// `24:00` is the midnight that ends the day.
  static LocalTime endOfWindow(String field, String text) {
    return text.strip().equals("24:00") ? LocalTime.MIDNIGHT : time(field, text);
  }

  /// `22:00`, or `22:00:30` when it has seconds.
  static String text(LocalTime time) {
    return time.getSecond() == 0
        ? "%02d:%02d".formatted(time.getHour(), time.getMinute())
        : "%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond());
  }

  /// `06:00,22:00`: what [#ofDay] reads, for storing.
  static String text(Collection<LocalTime> times) {
    return times.stream().map(LocalTimes::text).collect(Collectors.joining(","));
  }

  private static boolean isDate(String text) {
    return DATE.matcher(text).matches();
  }

  private static LocalDate date(String field, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw notATime(field, text);
    }
  }

  private static Instant moment(String field, String text, ZoneId zone) {
    String time = text.toUpperCase(Locale.ROOT).replaceFirst("\\s+", "T");
    try {
      return WITH_OFFSET.matcher(time).matches()
          ? OffsetDateTime.parse(time).toInstant()
          : onClock(field, LocalDateTime.parse(time), zone);
    } catch (DateTimeException e) {
      throw notATime(field, text);
    }
  }

  /// Where the rule would move a time that daylight saving leaves out, a person can still choose:
  /// an interval that began at the moved time would keep it on every other day.
  private static Instant onClock(String field, LocalDateTime time, ZoneId zone) {
    var clock = new WallClock(zone);
    if (clock.leavesOut(time)) {
      throw EdjException.invalid(
          field,
          "%s does not exist in %s, where the clock is put forward then; choose another time"
              .formatted(time, zone));
    }
    return clock.planned(time).at();
  }

  private static Instant inRange(String field, Instant time) {
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw EdjException.invalid(field, "must be in the years 1 to 9999");
    }
    return time;
  }

  private static EdjException notATime(String field, String text) {
    return EdjException.invalid(
        field,
        "'%s' is not a time; write 2026-01-31, 2026-01-31T22:00 or 2026-01-31T22:00+01:00"
            .formatted(text));
  }
}
