package dev.edj.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleColumnsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Once||||2027-01-01T22:00||Europe/Brussels|||once at 2027-01-01 22:00 Europe/Brussels",
        "Once||||2027-10-31T02:30+01:00||Europe/Brussels|||once at 2027-10-31 02:30+01:00 Europe/Brussels",
        "5 minutes||||2027-01-01||Europe/Brussels|01:00|07:00|every 5 minutes between 01:00 and 07:00 Europe/Brussels, from 2027-01-01 00:00",
        "1 minute||||2027-01-01T00:00:30||UTC|||every minute UTC, from 2027-01-01 00:00:30",
        "1 day||||2027-01-01T22:00|2027-12-31|Europe/Brussels|||every day at 22:00 Europe/Brussels, until 2027-12-31 23:59:59",
        "2 days||||2027-01-01T22:00||UTC|||every 2 days at 22:00 UTC, from 2027-01-01 22:00",
        "1 week||||2027-01-01T22:00||UTC|||every week on Friday at 22:00 UTC",
        "1 month||||2027-01-28T22:00||UTC|||every month on day 28 at 22:00 UTC",
        "3 months||||2027-01-31T22:00||UTC|||every 3 months on day 31 or the last at 22:00 UTC, from 2027-01-31 22:00",
        "||weekdays|22:00|2027-01-01||Europe/Brussels|||weekdays at 22:00 Europe/Brussels",
        "||Mon,Thu|6:00,22:00,23:59:30|2027-01-01||UTC|22:00|24:00|Monday and Thursday at 06:00, 22:00 and 23:59:30 between 22:00 and 00:00 UTC",
        "|0  22 * * mon-fri|||2027-01-01|2028-01-01T00:00|America/New_York|||cron 0 22 * * MON-FRI America/New_York, until 2028-01-01 00:00"
      })
  void aRuleIsWhatItWasAfterItWasStored(
      @Nullable String interval,
      @Nullable String cron,
      @Nullable String days,
      @Nullable String times,
      @Nullable String start,
      @Nullable String end,
      @Nullable String zone,
      @Nullable String windowFrom,
      @Nullable String windowTo,
      String text) {
    ScheduleRule rule =
        ScheduleRules.rule(
            new NewScheduleRule(
                interval, null, start, end, cron, days, times, zone, windowFrom, windowTo),
            Instant.parse("2026-01-01T00:00:00Z"));

    assertThat(rule.text()).isEqualTo(text);
    assertThat(RuleColumns.of(rule).rule()).isEqualTo(rule);
    assertThat(RuleColumns.of(RuleColumns.of(rule).rule())).isEqualTo(RuleColumns.of(rule));
  }
}
