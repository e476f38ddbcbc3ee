package dev.edj.schedule;

import org.jspecify.annotations.Nullable;

/// A schedule's rule as people write it; [ScheduleRules] reads it. Exactly one of `interval`,
/// `cron` and `days` or `times` says how it repeats.
///
/// @param interval `Once`, `15 minutes`, `day`, `Minutes: 15`, or ISO 8601: `PT15M`, `P1D`
/// @param intervalCount for an interval without a number of its own; null means 1
/// @param start a date, a time of the zone, or a time with an offset; null means now, and is not
///   for `Once`
/// @param end as `start`, where a date means its last second; null means never
/// @param cron five fields, or six with the second first
/// @param days `weekdays`, `weekends`, `every day`, `Mon,Thu`, `Mon-Fri`; null means every day
/// @param times `22:00`, or several, with commas between them
/// @param zone an IANA name; null means UTC
/// @param windowFrom with `windowTo`, between which times of the day it may fire
public record NewScheduleRule(
    @Nullable String interval,
    @Nullable Integer intervalCount,
    @Nullable String start,
    @Nullable String end,
    @Nullable String cron,
    @Nullable String days,
    @Nullable String times,
    @Nullable String zone,
    @Nullable String windowFrom,
    @Nullable String windowTo) {}
