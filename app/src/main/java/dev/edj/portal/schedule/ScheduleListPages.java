package dev.edj.portal.schedule;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.portal.site.NameQuery;
import dev.edj.portal.site.NamedRows;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Refusal;
import dev.edj.problem.EdjException;
import dev.edj.schedule.BoundTriggers;
import dev.edj.schedule.CalendarDays;
import dev.edj.schedule.Schedule;
import dev.edj.schedule.ScheduleCalendar;
import dev.edj.schedule.Schedules;
import dev.edj.schedule.Triggers;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
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

  record ScheduleLine(Schedule schedule, BoundTriggers bound) {}

  @GetMapping("/schedules")
  @Allowed(Permission.READ)
  ModelAndView list(@ModelAttribute("query") NameQuery query) {
    NamedRows<Schedule> found =
        query.rows(PagePath.of("schedules"), schedules::list, Schedule::name);
    Map<String, BoundTriggers> bound =
        triggers.bound(found.rows().stream().map(Schedule::name).toList());
    return new ModelAndView(
        "schedules",
        "schedules",
        found.map(schedule ->
            new ScheduleLine(schedule, bound.getOrDefault(schedule.name(), BoundTriggers.NONE))));
  }

  @GetMapping("/schedule-calendar")
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
