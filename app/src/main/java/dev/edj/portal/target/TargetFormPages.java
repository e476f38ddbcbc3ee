package dev.edj.portal.target;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.engine.TlsMode;
import dev.edj.portal.choice.Choices;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.SeeOther;
import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import dev.edj.target.Target;
import dev.edj.target.TargetKind;
import dev.edj.target.Targets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/// The forms by which targets are created and changed.
@Controller
final class TargetFormPages {

  private final Targets targets;
  private final Choices choices;

  TargetFormPages(Targets targets, Choices choices) {
    this.targets = targets;
    this.choices = choices;
  }

  @GetMapping("/new/target")
  @Allowed(Permission.ADMINISTER)
  ModelAndView blank(@ModelAttribute("form") TargetForm form) {
    return page(form, null, null);
  }

  @PostMapping("/new/target")
  @Allowed(Permission.ADMINISTER)
  Object create(@ModelAttribute("form") TargetForm form) {
    try {
      return created(form);
    } catch (EdjException e) {
      return page(form, null, e);
    }
  }

  private View created(TargetForm form) {
    String collection = Typed.stripped(form.collection());
    Target target = targets.create(form.newTarget(), collection);
    if (collection == null) {
      return SeeOther.page("targets", target.id())
          .saying("%s %s is created.".formatted(TargetNames.of(target.kind()), target.name()));
    }
    return SeeOther.page("targets", targets.named(collection).id())
        .saying("%s is created and in this collection.".formatted(target.name()));
  }

  @GetMapping("/targets/{target}/edit")
  @Allowed(Permission.ADMINISTER)
  ModelAndView edit(@PathVariable String target) {
    Target before = targets.named(target);
    return page(TargetForm.of(before), before, null);
  }

  @PostMapping("/targets/{target}/edit")
  @Allowed(Permission.ADMINISTER)
  Object update(@PathVariable String target, @ModelAttribute("form") TargetForm form) {
    Target before = targets.named(target);
    try {
      Target changed = targets.update(target, form.change(before));
      return SeeOther.page("targets", changed.id()).saying("Saved.");
    } catch (EdjException e) {
      return page(form, before, e);
    }
  }

  private ModelAndView page(
      TargetForm form, @Nullable Target target, @Nullable EdjException refused) {
    ModelAndView page = new ModelAndView("target-form");
    page.addObject("form", form);
    page.addObject("target", target);
    page.addObject("title", target == null ? "New target" : "Edit " + target.name());
    page.addObject("kind", target == null ? form.targetKind() : target.kind());
    page.addObject(
        "kinds",
        Arrays.stream(TargetKind.values())
            .map(kind -> new KindChoice(kind, TargetNames.of(kind)))
            .toList()
            .reversed());
    page.addObject("credentials", choices.shortlist("credentials"));
    page.addObject("tlsModes", TlsMode.values());
    if (refused != null) {
      page.addObject("refusal", Refusal.of(refused));
      page.setStatus(HttpStatus.valueOf(refused.category().httpStatus()));
    }
    return page;
  }

  record KindChoice(TargetKind kind, String text) {}
}
