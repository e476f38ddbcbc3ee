package dev.edj.portal.schedule;

import static java.util.Objects.requireNonNullElse;

import dev.edj.portal.site.Typed;
import dev.edj.schedule.IntervalUnit;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.NewScheduleRule;
import dev.edj.schedule.Schedule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A schedule as it is typed. Fields that its way to repeat does not have are not looked at.
///
/// @param repeats how it repeats: `once`, `interval`, `days` or `cron`
/// @param interval the unit that is counted in
/// @param days `Mon`, `Tue` and so on
record ScheduleForm(
    @Nullable String name,
    @Nullable String repeats,
    @Nullable String interval,
    @Nullable String intervalCount,
    @Nullable List<String> days,
    @Nullable String times,
    @Nullable String cron,
    @Nullable String start,
    @Nullable String end,
    @Nullable String zone,
    @Nullable String windowFrom,
    @Nullable String windowTo) {

  static final List<String> WEEK = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

  static ScheduleForm of(Schedule schedule) {
    String interval = schedule.interval();
    int colon = interval == null ? -1 : interval.indexOf(':');
    return new ScheduleForm(
        schedule.name(),
        repeats(schedule),
        interval == null || colon < 0 ? null : interval.substring(0, colon),
        interval == null || colon < 0 ? null : interval.substring(colon + 1).strip(),
        schedule.days() == null ? null : List.of(schedule.days().split(",")),
        schedule.times(),
        schedule.cron(),
        local(schedule.start(), schedule.zone()),
        schedule.end() == null ? null : local(schedule.end(), schedule.zone()),
        schedule.zone(),
        schedule.windowFrom(),
        schedule.windowTo());
  }

  private static String repeats(Schedule schedule) {
    if (schedule.cron() != null) {
      return "cron";
    }
    if (schedule.times() != null) {
      return "days";
    }
    return "OneTime".equals(schedule.interval()) ? "once" : "interval";
  }

  /// As its clock shows it, with the offset where that alone could mean another time.
  private static String local(Instant at, String zone) {
    ZoneId of = ZoneId.getAvailableZoneIds().contains(zone) ? ZoneId.of(zone) : ZoneId.of("UTC");
    LocalDateTime clock = LocalDateTime.ofInstant(at, of);
    return clock.atZone(of).toInstant().equals(at)
        ? clock.toString()
        : at.atZone(of).toOffsetDateTime().toString();
  }

  /// At times of days, when nothing is said: what most people want.
  public String way() {
    return requireNonNullElse(Typed.stripped(repeats), "days");
  }

  public boolean on(String day) {
    return days != null && days.contains(day);
  }

  public List<String> week() {
    return WEEK;
  }

  public List<String> units() {
    return Arrays.stream(IntervalUnit.values()).map(Enum::name).toList();
  }

  /// Whether anything was typed that a preview could be of.
  public boolean isBegun() {
    return repeats != null;
  }

  NewSchedule newSchedule() {
    return new NewSchedule(requireNonNullElse(name, "").strip(), rule());
  }

  NewScheduleRule rule() {
    NewScheduleRule change = change();
    return new NewScheduleRule(
        change.interval(),
        change.intervalCount(),
        Typed.stripped(change.start()),
        Typed.stripped(change.end()),
        change.cron(),
        change.days(),
        change.times(),
        Typed.stripped(change.zone()),
        Typed.stripped(change.windowFrom()),
        Typed.stripped(change.windowTo()));
  }

  /// All that a schedule is to be; what is empty takes a limit away.
  NewScheduleRule change() {
    boolean once = way().equals("once");
    return new NewScheduleRule(
        intervalText(),
        way().equals("interval") ? new Typed("intervalCount", intervalCount).wholeNumber() : null,
        given(start),
        once ? "" : given(end),
        way().equals("cron") ? given(cron) : null,
        way().equals("days") ? daysText() : null,
        way().equals("days") ? given(times) : null,
        given(zone),
        once ? "" : given(windowFrom),
        once ? "" : given(windowTo));
  }

  private @Nullable String intervalText() {
    return switch (way()) {
      case "once" -> "Once";
      case "interval" ->
          requireNonNullElse(Typed.stripped(interval), "days").toLowerCase(Locale.ROOT);
      default -> null;
    };
  }

  private String daysText() {
    return days == null || days.isEmpty() || days.size() == WEEK.size()
        ? "every day"
        : String.join(",", days);
  }

  private static String given(@Nullable String typed) {
    return typed == null ? "" : typed.strip();
  }
}
