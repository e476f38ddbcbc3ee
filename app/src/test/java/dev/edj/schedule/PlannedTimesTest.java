package dev.edj.schedule;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules of all kinds, made up at random around changes of the clock, against someone who sits in
/// front of that clock and looks at it every minute.
class PlannedTimesTest {

  private static final int RULES = 100;
  private static final Duration AROUND = Duration.ofDays(4);

  @ParameterizedTest
  @CsvSource({
    "UTC, 2026-01-31",
    "Europe/Brussels, 2026-03-29",
    "Europe/Brussels, 2026-10-25",
    "America/New_York, 2026-03-08",
    "America/New_York, 2026-11-01",
    "Australia/Lord_Howe, 2026-04-04",
    "Australia/Lord_Howe, 2026-10-03",
    "Africa/Casablanca, 2026-02-15",
    "Africa/Casablanca, 2026-03-22",
    "America/Havana, 2026-03-08",
    "America/Havana, 2026-11-01",
    "America/Sao_Paulo, 2018-11-04",
    "America/Sao_Paulo, 2019-02-17",
    "Antarctica/Troll, 2026-03-29",
    "Antarctica/Troll, 2026-10-25",
    "Pacific/Apia, 2011-12-30",
    "Pacific/Kwajalein, 1993-08-21",
    "America/Juneau, 1867-10-18",
    "Asia/Manila, 1844-12-31",
    "Europe/Brussels, 2028-02-29",
    "Asia/Kathmandu, 2100-02-28",
    "America/New_York, 9000-03-09"
  })
  void areThoseThatSomeoneInFrontOfTheClockWouldFireAt(ZoneId zone, String date) {
    var made = new MadeUp(new Random(date.hashCode()), zone, Instant.parse(date + "T12:00:00Z"));
    int firings = 0;
    for (int i = 0; i < RULES; i++) {
      ScheduleRule rule = made.rule();
      List<Instant> expected = made.watch(rule);
      assertThat(made.planned(rule)).as(rule.text() + " " + rule).isEqualTo(expected);
      if (!expected.isEmpty()) {
        made.askAnywhere(rule, expected);
      }
      firings += expected.size();
    }
    assertThat(firings).isGreaterThan(RULES);
  }

  private static final class MadeUp {

    private static final List<String> HOURS = List.of("*", "*/1", "0-23", "*", "2", "1-3", "*/6");
    private static final List<String> MINUTES = List.of("*", "0", "30", "*/7", "15,45", "0-10/5");

    private final Random random;
    private final ZoneId zone;
    private final Instant from;
    private final Instant to;
    private final List<LocalDateTime> clock;
    private @Nullable CronFields fields;
    private boolean ofEveryHour;

    MadeUp(Random random, ZoneId zone, Instant middle) {
      this.random = random;
      this.zone = zone;
      // On full minutes of the clock, also where offsets have seconds.
      Instant minute = middle.minusSeconds(LocalDateTime.ofInstant(middle, zone).getSecond());
      this.from = minute.minus(AROUND);
      this.to = minute.plus(AROUND);
      this.clock =
          Stream.iterate(opened(), at -> !at.isAfter(to), at -> at.plusSeconds(60))
              .map(this::clock)
              .toList();
    }

    ScheduleRule rule() {
      Recurrence recurrence = recurrence();
      Instant start =
          random.nextInt(4) == 0
              ? from.plus(random.nextInt(192), ChronoUnit.HOURS)
              : from.minus(random.nextInt(300_000), ChronoUnit.MINUTES);
      Instant end = random.nextInt(4) == 0 ? to.minus(random.nextInt(96), ChronoUnit.HOURS) : null;
      return new ScheduleRule(recurrence, start, end, zone, window());
    }

    List<Instant> planned(ScheduleRule rule) {
      return Stream.iterate(
              rule.nextFrom(from), Optional::isPresent, planned -> planned.flatMap(rule::next))
          .flatMap(Optional::stream)
          .takeWhile(planned -> !planned.isAfter(to))
          .limit(clock.size())
          .toList();
    }

    /// From any moment the answer is the same as from the firing before it.
    void askAnywhere(ScheduleRule rule, List<Instant> expected) {
      for (Instant after = from; after.isBefore(to); after = after.plusSeconds(17_341)) {
        Instant asked = after;
        Optional<Instant> next = expected.stream().filter(at -> at.isAfter(asked)).findFirst();
        assertThat(rule.next(asked).filter(at -> !at.isAfter(to)))
            .as("%s after %s", rule, asked)
            .isEqualTo(next);
      }
    }

    /// Fires at what the clock shows for what elapses, and for the rest at every time that it
    /// shows, or has passed over, for the first time.
    List<Instant> watch(ScheduleRule rule) {
      List<Instant> firings = new ArrayList<>();
      Set<LocalDateTime> steps = steps(rule);
      String expression =
          rule.recurrence() instanceof Cron cron ? cron.expression().toString() : "";
      fields = expression.isEmpty() ? null : CronFields.of(expression);
      ofEveryHour = expression.matches("\\S+ (\\*|\\*/1|0-23) .*");
      LocalDateTime latest = clock.getFirst();
      for (int minute = 0; minute < clock.size(); minute++) {
        Instant now = opened().plus(minute, ChronoUnit.MINUTES);
        LocalDateTime shown = clock.get(minute);
        boolean fires = elapses(rule, now, shown) && inWindow(rule, shown);
        for (; latest.isBefore(shown); latest = latest.plusMinutes(1)) {
          LocalDateTime passed = latest.plusMinutes(1);
          fires |= onCalendar(rule, passed, steps) && inWindow(rule, passed);
        }
        if (fires && !now.isBefore(from) && inBounds(rule, now)) {
          firings.add(now);
        }
      }
      return firings;
    }

    private boolean elapses(ScheduleRule rule, Instant now, LocalDateTime shown) {
      return switch (rule.recurrence()) {
        case Once _ -> now.equals(rule.start());
        case Interval interval ->
            now.equals(rule.start())
                || (interval.unit().elapses()
                    && Duration.between(rule.start(), now).toMinutes()
                            % Duration.of(interval.count(), interval.unit().unit()).toMinutes()
                        == 0);
        case Weekly _ -> false;
        case Cron _ -> ofEveryHour && matches(shown);
      };
    }

    private boolean onCalendar(ScheduleRule rule, LocalDateTime passed, Set<LocalDateTime> steps) {
      return switch (rule.recurrence()) {
        case Once _ -> false;
        case Interval _ -> steps.contains(passed);
        case Weekly weekly ->
            weekly.days().contains(passed.getDayOfWeek())
                && weekly.times().contains(passed.toLocalTime());
        case Cron _ -> !ofEveryHour && matches(passed);
      };
    }

    private Set<LocalDateTime> steps(ScheduleRule rule) {
      Set<LocalDateTime> steps = new TreeSet<>();
      if (rule.recurrence() instanceof Interval interval && !interval.unit().elapses()) {
        LocalDateTime start = clock(rule.start());
        for (int i = 1; i < 300; i++) {
          steps.add(start.plus((long) i * interval.count(), interval.unit().unit()));
        }
      }
      return steps;
    }

    private boolean matches(LocalDateTime time) {
      return requireNonNull(fields).match(time);
    }

    private static boolean inWindow(ScheduleRule rule, LocalDateTime time) {
      Window window = rule.window();
      if (window == null) {
        return true;
      }
      long sinceOpening = minutes(window.from(), time.toLocalTime());
      return sinceOpening < minutes(window.from(), window.to());
    }

    private static long minutes(LocalTime from, LocalTime to) {
      return Math.floorMod(from.until(to, ChronoUnit.MINUTES), 1440L);
    }

    private static boolean inBounds(ScheduleRule rule, Instant now) {
      return !now.isBefore(rule.start()) && (rule.end() == null || !now.isAfter(rule.end()));
    }

    /// Early enough to know at `from` what the clock has shown already.
    private Instant opened() {
      return from.minus(Duration.ofDays(2));
    }

    private LocalDateTime clock(Instant at) {
      return LocalDateTime.ofInstant(at, zone).truncatedTo(ChronoUnit.MINUTES);
    }

    private Recurrence recurrence() {
      return switch (random.nextInt(8)) {
        case 0 -> new Interval(1 + random.nextInt(100), IntervalUnit.Minutes);
        case 1 -> new Interval(1 + random.nextInt(30), IntervalUnit.Hours);
        case 2 -> new Interval(1 + random.nextInt(2), IntervalUnit.Days);
        case 3 -> new Interval(1, random.nextBoolean() ? IntervalUnit.Weeks : IntervalUnit.Months);
        case 4, 5 -> Weekly.on(days(), times());
        default ->
            new Cron(
                CronExpression.parse(
                    String.join(
                        " ", one(MINUTES), one(HOURS), one(List.of("*", "*", "28-31")), "*", "*")));
      };
    }

    private Set<DayOfWeek> days() {
      Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
      days.addAll(random.nextBoolean() ? EnumSet.allOf(DayOfWeek.class) : days);
      return days;
    }

    private List<LocalTime> times() {
      return Stream.generate(() -> LocalTime.of(random.nextInt(8), random.nextInt(60)))
          .limit(1 + random.nextInt(4))
          .toList();
    }

    private @Nullable Window window() {
      if (random.nextBoolean()) {
        return null;
      }
      LocalTime opens = LocalTime.of((22 + random.nextInt(7)) % 24, 15 * random.nextInt(4));
      return new Window(opens, opens.plusMinutes(15 + 15 * random.nextInt(30)));
    }

    private String one(List<String> texts) {
      return texts.get(random.nextInt(texts.size()));
    }
  }
}
