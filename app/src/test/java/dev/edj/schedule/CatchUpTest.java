package dev.edj.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CatchUpTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final CatchUp CATCH_UP = new CatchUp(Duration.ofMinutes(1), 5);
  private static final ScheduleRule HOURLY = rule("1 hour");

  @Test
  void nothingIsDueBeforeItsTime() {
    assertThat(due(HOURLY, Misfire.FireOnce, at(1, 0), at(1, 59)))
        .isEqualTo(new Due(List.of(), null, at(2, 0)));
  }

  @Test
  void aFiringIsDueAtItsTimeAndOnlyOnce() {
    assertThat(due(HOURLY, Misfire.FireOnce, at(1, 0), at(2, 0)))
        .isEqualTo(new Due(List.of(at(2, 0)), null, at(3, 0)));
    assertThat(due(HOURLY, Misfire.FireOnce, at(2, 0), at(2, 0)))
        .isEqualTo(new Due(List.of(), null, at(3, 0)));
  }

  @Test
  void aFiringThatIsALittleLateIsOnTimeWhateverTheSetting() {
    for (Misfire misfire : Misfire.values()) {
      assertThat(due(HOURLY, misfire, at(1, 0), at(2, 1)))
          .isEqualTo(new Due(List.of(at(2, 0)), null, at(3, 0)));
    }
  }

  @Test
  void afterAnOutageItFiresOnceForTheLatest() {
    assertThat(due(HOURLY, Misfire.FireOnce, at(1, 0), at(5, 30)))
        .isEqualTo(new Due(List.of(at(5, 0)), at(2, 0), at(6, 0)));
    assertThat(due(HOURLY, Misfire.FireOnce, at(1, 0), at(2, 30)))
        .isEqualTo(new Due(List.of(at(2, 0)), null, at(3, 0)));
    assertThat(due(HOURLY, Misfire.FireOnce, at(1, 0), at(5, 0)))
        .isEqualTo(new Due(List.of(at(5, 0)), at(2, 0), at(6, 0)));
  }

  @Test
  void whatIsOnTimeAfterAnOutageFiresAndNothingElse() {
    ScheduleRule everyTwentySeconds = rule("*/20 * * * * *");
    List<Instant> onTime = List.of(at(4, 59).plusSeconds(20), at(4, 59).plusSeconds(40), at(5, 0));
    for (Misfire misfire : List.of(Misfire.FireOnce, Misfire.Skip)) {
      assertThat(due(everyTwentySeconds, misfire, at(1, 0), at(5, 0).plusSeconds(10)))
          .isEqualTo(new Due(onTime, at(1, 0).plusSeconds(20), at(5, 0).plusSeconds(20)));
    }
  }

  @Test
  void skippedFiringsAreNotMadeUpFor() {
    assertThat(due(HOURLY, Misfire.Skip, at(1, 0), at(5, 30)))
        .isEqualTo(new Due(List.of(), at(2, 0), at(6, 0)));
    assertThat(due(HOURLY, Misfire.Skip, at(1, 0), at(5, 0)))
        .isEqualTo(new Due(List.of(at(5, 0)), at(2, 0), at(6, 0)));
  }

  @Test
  void allAreMadeUpForUpToTheLimit() {
    assertThat(due(HOURLY, Misfire.FireAll, at(1, 0), at(6, 30)))
        .isEqualTo(
            new Due(List.of(at(2, 0), at(3, 0), at(4, 0), at(5, 0), at(6, 0)), null, at(7, 0)));
    assertThat(due(HOURLY, Misfire.FireAll, at(1, 0), at(9, 30)))
        .isEqualTo(
            new Due(
                List.of(at(5, 0), at(6, 0), at(7, 0), at(8, 0), at(9, 0)), at(2, 0), at(10, 0)));
  }

  @Test
  void aOneTimeScheduleFiresLateUnlessItSkips() {
    ScheduleRule once = rule("Once");
    Instant before = START.minusSeconds(1);

    assertThat(due(once, Misfire.FireOnce, before, at(9, 0)))
        .isEqualTo(new Due(List.of(START), null, null));
    assertThat(due(once, Misfire.Skip, before, at(9, 0)))
        .isEqualTo(new Due(List.of(), START, null));
    assertThat(due(once, Misfire.FireOnce, START, at(9, 0)))
        .isEqualTo(new Due(List.of(), null, null));
  }

  @Test
  void aClockThatIsPutBackFiresNothingTwice() {
    assertThat(due(HOURLY, Misfire.FireAll, at(5, 0), at(2, 0)))
        .isEqualTo(new Due(List.of(), null, at(6, 0)));
  }

  @Test
  void severalFiringsOnTimeAreAllFired() {
    ScheduleRule everyTenSeconds = rule("*/10 * * * * *");
    Due due = due(everyTenSeconds, Misfire.FireOnce, at(1, 0), at(1, 0).plusSeconds(35));

    assertThat(due.firings())
        .containsExactly(
            at(1, 0).plusSeconds(10), at(1, 0).plusSeconds(20), at(1, 0).plusSeconds(30));
    assertThat(due.firstMissed()).isNull();
  }

  @Test
  @Timeout(20)
  void aHundredYearsOfMissedSecondsAreNoMoreWorkThanOne() {
    Instant now = Instant.parse("2126-01-01T00:00:00.500Z");
    for (Misfire misfire : Misfire.values()) {
      Due due = due(rule("* * * * * *"), misfire, START, now);
      assertThat(due.firings()).last().isEqualTo(Instant.parse("2126-01-01T00:00:00Z"));
      assertThat(due.firstMissed()).isEqualTo(START.plusSeconds(1));
      assertThat(due.next()).isEqualTo(Instant.parse("2126-01-01T00:00:01Z"));
    }
  }

  @Test
  void theLatestIsTheLastOfAllOfThemWheneverItIsAsked() {
    Random random = new Random(3);
    for (String text : List.of("1 hour", "7 minutes", "*/9 2,22 * * *", "*/20 * * * * *")) {
      ScheduleRule rule = rule(text);
      List<Instant> planned = rule.next(START, 2000);
      for (int i = 0; i < 100; i++) {
        long seconds = START.until(planned.getLast(), ChronoUnit.SECONDS);
        Instant now = planned.get(100).plusSeconds(random.nextLong(seconds / 2));
        List<Instant> missed = planned.stream().filter(at -> !at.isAfter(now)).toList();
        List<Instant> onTime =
            missed.stream().filter(at -> !at.isBefore(now.minus(CATCH_UP.onTime()))).toList();
        assertThat(due(rule, Misfire.FireOnce, START, now).firings())
            .isEqualTo(onTime.isEmpty() ? List.of(missed.getLast()) : onTime);
        assertThat(due(rule, Misfire.FireAll, START, now).firings())
            .isEqualTo(missed.subList(missed.size() - 5, missed.size()));
      }
    }
  }

  @Test
  void howeverOftenAndBadlyTheClockIsReadNothingIsLostOrDoubled() {
    Random random = new Random(5);
    ScheduleRule rule = rule("*/7 22,1-3 * * *");
    var patient = new CatchUp(Duration.ofMinutes(1), 10_000);
    List<Instant> fired = new ArrayList<>();
    Instant settled = START;
    Instant now = START;
    for (int i = 0; i < 2000; i++) {
      // Mostly on, at times far on, at times back.
      now = now.plusSeconds(random.nextInt(10) == 0 ? random.nextInt(90_000) - 30_000 : 45);
      Due due = patient.due(rule, Misfire.FireAll, settled, now);
      fired.addAll(due.firings());
      settled = due.firings().isEmpty() ? settled : due.firings().getLast();
    }

    assertThat(fired).hasSizeGreaterThan(1000);
    assertThat(fired).isEqualTo(rule.next(START, fired.size()));
  }

  private static Due due(ScheduleRule rule, Misfire misfire, Instant settled, Instant now) {
    return CATCH_UP.due(rule, misfire, settled, now);
  }

  private static Instant at(int hour, int minute) {
    return START.plusSeconds(hour * 3600L + minute * 60L);
  }

  private static ScheduleRule rule(String text) {
    boolean cron = text.contains("*");
    return ScheduleRules.rule(
        new NewScheduleRule(
            cron ? null : text,
            null,
            START.toString(),
            null,
            cron ? text : null,
            null,
            null,
            cron ? "Europe/Brussels" : null,
            null,
            null),
        START);
  }
}
