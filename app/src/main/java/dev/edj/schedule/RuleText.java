package dev.edj.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Says a rule in words: `every 5 minutes between 01:00 and 07:00 Europe/Brussels, from 2026-01-31
/// 00:00`. The start is left out where it changes nothing but when it began.
final class RuleText {

  private static final DateTimeFormatter DATE = DateTimeFormatter.ISO_LOCAL_DATE;
  private static final int SHORTEST_MONTH = 28;

  private RuleText() {}

  static String of(ScheduleRule rule) {
    return recurrence(rule)
        + window(rule.window())
        + " "
        + Zones.text(rule.zone())
        + (startMatters(rule.recurrence()) ? ", from " + moment(rule, rule.start()) : "")
        + (rule.end() == null ? "" : ", until " + moment(rule, rule.end()));
  }

  /// `a`, `a and b`, `a, b and c`.
  static String and(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.getFirst()
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }

  private static String recurrence(ScheduleRule rule) {
    LocalDateTime start = LocalDateTime.ofInstant(rule.start(), rule.zone());
    return switch (rule.recurrence()) {
      case Once _ -> "once at " + moment(rule, rule.start());
      case Interval interval -> every(interval) + on(interval.unit(), start);
      case Weekly weekly -> WeekdayText.text(weekly.days()) + " at " + times(weekly.times());
      case Cron cron -> "cron " + cron.expression();
    };
  }

  private static String every(Interval interval) {
    String units = interval.unit().name().toLowerCase(Locale.ROOT);
    return interval.count() == 1
        ? "every " + units.substring(0, units.length() - 1)
        : "every %d %s".formatted(interval.count(), units);
  }

  private static String on(IntervalUnit unit, LocalDateTime start) {
    String at = " at " + LocalTimes.text(start.toLocalTime());
    return switch (unit) {
      case Minutes, Hours -> "";
      case Days -> at;
      case Weeks ->
          " on " + start.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + at;
      case Months -> " on day " + start.getDayOfMonth() + orTheLast(start.getDayOfMonth()) + at;
    };
  }

  private static String orTheLast(int day) {
    return day > SHORTEST_MONTH ? " or the last" : "";
  }

  private static String window(@Nullable Window window) {
    return window == null
        ? ""
        : " between %s and %s"
            .formatted(LocalTimes.text(window.from()), LocalTimes.text(window.to()));
  }

  private static boolean startMatters(Recurrence recurrence) {
    return switch (recurrence) {
      case Once _ -> false;
      case Interval interval -> interval.count() > 1 || interval.unit().elapses();
      case Weekly _ -> false;
      case Cron _ -> false;
    };
  }

  /// With its offset when the clock shows it twice.
  private static String moment(ScheduleRule rule, Instant at) {
    LocalDateTime clock = LocalDateTime.ofInstant(at, rule.zone());
    String text = DATE.format(clock) + " " + LocalTimes.text(clock.toLocalTime());
    return new WallClock(rule.zone()).showsTwice(clock)
        ? text + rule.zone().getRules().getOffset(at)
        : text;
  }

  private static String times(Collection<LocalTime> times) {
    return and(times.stream().map(LocalTimes::text).toList());
  }
}
