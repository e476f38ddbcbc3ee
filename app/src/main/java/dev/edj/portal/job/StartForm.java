package dev.edj.portal.job;

import static java.util.Objects.requireNonNullElse;

import dev.edj.portal.site.FormFields;
import dev.edj.portal.site.Typed;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.NewScheduleRule;
import dev.edj.schedule.ScheduleRules;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When a job starts by itself: by a schedule that there is, or by a new one of a simple kind.
///
/// @param when nothing, `schedule`, `once`, `every`, `daily` or `cron`
/// @param schedule the one that there is
/// @param name of the new one; empty means that of the job
/// @param at `once`: a time of the zone
/// @param every an interval: `15 minutes`
/// @param days `daily`: which days; empty means all
/// @param times `daily`: `22:00`
/// @param zone empty means UTC
record StartForm(
    String when,
    String schedule,
    String name,
    String at,
    String every,
    String days,
    String times,
    String cron,
    String zone) {

  static final StartForm NEVER = new StartForm("", "", "", "", "", "", "", "", "");

  private static final int SHOWN = 5;

  StartForm {
    when = requireNonNullElse(when, "");
    schedule = requireNonNullElse(schedule, "").strip();
    name = requireNonNullElse(name, "").strip();
    at = requireNonNullElse(at, "");
    every = requireNonNullElse(every, "");
    days = requireNonNullElse(days, "");
    times = requireNonNullElse(times, "");
    cron = requireNonNullElse(cron, "");
    zone = requireNonNullElse(zone, "");
  }

  public boolean isGiven() {
    return !when.isEmpty();
  }

  public boolean isExisting() {
    return when.equals("schedule");
  }

  /// Null when no schedule is to be made. What it says is checked already.
  @Nullable NewSchedule newSchedule(String job, Instant now) {
    if (!isGiven() || isExisting()) {
      return null;
    }
    NewScheduleRule rule = rule();
    fields().of(() -> ScheduleRules.rule(rule, now));
    return new NewSchedule(name.isEmpty() ? job : name, rule);
  }

  /// The next times of a new schedule.
  List<Instant> next(Instant now) {
    return fields().of(() -> ScheduleRules.rule(rule(), now).next(now, SHOWN));
  }

  FormFields fields() {
    return new FormFields(field -> "start." + place(field));
  }

  private String place(String field) {
    return switch (field) {
      case "interval", "intervalCount" -> "every";
      case "start" -> "at";
      case "windowFrom", "windowTo", "end" -> "when";
      default -> field;
    };
  }

  private NewScheduleRule rule() {
    return switch (when) {
      case "once" -> rule("Once", text("at", at), null, null, null);
      case "every" ->
          rule(required("every", every, "say how often: 15 minutes"), null, null, null, null);
      case "daily" ->
          rule(
              null,
              null,
              null,
              text("days", days),
              required("times", times, "say at which time: 22:00"));
      default ->
          rule(null, null, required("cron", cron, "five fields, such as 0 22 * * 1-5"), null, null);
    };
  }

  private NewScheduleRule rule(
      @Nullable String interval,
      @Nullable String start,
      @Nullable String expression,
      @Nullable String onDays,
      @Nullable String atTimes) {
    return new NewScheduleRule(
        interval, null, start, null, expression, onDays, atTimes, text("zone", zone), null, null);
  }

  private static @Nullable String text(String field, String typed) {
    return new Typed(field, typed).text();
  }

  private static String required(String field, String typed, String reason) {
    return new Typed(field, typed).required(reason);
  }
}
