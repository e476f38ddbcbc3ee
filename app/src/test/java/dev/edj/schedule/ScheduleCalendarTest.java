package dev.edj.schedule;

import static dev.edj.schedule.ScheduleCalendar.MOST_LINES_A_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.schedule.CalendarEntry.State;
import dev.edj.testing.TestControlDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScheduleCalendarTest {

  private static final Instant NOW = Instant.parse("2026-03-28T12:00:00Z");
  private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

  private final TestControlDatabase database = TestControlDatabase.create();
  private final ScheduleCalendar calendar = new ScheduleCalendar(database.jdbi(), _ -> NOW);

  @BeforeAll
  void plan() {
    plan("Daily", rule("00:30"), true);
    plan(
        "Minutely",
        new NewScheduleRule("minute", null, "2026-03-30", null, null, null, null, null, null, null),
        true);
    plan("Disabled", rule("01:00"), false);
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                INSERT INTO firing (trigger_id, planned_at, missed_since, execution_id, reason)
                SELECT trigger_id, planned_at, missed_since, execution_id, reason
                FROM job_trigger JOIN schedule s USING (schedule_id)
                CROSS JOIN (VALUES
                  (timestamptz '2026-03-26 23:30Z', CAST(NULL AS timestamptz), CAST(NULL AS uuid), 'somebody was faster'),
                  (timestamptz '2026-03-27 23:30Z', timestamptz '2026-03-24 23:30Z', gen_random_uuid(), NULL))
                  AS f (planned_at, missed_since, execution_id, reason)
                WHERE s.name = 'Daily'
                """));
  }

  private void plan(String name, NewScheduleRule rule, boolean enabled) {
    database
        .jdbi()
        .useHandle(handle -> {
          handle
              .attach(ScheduleStore.class)
              .insert(name, RuleColumns.of(ScheduleRules.rule(rule, NOW)));
          handle
              .createUpdate(
                  """
                  WITH made AS (
                    INSERT INTO job (name, current_version) VALUES (:name, 1) RETURNING job_id)
                  INSERT INTO job_trigger (job_id, schedule_id, enabled, overlap, misfire, settled_at)
                  SELECT job_id, schedule_id, :enabled, 'Skip', 'FireOnce', now()
                  FROM made, schedule WHERE schedule.name = :name
                  """)
              .bind("name", name)
              .bind("enabled", enabled)
              .execute();
        });
  }

  private static NewScheduleRule rule(String times) {
    return new NewScheduleRule(
        null, null, null, null, null, null, times, "Europe/Brussels", null, null);
  }

  private static NewScheduleRule once(String start) {
    return new NewScheduleRule("Once", null, start, null, null, null, null, null, null, null);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void aDayIsTheZonesDay() {
    assertThat(firsts(BRUSSELS, "2026-03-29")).containsExactly("2026-03-28T23:30:00Z");
    assertThat(firsts(ZoneOffset.UTC, "2026-03-28")).containsExactly("2026-03-28T23:30:00Z");
  }

  @Test
  void afterTheClockWasPutForwardItIsAnHourEarlier() {
    assertThat(firsts(BRUSSELS, "2026-03-31").getFirst()).isEqualTo("2026-03-30T22:00:00Z");
    assertThat(firsts(BRUSSELS, "2026-03-31")).contains("2026-03-30T22:30:00Z");
  }

  @Test
  void ofADayWithManyOnlySoManyAreCounted() {
    CalendarEntry minutely =
        on(BRUSSELS, "2026-03-31").stream()
            .filter(entry -> entry.job().equals("Minutely"))
            .findFirst()
            .orElseThrow();
    assertThat(minutely.more()).isTrue();
    assertThat(minutely.count()).isEqualTo(301);
    assertThat(on(BRUSSELS, "2026-04-01")).hasSize(2);
  }

  @Test
  void whatHasPassedIsShownAsItBecame() {
    CalendarEntry missed = on(BRUSSELS, "2026-03-27").getFirst();
    assertThat(missed.state()).isEqualTo(State.Missed);
    assertThat(missed.reason()).isEqualTo("somebody was faster");
    CalendarEntry started = on(BRUSSELS, "2026-03-28").getFirst();
    assertThat(started.state()).isEqualTo(State.Started);
    assertThat(started.executionId()).isNotNull();
    assertThat(on(BRUSSELS, "2026-03-25").getFirst().state()).isEqualTo(State.Missed);
  }

  @Test
  void whatFiredOftenIsPutTogetherByDayHoweverManyTimesItWas() {
    plan("Often", once("2026-12-31"), false);
    fire("Often", "timestamptz '2026-02-02 00:00Z' + number * interval '20 s'", 8_000);

    CalendarDays february = calendar.read(LocalDate.parse("2026-02-01"), 28, ZoneOffset.UTC);

    assertThat(february.days()).hasSize(2);
    CalendarEntry monday =
        february.days().getOrDefault(LocalDate.parse("2026-02-02"), List.of()).getFirst();
    assertThat(monday.count()).isEqualTo(4_319);
    assertThat(monday.first()).isEqualTo("2026-02-02T00:00:20Z");
    assertThat(monday.last()).isEqualTo("2026-02-02T23:59:40Z");
    assertThat(monday.more()).isFalse();
    assertThat(monday.executionId()).isNotNull();
    assertThat(february.days().getOrDefault(LocalDate.parse("2026-02-03"), List.of()))
        .singleElement()
        .extracting(CalendarEntry::count)
        .isEqualTo(3_681);
  }

  @Test
  void aDayHasOnlySoManyLinesAndSaysSo() {
    for (int i = 0; i <= MOST_LINES_A_DAY; i++) {
      plan("Many " + i, once("2026-06-10"), true);
      fire("Many " + i, "timestamptz '2026-01-10 00:00Z'", 1);
    }

    CalendarDays past = calendar.read(LocalDate.parse("2026-01-09"), 3, ZoneOffset.UTC);
    assertThat(past.days().get(LocalDate.parse("2026-01-10"))).hasSize(MOST_LINES_A_DAY);
    assertThat(past.notes())
        .containsExactly(
            "More than 200 triggers do something on a day: the others are left out on 2026-01-10.");
    CalendarDays planned = calendar.read(LocalDate.parse("2026-06-10"), 1, ZoneOffset.UTC);
    assertThat(planned.days().get(LocalDate.parse("2026-06-10"))).hasSize(MOST_LINES_A_DAY);
    assertThat(planned.notes()).hasSize(1);
  }

  private void fire(String schedule, String at, int times) {
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                INSERT INTO firing (trigger_id, planned_at, execution_id)
                SELECT trigger_id, %s, gen_random_uuid()
                FROM job_trigger JOIN schedule s USING (schedule_id)
                CROSS JOIN generate_series(1, %d) AS number
                WHERE s.name = ?
                """
                    .formatted(at, times),
                schedule));
  }

  @Test
  void whatIsDisabledIsNotPlanned() {
    assertThat(calendar.read(LocalDate.parse("2026-03-29"), 7, BRUSSELS).days().values())
        .allSatisfy(day -> assertThat(day).noneMatch(entry -> entry.job().equals("Disabled")));
  }

  private List<String> firsts(ZoneId zone, String day) {
    return on(zone, day).stream().map(entry -> entry.first().toString()).toList();
  }

  private List<CalendarEntry> on(ZoneId zone, String day) {
    return calendar
        .read(LocalDate.parse(day).minusDays(3), 7, zone)
        .days()
        .getOrDefault(LocalDate.parse(day), List.of());
  }
}
