package dev.edj.portal.schedule;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import dev.edj.schedule.CalendarDays;
import dev.edj.schedule.Schedule;
import dev.edj.schedule.ScheduleCalendar;
import dev.edj.schedule.Schedules;
import dev.edj.schedule.Trigger;
import dev.edj.schedule.Triggers;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Schedules as a list, and on a calendar.
@Controller
final class ScheduleListPages {

  private final Schedules schedules;
  private final Triggers triggers;
  private final ScheduleCalendar calendar;

  ScheduleListPages(Schedules schedules, Triggers triggers, ScheduleCalendar calendar) {
    this.schedules = schedules;
    this.triggers = triggers;
    this.calendar = calendar;
  }

  /// @param triggers how many are bound to it
  /// @param enabled how many of them are enabled
  record ScheduleLine(Schedule schedule, long triggers, long enabled) {}

  @GetMapping("/schedules")
  @Allowed(Permission.READ)
  ModelAndView list(@RequestParam(required = false) @Nullable String name) {
    String text = Typed.stripped(name);
    Map<String, List<Trigger>> bound =
        triggers.list(null, null, null).stream()
            .filter(trigger -> trigger.schedule() != null)
            .collect(groupingBy(trigger -> String.valueOf(trigger.schedule())));
    ModelAndView page = new ModelAndView("schedules");
    page.addObject("name", text);
    page.addObject(
        "schedules",
        schedules.list().stream()
            .filter(schedule -> text == null || contains(schedule, text))
            .map(schedule -> line(schedule, bound.getOrDefault(schedule.name(), List.of())))
            .toList());
    return page;
  }

  private static boolean contains(Schedule schedule, String text) {
    return schedule.name().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }

  private static ScheduleLine line(Schedule schedule, List<Trigger> bound) {
    return new ScheduleLine(
        schedule, bound.size(), bound.stream().filter(Trigger::enabled).collect(counting()));
  }

  @GetMapping("/schedules/calendar")
  @Allowed(Permission.READ)
  ModelAndView calendar(
      @RequestParam(required = false) @Nullable String view,
      @RequestParam(required = false) @Nullable String day,
      @RequestParam(required = false) @Nullable String zone) {
    ModelAndView page = new ModelAndView("schedule-calendar");
    ZoneId shown = ZoneOffset.UTC;
    try {
      shown = TimeZones.named("zone", zone);
    } catch (EdjException e) {
      page.addObject("refusal", Refusal.of(e));
      page.setStatus(HttpStatus.BAD_REQUEST);
    }
    CalendarView shownDays = CalendarView.of(view, day, shown, InstantSource.system().instant());
    CalendarDays read = calendar.read(shownDays.first(), shownDays.days(), shown);
    page.addObject("view", shownDays);
    page.addObject("zone", zone);
    page.addObject("zones", TimeZones.places());
    page.addObject("weeks", shownDays.weeks(read));
    page.addObject("notes", read.notes());
    return page;
  }
}
