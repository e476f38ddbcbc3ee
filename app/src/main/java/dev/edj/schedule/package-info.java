/// Schedules: when jobs fire.
///
/// A [ScheduleRule] is a pure function from a moment to the next planned time. It never looks at
/// when it last fired, so every node computes the same planned times, and (trigger, planned time)
/// can be the key under which a firing exists once.
///
/// Planned times are found on one of two axes. What elapses (minutes, hours, cron expressions of
/// every hour) is found in real time. What a person reads from a calendar and a wall clock (days,
/// weeks, months, days of the week, other cron expressions) is found in local time and then moved
/// to real time: a local time that daylight saving leaves out becomes the first moment after the
/// gap, one that comes twice becomes its first occurrence. That move never changes the order, which
/// is why planned times only ever grow.
@NullMarked
package dev.edj.schedule;

import org.jspecify.annotations.NullMarked;
