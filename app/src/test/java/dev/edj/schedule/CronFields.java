package dev.edj.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a cron expression of five fields of numbers matches, minute by minute: slow, and read off
/// the manual page.
record CronFields(
    Set<Integer> minutes,
    Set<Integer> hours,
    Set<Integer> daysOfMonth,
    Set<Integer> months,
    Set<Integer> daysOfWeek,
    boolean anyDayOfMonth,
    boolean anyDayOfWeek) {

  private static final Set<String> ANY = Set.of("*", "*/1");

  static CronFields of(String expression) {
    List<String> fields = List.of(expression.split(" ", -1));
    return new CronFields(
        values(fields.get(0), 0, 59),
        values(fields.get(1), 0, 23),
        values(fields.get(2), 1, 31),
        values(fields.get(3), 1, 12),
        values(fields.get(4), 0, 7).stream().map(day -> day % 7).collect(Collectors.toSet()),
        ANY.contains(fields.get(2)),
        ANY.contains(fields.get(4)));
  }

  boolean match(LocalDateTime time) {
    return minutes.contains(time.getMinute())
        && hours.contains(time.getHour())
        && matchDate(time.toLocalDate());
  }

  boolean matchDate(LocalDate date) {
    return months.contains(date.getMonthValue())
        && matchDay(
            daysOfMonth.contains(date.getDayOfMonth()),
            daysOfWeek.contains(date.getDayOfWeek().getValue() % 7));
  }

  private boolean matchDay(boolean ofMonth, boolean ofWeek) {
    if (anyDayOfMonth || anyDayOfWeek) {
      return ofMonth && ofWeek;
    }
    return ofMonth || ofWeek;
  }

  private static Set<Integer> values(String list, int lowest, int highest) {
    return Arrays.stream(list.split(",", -1))
        .flatMap(part -> part(part, lowest, highest).boxed())
        .collect(Collectors.toSet());
  }

  private static IntStream part(String part, int lowest, int highest) {
    String[] range = part.split("/", -1);
    int step = range.length > 1 ? Integer.parseInt(range[1]) : 1;
    String[] ends = range[0].split("-", -1);
    int from = range[0].equals("*") ? lowest : Integer.parseInt(ends[0]);
    int single = range.length > 1 ? highest : from;
    int to = range[0].equals("*") ? highest : ends.length > 1 ? Integer.parseInt(ends[1]) : single;
    return IntStream.rangeClosed(from, to).filter(value -> (value - from) % step == 0);
  }
}
