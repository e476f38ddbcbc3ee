package dev.edj.portal.schedule;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.schedule.EndCondition;
import dev.edj.schedule.Misfire;
import dev.edj.schedule.Overlap;
import dev.edj.schedule.Trigger;
import dev.edj.schedule.TriggerChange;
import dev.edj.schedule.Triggers;
import dev.edj.scope.Narrowing;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Triggers: what starts jobs by themselves, on a schedule or after another job.
@Controller
final class TriggerPages {

  private static final int FIRINGS = 50;

  private final Triggers triggers;

  TriggerPages(Triggers triggers) {
    this.triggers = triggers;
  }

  @GetMapping("/triggers")
  @Allowed(Permission.READ)
  ModelAndView list(@ModelAttribute("query") TriggerQuery query) {
    ModelAndView page = new ModelAndView("triggers");
    page.addObject("bound", query.bound(triggers));
    page.addObject("following", query.following(triggers));
    return page;
  }

  @GetMapping("/new/trigger")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  ModelAndView blank(@ModelAttribute("form") TriggerForm form) {
    return form(form, null);
  }

  @PostMapping("/new/trigger")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.REQUEST)
  Object create(@ModelAttribute("form") TriggerForm form) {
    try {
      Trigger created = triggers.create(form.newTrigger());
      return home(created).saying("%s.".formatted(sentence(created)));
    } catch (EdjException e) {
      return form(form, e);
    }
  }

  @GetMapping("/triggers/{id}")
  @Allowed(Permission.READ)
  ModelAndView trigger(@PathVariable long id) {
    return page(id, null, null);
  }

  @PostMapping("/triggers/{id}")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.TRIGGER)
  Object update(@PathVariable long id, @ModelAttribute("form") TriggerForm form) {
    try {
      triggers.update(id, form.change(triggers.named(id)));
      return SeeOther.page("triggers", id).saying("Saved.");
    } catch (EdjException e) {
      return page(id, form, e);
    }
  }

  @PostMapping("/triggers/{id}/enable")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.TRIGGER)
  SeeOther enable(@PathVariable long id) {
    Trigger enabled = triggers.update(id, new TriggerChange(true, null, null, null));
    return home(enabled).saying("%s.".formatted(sentence(enabled)));
  }

  @PostMapping("/triggers/{id}/disable")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.TRIGGER)
  SeeOther disable(@PathVariable long id) {
    Trigger disabled = triggers.update(id, new TriggerChange(false, null, null, null));
    return home(disabled)
        .saying("The trigger of %s is disabled: it starts nothing.".formatted(disabled.job()));
  }

  /// @param job whether it is asked for on the job's page, which is where to go afterwards
  @GetMapping("/triggers/{id}/remove")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.TRIGGER)
  ModelAndView askToRemove(
      @PathVariable long id, @RequestParam(defaultValue = "false") boolean job) {
    Trigger trigger = triggers.named(id);
    return new ModelAndView(
        "ask",
        "ask",
        new Ask(
            "Remove this trigger of %s?".formatted(trigger.job()),
            "%s. What it has started goes on; the job and the schedule stay."
                .formatted(sentence(trigger)),
            PagePath.of("triggers", id, "remove").with("job", job),
            "Remove it",
            job ? PagePath.of("jobs", trigger.job()) : PagePath.of("triggers", id)));
  }

  @PostMapping("/triggers/{id}/remove")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.TRIGGER)
  SeeOther remove(@PathVariable long id, @RequestParam(defaultValue = "false") boolean job) {
    Trigger doomed = triggers.named(id);
    triggers.delete(id);
    return (job ? SeeOther.page("jobs", doomed.job()) : home(doomed))
        .saying("The trigger of %s is removed.".formatted(doomed.job()));
  }

  private ModelAndView form(TriggerForm form, @Nullable EdjException refused) {
    ModelAndView page = new ModelAndView("trigger-form");
    page.addObject("form", form);
    return withChoices(page, refused);
  }

  private ModelAndView page(long id, @Nullable TriggerForm form, @Nullable EdjException refused) {
    Trigger trigger = triggers.named(id);
    ModelAndView page = new ModelAndView("trigger");
    page.addObject("trigger", trigger);
    page.addObject("sentence", sentence(trigger));
    page.addObject("form", form == null ? TriggerForm.of(trigger) : form);
    page.addObject("firings", triggers.firings(id, FIRINGS));
    return withChoices(page, refused);
  }

  private static ModelAndView withChoices(ModelAndView page, @Nullable EdjException refused) {
    page.addObject("conditions", EndCondition.values());
    page.addObject("overlaps", Overlap.values());
    page.addObject("misfires", Misfire.values());
    if (refused != null) {
      page.addObject("refusal", Refusal.of(refused));
      page.setStatus(HttpStatus.valueOf(refused.category().httpStatus()));
    }
    return page;
  }

  private static SeeOther home(Trigger trigger) {
    return trigger.schedule() == null
        ? SeeOther.page("triggers")
        : SeeOther.page("schedules", trigger.schedule());
  }

  static String sentence(Trigger trigger) {
    if (trigger.schedule() != null) {
      return "%s is started by schedule %s".formatted(trigger.job(), trigger.schedule());
    }
    String end =
        switch (trigger.on()) {
          case Success -> "has succeeded";
          case Failure -> "has failed";
          case Rows -> "has ended with rows";
          case Always -> "has ended";
          case null -> "has ended";
        };
    return "%s is started when %s %s".formatted(trigger.job(), trigger.after(), end);
  }
}
