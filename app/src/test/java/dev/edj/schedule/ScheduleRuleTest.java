package dev.edj.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ScheduleRuleTest {

  private static final String BRUSSELS = "Europe/Brussels";

  @Test
  void aOneTimeScheduleFiresOnce() {
    ScheduleRule rule = interval("Once", "2026-03-01T22:00", BRUSSELS);

    assertThat(next(rule, "2026-01-01T00:00:00Z", 5)).containsExactly("2026-03-01T21:00:00Z");
    assertThat(rule.next(at("2026-03-01T21:00:00Z"))).isEmpty();
  }

  @Test
  void theStartIsTheFirstFiringOfAnInterval() {
    ScheduleRule rule = interval("15 minutes", "2026-03-01T22:07:30", "UTC");

    assertThat(next(rule, "2020-01-01T00:00:00Z", 2))
        .containsExactly("2026-03-01T22:07:30Z", "2026-03-01T22:22:30Z");
    assertThat(rule.nextFrom(at("2026-03-01T22:07:30Z"))).contains(at("2026-03-01T22:07:30Z"));
    assertThat(rule.next(at("2026-03-01T22:07:30Z"))).contains(at("2026-03-01T22:22:30Z"));
    assertThat(rule.next(at("2026-03-01T22:22:29.999999999Z")))
        .contains(at("2026-03-01T22:22:30Z"));
  }

  @Test
  void theEndIsTheLastMomentAtWhichItFires() {
    ScheduleRule rule =
        rule(of("1 hour", null, null, null, "2026-03-01T22:00", "2026-03-02T00:00", "UTC", null));

    assertThat(next(rule, "2026-03-01T22:30:00Z", 9))
        .containsExactly("2026-03-01T23:00:00Z", "2026-03-02T00:00:00Z");
  }

  @Test
  void everyDayKeepsItsTimeOverDaylightSaving() {
    assertThat(next(interval("1 day", "2026-03-28T22:00", BRUSSELS), "2026-03-01T00:00:00Z", 3))
        .containsExactly("2026-03-28T21:00:00Z", "2026-03-29T20:00:00Z", "2026-03-30T20:00:00Z");
  }

  @Test
  void hoursElapseOverDaylightSaving() {
    assertThat(next(interval("12 hours", "2026-03-28T22:00", BRUSSELS), "2026-03-01T00:00:00Z", 3))
        .containsExactly("2026-03-28T21:00:00Z", "2026-03-29T09:00:00Z", "2026-03-29T21:00:00Z");
  }

  @Test
  void aTimeThatDaylightSavingLeavesOutFiresRightAfterTheGap() {
    assertThat(next(weekly("every day", "02:30", BRUSSELS), "2026-03-28T00:00:00Z", 3))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    assertThat(next(interval("1 day", "2026-03-28T02:30", BRUSSELS), "2026-03-28T00:00:00Z", 3))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    assertThat(next(cron("30 2 * * *", BRUSSELS), "2026-03-28T00:00:00Z", 3))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void allTimesInOneGapAreOneFiring() {
    assertThat(next(cron("*/10 2 * * *", BRUSSELS), "2026-03-28T01:45:00Z", 3))
        .containsExactly("2026-03-28T01:50:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z");
    assertThat(next(weekly("every day", "02:30,03:00", BRUSSELS), "2026-03-29T00:00:00Z", 2))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void aTimeThatComesTwiceFiresTheFirstTime() {
    assertThat(next(weekly("every day", "02:30", BRUSSELS), "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    assertThat(next(cron("*/20 2 * * *", BRUSSELS), "2026-10-25T00:00:00Z", 3))
        .containsExactly("2026-10-25T00:20:00Z", "2026-10-25T00:40:00Z", "2026-10-26T01:00:00Z");
  }

  @Test
  void cronOfEveryHourIsNotSilentInTheHourThatComesTwice() {
    assertThat(next(cron("30 * * * *", BRUSSELS), "2026-10-24T23:45:00Z", 3))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
    assertThat(next(cron("30 * * * *", BRUSSELS), "2026-03-28T23:45:00Z", 3))
        .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z");
  }

  @Test
  void cronOfEveryHourFiresAtTheChangeItself() {
    assertThat(next(cron("0 * * * *", BRUSSELS), "2026-10-24T23:45:00Z", 3))
        .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
    assertThat(next(cron("0 * * * *", BRUSSELS), "2026-03-28T23:45:00Z", 3))
        .containsExactly("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
  }

  @Test
  void halfAnHourOfDaylightSavingIsHalfAnHour() {
    // Lord Howe: at 02:00 on 2026-04-05 back to 01:30, on 2026-10-04 forward to 02:30.
    assertThat(next(weekly("every day", "01:45", "Australia/Lord_Howe"), "2026-04-04T00:00:00Z", 2))
        .containsExactly("2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z");
    assertThat(next(weekly("every day", "02:15", "Australia/Lord_Howe"), "2026-10-03T00:00:00Z", 2))
        .containsExactly("2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z");
  }

  @Test
  void aZoneMayChangeItsClockForRamadan() {
    // Casablanca: at 03:00 on 2026-02-15 back to 02:00, at 02:00 on 2026-03-22 forward to 03:00.
    assertThat(next(weekly("every day", "02:30", "Africa/Casablanca"), "2026-02-14T12:00:00Z", 2))
        .containsExactly("2026-02-15T01:30:00Z", "2026-02-16T02:30:00Z");
    assertThat(next(weekly("every day", "02:30", "Africa/Casablanca"), "2026-03-21T12:00:00Z", 2))
        .containsExactly("2026-03-22T02:00:00Z", "2026-03-23T01:30:00Z");
  }

  @Test
  void aDayThatAZoneSkippedFiresOnceRightAfterIt() {
    assertThat(next(weekly("every day", "22:00", "Pacific/Apia"), "2011-12-30T00:00:00Z", 3))
        .containsExactly("2011-12-30T08:00:00Z", "2011-12-30T10:00:00Z", "2011-12-31T08:00:00Z");
    assertThat(next(weekly("every day", "00:00", "Pacific/Apia"), "2011-12-29T10:00:00Z", 2))
        .containsExactly("2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z");
    assertThat(next(cron("0 */12 30 12 *", "Pacific/Apia"), "2011-01-01T00:00:00Z", 2))
        .containsExactly("2011-12-30T10:00:00Z", "2012-12-29T10:00:00Z");
  }

  @Test
  void midnightMayBeMissing() {
    assertThat(next(weekly("Sun", "00:00", "America/Havana"), "2026-03-07T12:00:00Z", 2))
        .containsExactly("2026-03-08T05:00:00Z", "2026-03-15T04:00:00Z");
  }

  @Test
  void aStartInTheSecondOfTwoHoursIsKept() {
    ScheduleRule daily = interval("1 day", "2026-10-25T02:30+01:00", BRUSSELS);

    assertThat(next(daily, "2026-01-01T00:00:00Z", 2))
        .containsExactly("2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z");
    assertThat(daily.next(at("2026-10-25T01:45:00Z"))).contains(at("2026-10-26T01:30:00Z"));

    ScheduleRule weekly =
        rule(of(null, null, "every day", "02:45", "2026-10-25T02:30+01:00", null, BRUSSELS, null));
    assertThat(next(weekly, "2026-01-01T00:00:00Z", 1)).containsExactly("2026-10-26T01:45:00Z");
  }

  @Test
  void aMonthWithoutTheDayMeansItsLastDay() {
    assertThat(next(interval("1 month", "2027-12-31T06:00", "UTC"), "2027-01-01T00:00:00Z", 6))
        .containsExactly(
            "2027-12-31T06:00:00Z",
            "2028-01-31T06:00:00Z",
            "2028-02-29T06:00:00Z",
            "2028-03-31T06:00:00Z",
            "2028-04-30T06:00:00Z",
            "2028-05-31T06:00:00Z");
    assertThat(next(interval("1 month", "2026-01-30T06:00", "UTC"), "2026-02-28T06:00:00Z", 1))
        .containsExactly("2026-03-30T06:00:00Z");
    assertThat(next(interval("12 months", "2024-02-29T06:00", "UTC"), "2024-03-01T00:00:00Z", 4))
        .containsExactly(
            "2025-02-28T06:00:00Z",
            "2026-02-28T06:00:00Z",
            "2027-02-28T06:00:00Z",
            "2028-02-29T06:00:00Z");
  }

  @Test
  void twentyYearsOfMonthEndsAreInOrder() {
    ScheduleRule rule = interval("1 month", "2026-01-31T23:59:59", BRUSSELS);

    List<Instant> planned = rule.next(at("2026-01-01T00:00:00Z"), 240);

    assertThat(planned).hasSize(240).isSorted().doesNotHaveDuplicates();
    assertThat(planned)
        .allSatisfy(firing -> {
          var clock = firing.atZone(rule.zone());
          assertThat(clock.getDayOfMonth()).isEqualTo(clock.toLocalDate().lengthOfMonth());
          assertThat(clock.toLocalTime()).isEqualTo("23:59:59");
        });
  }

  @Test
  void weeksKeepTheirDay() {
    assertThat(next(interval("2 weeks", "2026-03-26T22:00", BRUSSELS), "2026-03-27T00:00:00Z", 2))
        .containsExactly("2026-04-09T20:00:00Z", "2026-04-23T20:00:00Z");
  }

  @Test
  void weekdaysAreMondayToFriday() {
    assertThat(next(weekly("weekdays", "22:00", BRUSSELS), "2026-10-23T12:00:00Z", 3))
        .containsExactly("2026-10-23T20:00:00Z", "2026-10-26T21:00:00Z", "2026-10-27T21:00:00Z");
  }

  @Test
  void cronMayHaveSeconds() {
    assertThat(next(cron("*/20 0 12 * * *", "UTC"), "2026-01-01T12:00:00Z", 3))
        .containsExactly("2026-01-01T12:00:20Z", "2026-01-01T12:00:40Z", "2026-01-02T12:00:00Z");
  }

  @Test
  void cronWaitsEightYearsForALeapDayWhereItMust() {
    assertThat(next(cron("0 0 29 2 *", "UTC"), "2096-03-01T00:00:00Z", 1))
        .containsExactly("2104-02-29T00:00:00Z");
  }

  @Test
  void intervalsInAWindowFireInsideOnly() {
    ScheduleRule rule = inWindow("5 minutes", "2026-01-01T00:02", "01:00", "07:00");

    assertThat(next(rule, "2026-06-01T04:50:00Z", 3))
        .containsExactly("2026-06-01T04:52:00Z", "2026-06-01T04:57:00Z", "2026-06-01T23:02:00Z");
  }

  @Test
  void aWindowOpensAtItsFirstTimeAndIsClosedAtItsSecond() {
    ScheduleRule rule = inWindow("1 hour", "2026-01-01T00:00", "01:00", "03:00");

    assertThat(next(rule, "2026-01-15T12:00:00Z", 3))
        .containsExactly("2026-01-16T00:00:00Z", "2026-01-16T01:00:00Z", "2026-01-17T00:00:00Z");
  }

  @Test
  void aWindowMayHoldMidnight() {
    ScheduleRule rule = inWindow("1 hour", "2026-01-01T00:00", "22:00", "01:00");

    assertThat(next(rule, "2026-01-15T12:00:00Z", 4))
        .containsExactly(
            "2026-01-15T21:00:00Z",
            "2026-01-15T22:00:00Z",
            "2026-01-15T23:00:00Z",
            "2026-01-16T21:00:00Z");
  }

  @Test
  void aWindowIsLongerInTheNightThatIs() {
    ScheduleRule rule = inWindow("30 minutes", "2026-01-01T00:00", "02:00", "03:00");

    assertThat(next(rule, "2026-10-24T12:00:00Z", 5))
        .containsExactly(
            "2026-10-25T00:00:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T01:30:00Z",
            "2026-10-26T01:00:00Z");
    assertThat(next(rule, "2026-03-28T12:00:00Z", 1)).containsExactly("2026-03-30T00:00:00Z");
  }

  @Test
  void aTimeInTheWindowIsNotLostInTheNightThatLeavesItOut() {
    ScheduleRule rule =
        rule(of(null, null, "every day", "02:30", "2026-01-01", null, BRUSSELS, "02:00-03:00"));

    assertThat(next(rule, "2026-03-28T12:00:00Z", 2))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void aTimeInTheWindowIsNotLostBehindOneOutsideInTheSameGap() {
    ScheduleRule rule =
        rule(
            of(
                null,
                null,
                "every day",
                "02:10,02:40",
                "2026-01-01",
                null,
                BRUSSELS,
                "02:30-03:00"));

    assertThat(next(rule, "2026-03-28T12:00:00Z", 2))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:40:00Z");
  }

  @Test
  void rareMeetingsOfIntervalAndWindowAreFound() {
    ScheduleRule rule =
        rule(of("1441 minutes", null, null, null, "2026-01-01T12:01", null, "UTC", "12:00-12:01"));

    assertThat(next(rule, "2026-01-01T00:00:00Z", 1)).containsExactly("2029-12-11T12:00:00Z");
  }

  @Test
  @Timeout(20)
  void theNextFiringIsFoundAtOnceHoweverLongAgoTheStartIs() {
    for (String unit : List.of("minute", "hour", "day", "week", "month")) {
      ScheduleRule rule = interval("1 " + unit, "0001-01-01T00:00", BRUSSELS);
      Instant after = at("2026-03-28T21:00:00Z");
      for (int i = 0; i < 20_000; i++) {
        after = rule.next(after).orElseThrow();
      }
      assertThat(after).isAfter(at("2026-04-10T00:00:00Z"));
    }
  }

  @Test
  void everyNodeComesToTheSameTimesWhereverItBegins() {
    ScheduleRule rule = cron("*/7 1-3 * * *", BRUSSELS);
    List<Instant> planned = rule.next(at("2026-10-24T00:00:00Z"), 100);

    for (int i = 1; i < planned.size(); i++) {
      Instant before = planned.get(i - 1);
      Instant next = planned.get(i);
      long between = before.until(next, ChronoUnit.SECONDS);
      assertThat(List.of(0L, 1L, between / 3, between / 2, between - 1))
          .allSatisfy(seconds -> assertThat(rule.next(before.plusSeconds(seconds))).contains(next));
    }
  }

  @Test
  @Timeout(20)
  void tenThousandSchedulesOfOneSecondComeToTheSameTime() {
    ScheduleRule rule = cron("0 22 * * MON-FRI", BRUSSELS);
    List<Instant> planned = new ArrayList<>();
    IntStream.range(0, 10_000)
        .forEach(i -> planned.add(rule.next(at("2026-10-23T20:00:00Z")).orElseThrow()));

    assertThat(planned).containsOnly(at("2026-10-26T21:00:00Z"));
  }

  @Test
  void nothingIsPlannedAfterTheYear9999() {
    ScheduleRule rule = interval("1 month", "2026-01-31", "UTC");

    assertThat(rule.next(at("9999-11-30T00:00:00Z"))).contains(at("9999-12-31T00:00:00Z"));
    assertThat(rule.next(at("9999-12-31T00:00:00Z"))).isEmpty();
    assertThat(rule.next(Instant.MAX)).isEqualTo(Optional.empty());
    assertThat(rule.next(Instant.MIN)).contains(at("2026-01-31T00:00:00Z"));
    assertThat(next(cron("0 0 31 12 *", "Pacific/Apia"), "9999-12-31T00:00:00Z", 2)).isEmpty();
  }

  private static ScheduleRule interval(String interval, String start, String zone) {
    return rule(of(interval, null, null, null, start, null, zone, null));
  }

  private static ScheduleRule weekly(String days, String times, String zone) {
    return rule(of(null, null, days, times, "2000-01-01", null, zone, null));
  }

  private static ScheduleRule cron(String cron, String zone) {
    return rule(of(null, cron, null, null, "2000-01-01", null, zone, null));
  }

  private static ScheduleRule inWindow(String interval, String start, String from, String to) {
    return rule(of(interval, null, null, null, start, null, BRUSSELS, from + "-" + to));
  }

  private static NewScheduleRule of(
      @Nullable String interval,
      @Nullable String cron,
      @Nullable String days,
      @Nullable String times,
      String start,
      @Nullable String end,
      String zone,
      @Nullable String window) {
    List<String> ends = window == null ? List.of() : List.of(window.split("-", -1));
    return new NewScheduleRule(
        interval,
        null,
        start,
        end,
        cron,
        days,
        times,
        zone,
        ends.isEmpty() ? null : ends.getFirst(),
        ends.isEmpty() ? null : ends.getLast());
  }

  private static ScheduleRule rule(NewScheduleRule rule) {
    return ScheduleRules.rule(rule, at("2000-01-01T00:00:00Z"));
  }

  private static List<String> next(ScheduleRule rule, String after, int count) {
    return rule.next(at(after), count).stream().map(Instant::toString).toList();
  }

  private static Instant at(String time) {
    return Instant.parse(time);
  }
}
