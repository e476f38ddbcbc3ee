package dev.edj.portal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.schedule.NewScheduleRule;
import dev.edj.schedule.Schedule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScheduleFormTest {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  @Test
  void onlyTheFieldsOfItsWayAreLookedAt() {
    ScheduleForm form =
        new ScheduleForm(
            "A",
            "cron",
            "Minutes",
            "5",
            List.of("Mon"),
            "22:00",
            "0 4 * * 1",
            null,
            null,
            null,
            null,
            null);
    assertThat(form.rule())
        .isEqualTo(
            new NewScheduleRule(null, null, null, null, "0 4 * * 1", null, null, null, null, null));
  }

  @Test
  void whatIsLeftEmptyTakesALimitAwayFromASchedule() {
    NewScheduleRule change =
        new ScheduleForm("A", "days", null, null, null, "22:00", null, "", "", "", "", "").change();
    assertThat(change.days()).isEqualTo("every day");
    assertThat(change.end()).isEmpty();
    assertThat(change.windowFrom()).isEmpty();
  }

  @Test
  void aScheduleIsShownAsItsClockHasIt() {
    ScheduleForm form = ScheduleForm.of(schedule("Minutes: 15", null, "2026-07-01T20:00:00Z"));
    assertThat(form.way()).isEqualTo("interval");
    assertThat(form.interval()).isEqualTo("Minutes");
    assertThat(form.intervalCount()).isEqualTo("15");
    assertThat(form.start()).isEqualTo("2026-07-01T22:00");
  }

  @Test
  void aTimeThatComesTwiceKeepsItsOffset() {
    assertThat(ScheduleForm.of(schedule("OneTime", null, "2026-10-25T01:30:00Z")).start())
        .isEqualTo("2026-10-25T02:30+01:00");
  }

  private static Schedule schedule(@Nullable String interval, @Nullable String cron, String start) {
    return new Schedule(
        "A",
        "text",
        interval,
        cron,
        null,
        null,
        Instant.parse(start),
        null,
        "Europe/Brussels",
        null,
        null,
        null,
        NOW,
        NOW);
  }
}
