package dev.edj.portal.schedule;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.schedule.Schedule;
import dev.edj.schedule.ScheduleRule;
import dev.edj.schedule.ScheduleRules;
import dev.edj.schedule.Schedules;
import dev.edj.scope.Narrowing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.servlet.ModelAndView;

/// The forms by which schedules are created and changed, with the firings that would follow.
@Controller
final class ScheduleFormPages {

  private static final int PREVIEWED = 10;

  private final Schedules schedules;

  ScheduleFormPages(Schedules schedules) {
    this.schedules = schedules;
  }

  /// When a rule that is not saved yet would fire.
  ///
  /// @param refusal why it would not
  record Preview(
      @Nullable String text, List<ZonedMoment> next, boolean last, @Nullable Refusal refusal) {

    static Preview of(ScheduleForm form, Instant now) {
      try {
        ScheduleRule rule = ScheduleRules.rule(form.rule(), now);
        List<Instant> next = rule.next(now.minusNanos(1), PREVIEWED);
        return new Preview(
            rule.text(),
            next.stream().map(at -> new ZonedMoment(at, rule.zone())).toList(),
            next.size() < PREVIEWED,
            null);
      } catch (EdjException e) {
        return new Preview(null, List.of(), false, Refusal.of(e));
      }
    }
  }

  @GetMapping("/new/schedule")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  ModelAndView blank(@ModelAttribute("form") ScheduleForm form) {
    return page(form, null, null);
  }

  @GetMapping("/new/schedule/preview")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  ModelAndView preview(
      @ModelAttribute("form") ScheduleForm form,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String part) {
    if (part == null) {
      return page(form, null, null);
    }
    return new ModelAndView(
        "schedule-form :: preview", "preview", Preview.of(form, InstantSource.system().instant()));
  }

  /// The button for a preview, where no scripts run.
  @PostMapping("/new/schedule/preview")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  ModelAndView previewNew(@ModelAttribute("form") ScheduleForm form) {
    return page(form, null, null);
  }

  @PostMapping("/schedules/{name}/preview")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  ModelAndView previewChanged(
      @PathVariable String name, @ModelAttribute("form") ScheduleForm form) {
    return page(form, schedules.named(name), null);
  }

  @PostMapping("/new/schedule")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  Object create(@ModelAttribute("form") ScheduleForm form) {
    try {
      Schedule created = schedules.create(form.newSchedule());
      return SeeOther.page("schedules", created.name())
          .saying("Schedule %s is created. Bind a job to it.".formatted(created.name()));
    } catch (EdjException e) {
      return page(form, null, e);
    }
  }

  @GetMapping("/schedules/{name}/edit")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SCHEDULE)
  ModelAndView edit(@PathVariable String name) {
    Schedule schedule = schedules.named(name);
    return page(ScheduleForm.of(schedule), schedule, null);
  }

  @PostMapping("/schedules/{name}/edit")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SCHEDULE)
  Object update(@PathVariable String name, @ModelAttribute("form") ScheduleForm form) {
    Schedule before = schedules.named(name);
    try {
      schedules.update(name, form.change());
      return SeeOther.page("schedules", name).saying("Saved.");
    } catch (EdjException e) {
      return page(form, before, e);
    }
  }

  private static ModelAndView page(
      ScheduleForm form, @Nullable Schedule schedule, @Nullable EdjException refused) {
    ModelAndView page = new ModelAndView("schedule-form");
    page.addObject("form", form);
    page.addObject("schedule", schedule);
    page.addObject("title", schedule == null ? "New schedule" : "Edit " + schedule.name());
    page.addObject("zones", TimeZones.places());
    page.addObject(
        "preview", form.isBegun() ? Preview.of(form, InstantSource.system().instant()) : null);
    if (refused != null) {
      page.addObject("refusal", Refusal.of(refused));
      page.setStatus(HttpStatus.valueOf(refused.category().httpStatus()));
    }
    return page;
  }
}
