package dev.edj.portal.schedule;

import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Typed;
import dev.edj.schedule.CalendarDays;
import dev.edj.schedule.CalendarEntry;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A month or a week of planned times, and what has become of those that have passed.
///
/// @param week whether it is a week; else it is a month, with the days of others that fill its
///   weeks
/// @param on a day that is in it
/// @param zone whose days and times they are
record CalendarView(boolean week, LocalDate on, ZoneId zone) {

  private static final int DAYS = 7;
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 9990;

  /// How many entries a day of a month shows before it says how many more there are.
  private static final int MOST_IN_MONTH = 3;

  private static final int MOST_IN_WEEK = 40;

  /// @param typed what cannot be read as a day, and what is out of all bounds, means today
  static CalendarView of(@Nullable String view, @Nullable String typed, ZoneId zone, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    return new CalendarView("week".equals(view), date(Typed.stripped(typed), today), zone);
  }

  private static LocalDate date(@Nullable String text, LocalDate today) {
    if (text == null || !text.matches("\\d{4}-\\d{2}-\\d{2}")) {
      return today;
    }
    try {
      LocalDate date = LocalDate.parse(text);
      return date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR ? today : date;
    } catch (DateTimeParseException e) {
      return today;
    }
  }

  LocalDate first() {
    LocalDate day = week ? on : on.withDayOfMonth(1);
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  int days() {
    if (week) {
      return DAYS;
    }
    LocalDate last = on.with(TemporalAdjusters.lastDayOfMonth());
    LocalDate end = last.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
    return (int) (end.toEpochDay() - first().toEpochDay()) + 1;
  }

  public String title() {
    return week
        ? "Week %d, %s".formatted(weekNumber(first()), MONTH.format(first()))
        : MONTH.format(on);
  }

  public String zoneName() {
    return TimeZones.text(zone);
  }

  public boolean isElsewhere() {
    return !zone.normalized().equals(ZoneOffset.UTC);
  }

  public PagePath previous() {
    return path(week, week ? on.minusWeeks(1) : on.withDayOfMonth(1).minusMonths(1));
  }

  public PagePath next() {
    return path(week, week ? on.plusWeeks(1) : on.withDayOfMonth(1).plusMonths(1));
  }

  public PagePath today() {
    return path(week, null);
  }

  public PagePath asMonth() {
    return path(false, on);
  }

  public PagePath asWeek() {
    return path(true, on);
  }

  private PagePath path(boolean asWeek, @Nullable LocalDate day) {
    return PagePath.of("schedule-calendar")
        .with("view", asWeek ? "week" : null)
        .with("day", day)
        .with("zone", isElsewhere() ? zoneName() : null);
  }

  /// The days in rows of seven, from Monday.
  List<Week> weeks(CalendarDays calendar) {
    LocalDate today = LocalDate.ofInstant(calendar.now(), zone);
    List<Week> weeks = new ArrayList<>();
    for (int from = 0; from < days(); from += DAYS) {
      LocalDate monday = first().plusDays(from);
      weeks.add(
          new Week(
              weekNumber(monday),
              IntStream.range(0, DAYS)
                  .mapToObj(number -> day(monday.plusDays(number), today, calendar))
                  .toList()));
    }
    return weeks;
  }

  private Day day(LocalDate date, LocalDate today, CalendarDays calendar) {
    List<Line> lines =
        calendar.days().getOrDefault(date, List.of()).stream()
            .map(entry -> new Line(entry, zone))
            .toList();
    int most = week ? MOST_IN_WEEK : MOST_IN_MONTH;
    return new Day(
        date,
        week || YearMonth.from(date).equals(YearMonth.from(on)),
        date.equals(today),
        date.isBefore(today),
        lines,
        lines.size() <= most + 1 ? lines : lines.subList(0, most),
        change(date),
        path(true, date));
  }

  /// What daylight saving does to the clock on this day: `02:00 → 03:00`.
  private @Nullable String change(LocalDate date) {
    Instant start = date.atStartOfDay(zone).toInstant();
    ZoneOffsetTransition next = zone.getRules().nextTransition(start.minusNanos(1));
    if (next == null
        || !next.getInstant().isBefore(date.plusDays(1).atStartOfDay(zone).toInstant())) {
      return null;
    }
    LocalTime before = next.getDateTimeBefore().toLocalTime();
    return "%s → %s".formatted(before, next.getDateTimeAfter().toLocalTime());
  }

  private static int weekNumber(LocalDate day) {
    return day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }

  record Week(int number, List<Day> days) {}

  /// @param inside whether it is of the month that is shown
  /// @param shown those lines for which there is room
  /// @param change what daylight saving does to the clock; null for nothing
  /// @param path its week
  record Day(
      LocalDate date,
      boolean inside,
      boolean today,
      boolean past,
      List<Line> lines,
      List<Line> shown,
      @Nullable String change,
      PagePath path) {

    public String text() {
      return DAY.format(date);
    }

    /// As addresses and programs have it.
    public String iso() {
      return date.toString();
    }

    public int hidden() {
      return lines.size() - shown.size();
    }

    public int missed() {
      return lines.stream()
          .filter(line -> line.entry().state() == CalendarEntry.State.Missed)
          .mapToInt(line -> line.entry().count())
          .sum();
    }

    /// How often anything starts on it: `3`, or `300+`.
    public String tally() {
      int count = lines.stream().mapToInt(line -> line.entry().count()).sum();
      boolean more = lines.stream().anyMatch(line -> line.entry().more());
      return "%,d%s".formatted(count, more ? "+" : "");
    }
  }

  /// What a trigger does on a day.
  record Line(CalendarEntry entry, ZoneId zone) {

    /// `22:00`, or `00:00 – 23:55` for several.
    public String times() {
      return span(
          new ZonedMoment(entry.first(), zone).time(), new ZonedMoment(entry.last(), zone).time());
    }

    public String utc() {
      return span(
          new ZonedMoment(entry.first(), zone).utc(), new ZonedMoment(entry.last(), zone).utc());
    }

    public String begins() {
      return new ZonedMoment(entry.first(), zone).time();
    }

    /// `288 times`; nothing for once.
    public @Nullable String often() {
      if (!entry.more()) {
        return entry.count() == 1 ? null : "%,d times".formatted(entry.count());
      }
      return entry.count() == 1
          ? "and later ones"
          : "more than %,d times".formatted(entry.count() - 1);
    }

    /// The same, short.
    public @Nullable String oftenShort() {
      return entry.more() && entry.count() > 1
          ? "%,d+×".formatted(entry.count() - 1)
          : "%,d%s×".formatted(entry.count(), entry.more() ? "+" : "");
    }

    private String span(String first, String last) {
      if (entry.more()) {
        return "from " + first;
      }
      return entry.count() == 1 ? first : first + " – " + last;
    }
  }
}
