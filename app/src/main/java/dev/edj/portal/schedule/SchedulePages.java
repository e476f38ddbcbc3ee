package dev.edj.portal.schedule;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Executions;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.schedule.Misfire;
import dev.edj.schedule.Overlap;
import dev.edj.schedule.Schedule;
import dev.edj.schedule.Schedules;
import dev.edj.schedule.Triggers;
import dev.edj.scope.Narrowing;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// One schedule: when it fires next, which jobs it starts, and what it has started.
@Controller
final class SchedulePages {

  private static final List<Integer> COUNTS = List.of(5, 10, 25, 50, 100);
  private static final int EXECUTIONS = 10;

  private final Schedules schedules;
  private final Triggers triggers;
  private final Executions executions;

  SchedulePages(Schedules schedules, Triggers triggers, Executions executions) {
    this.schedules = schedules;
    this.triggers = triggers;
    this.executions = executions;
  }

  @GetMapping("/schedules/{name}")
  @Allowed(Permission.READ)
  ModelAndView schedule(@PathVariable String name, @RequestParam(defaultValue = "10") int count) {
    return page(name, COUNTS.contains(count) ? count : 10, null);
  }

  @GetMapping("/schedules/{name}/delete")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SCHEDULE)
  ModelAndView askToDelete(@PathVariable String name) {
    schedules.named(name);
    return new ModelAndView(
        "ask",
        "ask",
        new Ask(
            "Delete schedule %s?".formatted(name),
            "What it has started stays. It is refused while a job's trigger is bound to it.",
            PagePath.of("schedules", name, "delete"),
            "Delete it",
            PagePath.of("schedules", name)));
  }

  @PostMapping("/schedules/{name}/delete")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SCHEDULE)
  Object delete(@PathVariable String name) {
    schedules.named(name);
    try {
      schedules.delete(name);
      return SeeOther.page("schedules").saying("Schedule %s is deleted.".formatted(name));
    } catch (EdjException e) {
      return page(name, 10, e);
    }
  }

  private ModelAndView page(String name, int count, @Nullable EdjException refused) {
    Schedule schedule = schedules.named(name);
    ZoneId zone = zone(schedule);
    ModelAndView page = new ModelAndView("schedule");
    page.addObject("schedule", schedule);
    page.addObject("start", new ZonedMoment(schedule.start(), zone));
    page.addObject("end", schedule.end() == null ? null : new ZonedMoment(schedule.end(), zone));
    page.addObject(
        "next",
        schedule.nextAt() == null
            ? List.of()
            : schedules.next(name, count, null).stream()
                .map(at -> new ZonedMoment(at, zone))
                .toList());
    page.addObject("count", count);
    page.addObject("counts", COUNTS);
    page.addObject("triggers", triggers.list(null, name, null));
    page.addObject("overlaps", Overlap.values());
    page.addObject("misfires", Misfire.values());
    page.addObject(
        "executions",
        executions
            .list(ExecutionFilter.page(EXECUTIONS).schedule(name).includeInactive().filter())
            .items());
    if (refused != null) {
      page.addObject("refusal", Refusal.of(refused));
      page.setStatus(HttpStatus.valueOf(refused.category().httpStatus()));
    }
    return page;
  }

  /// UTC for one that this node does not know.
  private static ZoneId zone(Schedule schedule) {
    try {
      return TimeZones.named("zone", schedule.zone());
    } catch (EdjException e) {
      return ZoneOffset.UTC;
    }
  }
}
