package dev.edj.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleRulesTest {

  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Minutes | 1 | Minutes",
        "minute | 1 | Minutes",
        "Minutes: 15 | 15 | Minutes",
        "15 minutes | 15 | Minutes",
        "every 15 minutes | 15 | Minutes",
        "Every hour | 1 | Hours",
        "Day | 1 | Days",
        "2weeks | 2 | Weeks",
        "Months: 3 | 3 | Months",
        "PT10M | 10 | Minutes",
        "PT1H30M | 90 | Minutes",
        "pt24h | 24 | Hours",
        "P1D | 1 | Days",
        "P2W | 2 | Weeks",
        "P1M | 1 | Months",
        "P2Y | 24 | Months",
        "1000000 minutes | 1000000 | Minutes"
      })
  void anIntervalIsReadAsEveryGenerationWritesIt(String text, int count, IntervalUnit unit) {
    assertThat(rule("interval", text).recurrence()).isEqualTo(new Interval(count, unit));
  }

  @ParameterizedTest
  @CsvSource({"Once", "OneTime", "one-time", "RunOnce"})
  void aOneTimeScheduleHasItsOldNames(String text) {
    ScheduleRule rule =
        ScheduleRules.rule(full(text, null, null, "2027-01-01", null, null, null, null), NOW);

    assertThat(rule.recurrence()).isEqualTo(new Once());
  }

  @Test
  void aTypeAndACountAreAnInterval() {
    assertThat(ScheduleRules.rule(with("interval", "Hours", 6), NOW).recurrence())
        .isEqualTo(new Interval(6, IntervalUnit.Hours));
    refuses("intervalCount", "between 1 and 1,000,000", with("interval", "Hours", 0));
    refuses("intervalCount", "number of its own", with("interval", "6 hours", 6));
    refuses("intervalCount", "without a number", with("interval", "PT6H", 6));
    refuses("intervalCount", "one-time", with("interval", "Once", 6));
    refuses("intervalCount", "only for an interval", with("cron", "* * * * *", 6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "interval | 0 minutes | must be between 1 and 1,000,000 minutes",
        "interval | 1000001 days | must be between",
        "interval | PT0M | must be between",
        "interval | P999999999Y | must be between",
        "interval | -1 day | is not an interval",
        "interval | PT30S | is not an interval",
        "interval | PT | is not an interval",
        "interval | P1DT12H | is not an interval",
        "interval | fortnight | is not an interval",
        "interval | '' | is not an interval",
        "cron | '' | has none",
        "cron | 0 22 * * | has 4",
        "cron | 0 0 22 * * * 2027 | has 7",
        "cron | 60 * * * * | 60",
        "cron | * 24 * * * | 24",
        "cron | */0 * * * * | 0",
        "cron | /5 * * * * | is not a minute",
        "cron | * x * * * | is not a hour",
        "cron | * * L * * | is not a day of the month",
        "cron | * * * * MONDAY | is not a day of the week",
        "cron | * * * FOO * | FOO",
        "cron | 0 22 * * FRI-MON | range",
        "cron | 0 0 30 2 * | never fires: there is no such day",
        "cron | 0 0 31 4,6,9,11 * | never fires",
        "cron | @daily | has 1",
        "times | 25:00 | is not a time of the day",
        "times | 22:00, | is not a time of the day",
        "days | Moonday | is not a day of the week",
        "days | Mon-Wed-Fri | is not a day of the week",
        "days | Mon,,Tue | is not a day of the week",
        "zone | Brussels | write Europe/Brussels",
        "zone | CEST | is not a time zone",
        "zone | +02:00 | is not a time zone",
        "start | tomorrow | is not a time",
        "start | 2026-02-30 | is not a time",
        "start | 2026-02-01T25:00 | is not a time",
        "start | 2026-03-29T02:30 | does not exist in Europe/Brussels",
        "end | 2026-13-01 | is not a time",
        "end | 2026-02-03T04:05:05Z | the first firing would be at",
        "end | 2000-01-01 | nothing is planned up to"
      })
  void whatIsWrongIsNamed(String field, String value, String reason) {
    NewScheduleRule rule =
        switch (field) {
          case "interval" -> with("interval", value, null);
          case "cron" -> with("cron", value, null);
          case "times" -> full(null, "every day", value, null, null, null, null, null);
          case "days" -> full(null, value, "22:00", null, null, null, null, null);
          case "zone" -> full("1 day", null, null, null, null, value, null, null);
          case "start" -> full("1 day", null, null, value, null, "Europe/Brussels", null, null);
          case "end" -> full("1 day", null, null, null, value, null, null, null);
          default -> throw new IllegalArgumentException(field);
        };
    refuses(field, reason, rule);
  }

  @Test
  void thereIsExactlyOneWayInWhichItRepeats() {
    refuses("interval", "say how it repeats", full(null, null, null, null, null, null, null, null));
    refuses(
        "interval",
        "say in one way",
        full("1 day", "weekdays", "22:00", null, null, null, null, null));
    refuses("times", "at which times", full(null, "weekdays", null, null, null, null, null, null));
  }

  @Test
  void timesWithoutDaysAreOfEveryDay() {
    ScheduleRule rule =
        ScheduleRules.rule(full(null, null, "22:00, 6:30", null, null, null, null, null), NOW);

    assertThat(rule.text()).isEqualTo("every day at 06:30 and 22:00 UTC");
  }

  @Test
  void whatHasNoStartStartsNow() {
    assertThat(rule("interval", "1 day").start()).isEqualTo("2026-02-03T04:05:06Z");
  }

  @Test
  void aOneTimeScheduleSaysWhen() {
    refuses("start", "say when", with("interval", "Once", null));
  }

  @Test
  void datesAreDaysOfTheZone() {
    ScheduleRule rule =
        ScheduleRules.rule(
            full("1 hour", null, null, "2026-03-01", "2026-03-31", "europe/brussels", null, null),
            NOW);

    assertThat(rule.start()).isEqualTo("2026-02-28T23:00:00Z");
    assertThat(rule.end()).isEqualTo("2026-03-31T21:59:59Z");
    assertThat(rule.zone().getId()).isEqualTo("Europe/Brussels");
  }

  /// Its midnight is left out, and what counts in days would be at 01:00 on all of them.
  @Test
  void aDayThatBeginsLateIsAStartForAllButDays() {
    String late = "2026-09-06";
    for (String interval : List.of("15 minutes", "1 hour", "Once")) {
      assertThat(startIn("America/Santiago", late, interval)).isEqualTo("2026-09-06T04:00:00Z");
    }
    assertThat(startIn("America/Santiago", "2026-09-07", "1 day"))
        .isEqualTo("2026-09-07T03:00:00Z");
    refuses(
        "start",
        "2026-09-06T00:00 does not exist in America/Santiago",
        full("1 day", null, null, late, null, "America/Santiago", null, null));
    refuses(
        "start",
        "2026-09-06T00:00 does not exist in America/Santiago",
        full("1 hour", null, null, late + "T00:00", null, "America/Santiago", null, null));
  }

  private static Instant startIn(String zone, String start, String interval) {
    return ScheduleRules.rule(full(interval, null, null, start, null, zone, null, null), NOW)
        .start();
  }

  @Test
  void aTimeThatComesTwiceIsTheFirstUnlessItHasAnOffset() {
    assertThat(startOf("2026-10-25 02:30")).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(startOf("2026-10-25T02:30:00+01:00")).isEqualTo("2026-10-25T01:30:00Z");
    assertThat(startOf("2026-10-25t01:30z")).isEqualTo("2026-10-25T01:30:00Z");
  }

  @Test
  void theOriginalsBoundsAreAccepted() {
    ScheduleRule rule =
        ScheduleRules.rule(
            full("Days", null, null, "0001-01-01T00:00Z", "9999-12-31T11:59:59Z", null, null, null),
            NOW);

    assertThat(rule.nextFrom(NOW)).contains(Instant.parse("2026-02-04T00:00:00Z"));
  }

  @Test
  void whatHasPassedIsRefused() {
    refuses("start", "has passed", full("Once", null, null, "2026-02-03", null, null, null, null));
    refuses(
        "end",
        "has passed",
        full("1 day", null, null, "2025-01-01", "2026-01-31", null, null, null));
  }

  @Test
  void aOneTimeScheduleHasNothingElse() {
    refuses(
        "end", "one-time", full("Once", null, null, "2027-01-01", "2027-01-02", null, null, null));
    refuses(
        "windowFrom",
        "one-time",
        full("Once", null, null, "2027-01-01", null, null, "01:00", "02:00"));
  }

  @Test
  void aWindowHasTwoTimes() {
    refuses("windowTo", "two times", window("01:00", null));
    refuses("windowFrom", "two times", window(null, "01:00"));
    refuses("windowTo", "must differ", window("01:00", "01:00"));
    refuses("windowTo", "is not a time of the day", window("01:00", "7"));
    assertThat(ScheduleRules.rule(window("22:00", "24:00"), NOW).text())
        .startsWith("every hour between 22:00 and 00:00 UTC");
  }

  @Test
  void aWindowThatNoFiringMeetsIsRefused() {
    refuses(
        "windowFrom",
        "no firing of 'every day at 12:00 UTC' is in the window",
        full("1 day", null, null, "2026-03-01T12:00", null, null, "01:00", "07:00"));
    refuses(
        "windowFrom",
        "no firing",
        full(null, "weekdays", "12:00", null, null, "Europe/Brussels", "22:00", "02:00"));
    refuses(
        "windowFrom",
        "no firing",
        full("24 hours", null, null, "2026-03-01T12:00", null, null, "01:00", "07:00"));
    // Daylight saving moves 02:30 to 03:00 in one night of the year; that is no firing at 03:00.
    refuses(
        "windowFrom",
        "no firing",
        full(null, null, "02:30", null, null, "Europe/Brussels", "03:00", "04:00"));
  }

  @Test
  void daysAreReadInEveryWay() {
    assertThat(days("weekdays")).isEqualTo("weekdays at 22:00 UTC");
    assertThat(days("Mon-Fri")).isEqualTo("weekdays at 22:00 UTC");
    assertThat(days("sunday, SAT")).isEqualTo("weekends at 22:00 UTC");
    assertThat(days("Fri-Mon")).isEqualTo("Monday, Friday, Saturday and Sunday at 22:00 UTC");
    assertThat(days("weekdays,weekends")).isEqualTo("every day at 22:00 UTC");
    assertThat(days("Thu")).isEqualTo("Thursday at 22:00 UTC");
  }

  @Test
  void misfireAndOverlapHaveNames() {
    assertThat(Misfire.named("fire-once")).isEqualTo(Misfire.FireOnce);
    assertThat(Misfire.named("FireAll")).isEqualTo(Misfire.FireAll);
    assertThat(Overlap.named("cancel_previous")).isEqualTo(Overlap.CancelPrevious);
    assertThat(Overlap.named("do not start")).isEqualTo(Overlap.DoNotStart);
    assertThatThrownBy(() -> Overlap.named("wait"))
        .hasMessage("overlap: 'wait' is none of Skip, Queue, CancelPrevious, DoNotStart");
    assertThatThrownBy(() -> Misfire.named("")).hasMessageStartingWith("misfire: '' is none of");
  }

  private static String days(String days) {
    return ScheduleRules.rule(full(null, days, "22:00", null, null, null, null, null), NOW).text();
  }

  private static Instant startOf(String start) {
    return ScheduleRules.rule(
            full("1 day", null, null, start, null, "Europe/Brussels", null, null), NOW)
        .start();
  }

  private static ScheduleRule rule(String field, String value) {
    return ScheduleRules.rule(with(field, value, null), NOW);
  }

  private static NewScheduleRule with(String field, String value, @Nullable Integer count) {
    return new NewScheduleRule(
        field.equals("interval") ? value : null,
        count,
        null,
        null,
        field.equals("cron") ? value : null,
        null,
        null,
        null,
        null,
        null);
  }

  private static NewScheduleRule window(@Nullable String from, @Nullable String to) {
    return full("1 hour", null, null, "2026-01-01", null, null, from, to);
  }

  private static NewScheduleRule full(
      @Nullable String interval,
      @Nullable String days,
      @Nullable String times,
      @Nullable String start,
      @Nullable String end,
      @Nullable String zone,
      @Nullable String windowFrom,
      @Nullable String windowTo) {
    return new NewScheduleRule(
        interval, null, start, end, null, days, times, zone, windowFrom, windowTo);
  }

  private static void refuses(String field, String reason, NewScheduleRule rule) {
    assertThatThrownBy(() -> ScheduleRules.rule(rule, NOW))
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.field()).isEqualTo(field))
        .hasMessageContaining(reason);
  }
}
