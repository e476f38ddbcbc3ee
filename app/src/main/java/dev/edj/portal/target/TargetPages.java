package dev.edj.portal.target;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.SeeOther;
import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import dev.edj.target.ChildTarget;
import dev.edj.target.Membership;
import dev.edj.target.NewChild;
import dev.edj.target.Target;
import dev.edj.target.TargetDirectory;
import dev.edj.target.TargetFilter;
import dev.edj.target.TargetKind;
import dev.edj.target.Targets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// One target: what it is, what is in it, and who uses it. Its name does wherever its id is.
@Controller
final class TargetPages {

  private static final int ROWS = 50;

  private final Targets targets;
  private final TargetDirectory directory;

  TargetPages(Targets targets, TargetDirectory directory) {
    this.targets = targets;
    this.directory = directory;
  }

  /// Some members of a collection.
  ///
  /// @param text a part of the name that was looked for
  /// @param next the page that goes on; null when there are no more
  record MemberRows(
      List<ChildTarget> rows,
      @Nullable String text,
      @Nullable PagePath first,
      @Nullable PagePath next) {}

  @GetMapping("/targets/{target}")
  @Allowed(Permission.READ)
  ModelAndView target(
      @PathVariable String target,
      @RequestParam(required = false) @Nullable String member,
      @RequestParam(required = false) @Nullable String after) {
    return page(target, member, after, MemberForm.EMPTY, null);
  }

  @PostMapping("/targets/{target}/members")
  @Allowed(Permission.ADMINISTER)
  Object add(@PathVariable String target, @ModelAttribute("form") MemberForm form) {
    try {
      NewChild child = form.newChild();
      if (child.target().isEmpty()) {
        throw EdjException.invalid("child", "name a target");
      }
      targets.addChild(target, child);
      return SeeOther.page("targets", target)
          .saying(
              "%s is %s."
                  .formatted(targets.named(child.target()).name(), word(child.membership())));
    } catch (EdjException e) {
      return page(target, null, null, form, e);
    }
  }

  @PostMapping("/targets/{target}/members/{child}/{membership}")
  @Allowed(Permission.ADMINISTER)
  SeeOther change(
      @PathVariable String target,
      @PathVariable String child,
      @PathVariable Membership membership) {
    targets.addChild(target, new NewChild(child, membership, null, null));
    return SeeOther.page("targets", target)
        .saying("%s is %s.".formatted(targets.named(child).name(), word(membership)));
  }

  @GetMapping("/targets/{target}/members/{child}/remove")
  @Allowed(Permission.ADMINISTER)
  ModelAndView askToRemove(@PathVariable String target, @PathVariable String child) {
    Target collection = targets.named(target);
    Target member = targets.named(child);
    return ask(
        new Ask(
            "Remove %s from %s?".formatted(member.name(), collection.name()),
            "The target itself stays; the values that it carries in this collection go.",
            PagePath.of("targets", collection.id(), "members", member.id(), "remove"),
            "Remove it",
            PagePath.of("targets", collection.id())));
  }

  @PostMapping("/targets/{target}/members/{child}/remove")
  @Allowed(Permission.ADMINISTER)
  SeeOther remove(@PathVariable String target, @PathVariable String child) {
    String name = targets.named(child).name();
    targets.removeChild(target, child);
    return SeeOther.page("targets", target).saying("%s is removed.".formatted(name));
  }

  @PostMapping("/targets/{target}/values")
  @Allowed(Permission.ADMINISTER)
  Object setValues(@PathVariable String target, @ModelAttribute("form") MemberForm form) {
    try {
      targets.setDatabaseValues(target, form.databaseValues());
      return SeeOther.page("targets", target)
          .saying("The values of %s are set.".formatted(form.database()));
    } catch (EdjException e) {
      return page(target, null, null, form, e);
    }
  }

  @GetMapping("/targets/{target}/delete")
  @Allowed(Permission.ADMINISTER)
  ModelAndView askToDelete(@PathVariable String target) {
    Target doomed = targets.named(target);
    return ask(
        new Ask(
            "Delete %s?".formatted(doomed.name()),
            doomed.kind() == TargetKind.CustomCollection
                ? "Its members stay. It is refused while a job or a collection uses it."
                : "No server or database is touched. It is refused while a job or a collection uses"
                    + " it.",
            PagePath.of("targets", doomed.id(), "delete"),
            "Delete it",
            PagePath.of("targets", doomed.id())));
  }

  @PostMapping("/targets/{target}/delete")
  @Allowed(Permission.ADMINISTER)
  Object delete(@PathVariable String target) {
    Target doomed = targets.named(target);
    try {
      targets.delete(target);
    } catch (EdjException e) {
      return page(target, null, null, MemberForm.EMPTY, e);
    }
    return SeeOther.page("targets").saying("%s is deleted.".formatted(doomed.name()));
  }

  private ModelAndView page(
      String nameOrId,
      @Nullable String text,
      @Nullable String after,
      MemberForm form,
      @Nullable EdjException refused) {
    Target target = targets.named(nameOrId);
    ModelAndView page = new ModelAndView("target");
    page.addObject("target", target);
    page.addObject("kind", TargetNames.of(target.kind()));
    page.addObject("users", directory.users(target.id()));
    page.addObject("form", form);
    page.addObject("memberships", Membership.values());
    switch (target.kind()) {
      case CustomCollection -> page.addObject("members", members(target, text, after));
      case Server, ElasticPool, ShardMap ->
          page.addObject("values", targets.databaseValues(target.id().toString()));
      case Database -> {}
    }
    if (target.kind() != TargetKind.Server && target.server() != null) {
      page.addObject(
          "servers",
          targets.list(new TargetFilter(TargetKind.Server, target.server(), null, null)));
    }
    if (refused != null) {
      page.addObject("refusal", Refusal.of(refused));
      page.setStatus(HttpStatus.valueOf(refused.category().httpStatus()));
    }
    return page;
  }

  private MemberRows members(Target target, @Nullable String typed, @Nullable String after) {
    String text = Typed.stripped(typed);
    List<ChildTarget> found =
        directory.children(target.id(), text, Typed.stripped(after), ROWS + 1);
    boolean more = found.size() > ROWS;
    List<ChildTarget> rows = more ? found.subList(0, ROWS) : found;
    PagePath first = PagePath.of("targets", target.id()).with("member", text);
    return new MemberRows(
        rows,
        text,
        Typed.stripped(after) == null ? null : first,
        more ? first.with("after", rows.getLast().target().name()) : null);
  }

  private static String word(@Nullable Membership membership) {
    return membership == Membership.Exclude ? "excluded" : "included";
  }

  private static ModelAndView ask(Ask ask) {
    return new ModelAndView("ask", "ask", ask);
  }
}
