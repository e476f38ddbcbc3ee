package dev.edj.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/// A rule as columns of a table; public because Jdbi binds public classes only.
///
/// @param recurrence `Once`, a name of [IntervalUnit], `Weekly` or `Cron`
/// @param intervalCount of an interval, and only there; so are `cron`, `days` and `times` of theirs
/// @param days `Mon,Tue`
/// @param times `06:00,22:00`
/// @param windowFrom null together with `windowTo`
public record RuleColumns(
    String recurrence,
    @Nullable Integer intervalCount,
    @Nullable String cron,
    @Nullable String days,
    @Nullable String times,
    Instant startAt,
    @Nullable Instant endAt,
    String zone,
    @Nullable LocalTime windowFrom,
    @Nullable LocalTime windowTo) {

  private static final String ONCE = "Once";
  private static final String WEEKLY = "Weekly";
  private static final String CRON = "Cron";

  public static RuleColumns of(ScheduleRule rule) {
    Recurrence recurrence = rule.recurrence();
    Weekly weekly = recurrence instanceof Weekly ofDays ? ofDays : null;
    Window window = rule.window();
    return new RuleColumns(
        name(recurrence),
        recurrence instanceof Interval interval ? interval.count() : null,
        recurrence instanceof Cron cron ? cron.expression().toString() : null,
        weekly == null ? null : WeekdayText.shortText(weekly.days()),
        weekly == null ? null : LocalTimes.text(weekly.times()),
        rule.start(),
        rule.end(),
        Zones.text(rule.zone()),
        window == null ? null : window.from(),
        window == null ? null : window.to());
  }

  public ScheduleRule rule() {
    Window window =
        windowFrom == null || windowTo == null ? null : new Window(windowFrom, windowTo);
    return new ScheduleRule(repeated(), startAt, endAt, Zones.named("zone", zone), window);
  }

  boolean once() {
    return recurrence.equals(ONCE);
  }

  private Recurrence repeated() {
    return switch (recurrence) {
      case ONCE -> new Once();
      case WEEKLY ->
          new Weekly(
              WeekdayText.parse("days", requireNonNull(days)),
              LocalTimes.ofDay("times", requireNonNull(times)));
      case CRON -> new Cron(CronExpression.parse(requireNonNull(cron)));
      default -> new Interval(requireNonNull(intervalCount), IntervalUnit.valueOf(recurrence));
    };
  }

  private static String name(Recurrence recurrence) {
    return switch (recurrence) {
      case Once _ -> ONCE;
      case Interval interval -> interval.unit().name();
      case Weekly _ -> WEEKLY;
      case Cron _ -> CRON;
    };
  }
}
