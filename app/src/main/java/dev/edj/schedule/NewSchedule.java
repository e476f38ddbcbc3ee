package dev.edj.schedule;

import org.jspecify.annotations.Nullable;

/// A schedule to be created; beside its name, what [NewScheduleRule] has.
public record NewSchedule(
    String name,
    @Nullable String interval,
    @Nullable Integer intervalCount,
    @Nullable String start,
    @Nullable String end,
    @Nullable String cron,
    @Nullable String days,
    @Nullable String times,
    @Nullable String zone,
    @Nullable String windowFrom,
    @Nullable String windowTo) {

  public NewSchedule(String name, NewScheduleRule rule) {
    this(
        name,
        rule.interval(),
        rule.intervalCount(),
        rule.start(),
        rule.end(),
        rule.cron(),
        rule.days(),
        rule.times(),
        rule.zone(),
        rule.windowFrom(),
        rule.windowTo());
  }

  NewScheduleRule rule() {
    return new NewScheduleRule(
        interval, intervalCount, start, end, cron, days, times, zone, windowFrom, windowTo);
  }
}
