package dev.edj.schedule;

import dev.edj.problem.EdjException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes rules from what people write, and refuses what cannot be meant: above all rules that never
/// fire.
public final class ScheduleRules {

  private ScheduleRules() {}

  /// An [EdjException] that names the field when it is no rule, or one that does not fire from
  /// `now` on.
  public static ScheduleRule rule(NewScheduleRule rule, Instant now) {
    ZoneId zone = rule.zone() == null ? ZoneOffset.UTC : Zones.named("zone", rule.zone());
    Recurrence recurrence = recurrence(rule);
    Instant start = start(rule, recurrence, zone, now);
    Instant end = rule.end() == null ? null : LocalTimes.end("end", rule.end(), zone);
    return checked(new ScheduleRule(recurrence, start, end, zone, window(rule)), now);
  }

  /// The rule itself when it fires at `now` or later; else an [EdjException] that says why not.
  public static ScheduleRule checked(ScheduleRule rule, Instant now) {
    checkOnce(rule);
    checkFires(rule);
    if (rule.nextFrom(now.truncatedTo(ChronoUnit.SECONDS)).isEmpty()) {
      throw rule.recurrence() instanceof Once
          ? EdjException.invalid("start", "%s has passed".formatted(rule.start()))
          : EdjException.invalid(
              "end", "the last firing up to %s has passed".formatted(rule.end()));
    }
    return rule;
  }

  /// What is planned for now only has passed before a trigger is bound to it. And where a day
  /// begins after midnight, what counts in days would keep that time on all other days.
  private static Instant start(
      NewScheduleRule rule, Recurrence recurrence, ZoneId zone, Instant now) {
    if (rule.start() == null) {
      if (recurrence instanceof Once) {
        throw EdjException.invalid("start", "say when: a one-time schedule fires at its start");
      }
      return now;
    }
    return recurrence instanceof Interval interval && !interval.unit().elapses()
        ? LocalTimes.midnightOrTime("start", rule.start(), zone)
        : LocalTimes.start("start", rule.start(), zone);
  }

  private static Recurrence recurrence(NewScheduleRule rule) {
    long given =
        Stream.of(rule.interval(), rule.cron(), either(rule.days(), rule.times()))
            .filter(Objects::nonNull)
            .count();
    if (given != 1) {
      throw EdjException.invalid(
          "interval",
          (given == 0 ? "say how it repeats" : "say in one way how it repeats")
              + ": an interval, cron, or days and times");
    }
    if (rule.interval() != null) {
      return IntervalText.parse(rule.interval(), rule.intervalCount());
    }
    if (rule.intervalCount() != null) {
      throw EdjException.invalid("intervalCount", "is only for an interval");
    }
    return rule.cron() == null
        ? weekly(rule.days(), rule.times())
        : new Cron(CronExpression.parse(rule.cron()));
  }

  private static Weekly weekly(@Nullable String days, @Nullable String times) {
    if (times == null) {
      throw EdjException.invalid("times", "say at which times of these days, such as 22:00");
    }
    return new Weekly(
        WeekdayText.parse("days", days == null ? WeekdayText.EVERY_DAY : days),
        LocalTimes.ofDay("times", times));
  }

  private static @Nullable Window window(NewScheduleRule rule) {
    if (rule.windowFrom() == null && rule.windowTo() == null) {
      return null;
    }
    if (rule.windowFrom() == null || rule.windowTo() == null) {
      throw EdjException.invalid(
          rule.windowFrom() == null ? "windowFrom" : "windowTo",
          "a window has two times: windowFrom and windowTo");
    }
    LocalTime from = LocalTimes.time("windowFrom", rule.windowFrom());
    LocalTime to = LocalTimes.endOfWindow("windowTo", rule.windowTo());
    if (from.equals(to)) {
      throw EdjException.invalid(
          "windowTo", "must differ from windowFrom; for the whole day leave both out");
    }
    return new Window(from, to);
  }

  private static void checkOnce(ScheduleRule rule) {
    if (rule.recurrence() instanceof Once) {
      if (rule.end() != null) {
        throw EdjException.invalid("end", "is not for a one-time schedule");
      }
      if (rule.window() != null) {
        throw EdjException.invalid("windowFrom", "a window is not for a one-time schedule");
      }
    }
  }

  /// Takes away one limit after the other, to find the one because of which nothing is planned.
  private static void checkFires(ScheduleRule rule) {
    if (rule.nextFrom(rule.start()).isPresent()) {
      return;
    }
    var endless =
        new ScheduleRule(rule.recurrence(), rule.start(), null, rule.zone(), rule.window());
    if (endless.nextFrom(rule.start()).isPresent()) {
      throw EdjException.invalid(
          "end",
          "nothing is planned up to %s: the first firing would be at %s"
              .formatted(rule.end(), endless.nextFrom(rule.start()).orElseThrow()));
    }
    var unlimited = new ScheduleRule(rule.recurrence(), rule.start(), null, rule.zone(), null);
    if (unlimited.nextFrom(rule.start()).isPresent()) {
      throw EdjException.invalid(
          "windowFrom",
          "never fires: no firing of '%s' is in the window".formatted(unlimited.text()));
    }
    throw rule.recurrence() instanceof Cron cron
        ? EdjException.invalid(
            "cron", "'%s' never fires: there is no such day".formatted(cron.expression()))
        : EdjException.invalid("start", "nothing is planned from %s on".formatted(rule.start()));
  }

  private static @Nullable String either(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }
}
