package dev.edj.schedule;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/// A schedule as the control database holds it.
record ScheduleRow(
    long scheduleId,
    String name,
    @Nested RuleColumns columns,
    Instant createdAt,
    Instant updatedAt) {

  /// What people see. One that this node cannot read says why, and keeps no other from being seen.
  Schedule schedule(Instant now) {
    try {
      ScheduleRule rule = columns.rule();
      return schedule(rule.text(), rule.next(now).orElse(null));
    } catch (RuntimeException e) {
      return schedule(obstacle(e), null);
    }
  }

  /// Without the next planned time, which may take a while to find, and which nobody has set.
  Schedule audited() {
    try {
      return schedule(columns.rule().text(), null);
    } catch (RuntimeException e) {
      return schedule(obstacle(e), null);
    }
  }

  /// An [EdjException] that names the schedule when this node cannot read it.
  ScheduleRule rule() {
    try {
      return columns.rule();
    } catch (RuntimeException e) {
      throw new EdjException(
          ErrorCode.INVALID_FIELD,
          Schedules.NOUN,
          "schedule '%s' %s".formatted(name, obstacle(e)),
          e);
    }
  }

  /// To follow what it is about: a rule can be of a zone that is no more, or not yet.
  static String obstacle(RuntimeException failure) {
    return "cannot be read: " + (failure instanceof EdjException e ? e.text() : failure.toString());
  }

  private Schedule schedule(String text, @Nullable Instant nextAt) {
    return new Schedule(
        name,
        text,
        interval(),
        columns.cron(),
        columns.days(),
        columns.times(),
        columns.startAt(),
        columns.endAt(),
        columns.zone(),
        text(columns.windowFrom()),
        text(columns.windowTo()),
        nextAt,
        createdAt,
        updatedAt);
  }

  /// The rule with a change laid over it. What says how it repeats is replaced as a whole, and an
  /// empty text takes a limit away.
  NewScheduleRule changed(NewScheduleRule change) {
    boolean repeats =
        Stream.of(change.interval(), change.cron(), change.days(), change.times())
            .anyMatch(Objects::nonNull);
    return new NewScheduleRule(
        repeats ? change.interval() : interval(),
        change.intervalCount(),
        either(change.start(), columns.startAt().toString()),
        either(change.end(), columns.endAt() == null ? null : columns.endAt().toString()),
        repeats ? change.cron() : columns.cron(),
        repeats ? change.days() : columns.days(),
        repeats ? change.times() : columns.times(),
        either(change.zone(), columns.zone()),
        either(change.windowFrom(), text(columns.windowFrom())),
        either(change.windowTo(), text(columns.windowTo())));
  }

  private @Nullable String interval() {
    if (columns.intervalCount() != null) {
      return columns.recurrence() + ": " + columns.intervalCount();
    }
    return columns.once() ? "OneTime" : null;
  }

  private static @Nullable String either(@Nullable String change, @Nullable String before) {
    if (change == null) {
      return before;
    }
    return change.isEmpty() ? null : change;
  }

  private static @Nullable String text(@Nullable LocalTime time) {
    return time == null ? null : LocalTimes.text(time);
  }
}
