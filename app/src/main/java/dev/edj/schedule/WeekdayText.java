package dev.edj.schedule;

import dev.edj.problem.EdjException;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Days of the week as people write them: `weekdays`, `weekends`, `every day`, `Mon,Thu`,
/// `Fri-Mon`.
final class WeekdayText {

  static final String EVERY_DAY = "every day";

  private static final Set<DayOfWeek> WEEKENDS = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
  private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  private WeekdayText() {}

  static SortedSet<DayOfWeek> parse(String field, String text) {
    SortedSet<DayOfWeek> days = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      days.addAll(part(field, part.strip().toLowerCase(Locale.ROOT)));
    }
    return days;
  }

  static String text(SortedSet<DayOfWeek> days) {
    if (days.size() == DayOfWeek.values().length) {
      return EVERY_DAY;
    }
    if (WEEKDAYS.equals(days)) {
      return "weekdays";
    }
    if (WEEKENDS.equals(days)) {
      return "weekends";
    }
    return RuleText.and(
        days.stream().map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH)).toList());
  }

  /// `Mon,Thu`: what [#parse] reads, for storing.
  static String shortText(Collection<DayOfWeek> days) {
    return days.stream()
        .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
        .collect(Collectors.joining(","));
  }

  private static Collection<DayOfWeek> part(String field, String part) {
    return switch (part) {
      case EVERY_DAY, "daily" -> EnumSet.allOf(DayOfWeek.class);
      case "weekdays", "weekday" -> WEEKDAYS;
      case "weekends", "weekend" -> WEEKENDS;
      default -> range(field, part);
    };
  }

  private static Collection<DayOfWeek> range(String field, String part) {
    List<String> ends = List.of(part.split("\\s*-\\s*", -1));
    if (ends.size() > 2) {
      throw notDays(field, part);
    }
    DayOfWeek last = day(field, ends.getLast());
    Set<DayOfWeek> days = EnumSet.of(last);
    for (DayOfWeek day = day(field, ends.getFirst()); day != last; day = day.plus(1)) {
      days.add(day);
    }
    return days;
  }

  private static DayOfWeek day(String field, String name) {
    return Arrays.stream(DayOfWeek.values())
        .filter(day ->
            Arrays.stream(new TextStyle[] {TextStyle.SHORT, TextStyle.FULL})
                .anyMatch(
                    style -> day.getDisplayName(style, Locale.ENGLISH).equalsIgnoreCase(name)))
        .findFirst()
        .orElseThrow(() -> notDays(field, name));
  }

  private static EdjException notDays(String field, String text) {
    return EdjException.invalid(
        field,
        "'%s' is not a day of the week; write weekdays, weekends, every day, Mon,Thu or Mon-Fri"
            .formatted(text));
  }
}
