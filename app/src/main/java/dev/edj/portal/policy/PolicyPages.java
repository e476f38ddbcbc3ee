package dev.edj.portal.policy;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.policy.DestinationFailure;
import dev.edj.policy.ExecutionPolicy;
import dev.edj.policy.Policies;
import dev.edj.policy.RetryRule;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.NameQuery;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import dev.edj.scope.Narrowing;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Execution policies.
@Controller
final class PolicyPages {

  private static final String NOUN = "policies";

  private final Policies policies;

  PolicyPages(Policies policies) {
    this.policies = policies;
  }

  @GetMapping("/policies")
  @Allowed(Permission.READ)
  ModelAndView list(@ModelAttribute("query") NameQuery query) {
    return new ModelAndView(
        "policies",
        "policies",
        query.rows(PagePath.of(NOUN), policies::list, ExecutionPolicy::name).map(PolicyLine::new));
  }

  @GetMapping("/policies/{name}")
  @Allowed(Permission.READ)
  ModelAndView policy(@PathVariable String name) {
    return new ModelAndView(
        "policy",
        Map.of("line", new PolicyLine(policies.named(name)), "jobs", policies.jobs(name)));
  }

  /// @param from one to begin with
  @GetMapping("/new/policy")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  ModelAndView blank(@RequestParam(defaultValue = ExecutionPolicy.DEFAULT) String from) {
    return form(PolicyForm.of("", policies.named(from)), null);
  }

  @PostMapping("/new/policy")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  ModelAndView create(@ModelAttribute("form") PolicyForm form) {
    try {
      return saved(policies.create(form.newPolicy()));
    } catch (EdjException e) {
      return refused(form, null, e);
    }
  }

  @GetMapping("/policies/{name}/edit")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.POLICY)
  ModelAndView edit(@PathVariable String name) {
    return form(PolicyForm.of(name, policies.named(name)), name);
  }

  @PostMapping("/policies/{name}/edit")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.POLICY)
  ModelAndView update(@PathVariable String name, @ModelAttribute("form") PolicyForm form) {
    try {
      return saved(policies.update(name, form.change()));
    } catch (EdjException e) {
      return refused(form, name, e);
    }
  }

  @GetMapping("/policies/{name}/delete")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.POLICY)
  ModelAndView askToDelete(@PathVariable String name) {
    return new ModelAndView(
        "ask",
        Map.of(
            "ask",
            new Ask(
                "Delete execution policy %s?".formatted(policies.named(name).name()),
                "One that a job uses cannot be deleted.",
                PagePath.of(NOUN, name, "delete"),
                "Delete the policy",
                PagePath.of(NOUN, name))));
  }

  @PostMapping("/policies/{name}/delete")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.POLICY)
  SeeOther delete(@PathVariable String name) {
    policies.delete(name);
    return SeeOther.page(NOUN).saying("Execution policy %s is deleted.".formatted(name));
  }

  private static ModelAndView saved(ExecutionPolicy policy) {
    return new ModelAndView(
        SeeOther.page(NOUN, policy.name())
            .saying("Execution policy %s is saved.".formatted(policy.name())));
  }

  private static ModelAndView refused(PolicyForm form, @Nullable String edited, EdjException e) {
    ModelAndView page = form(form, edited);
    page.addObject("refusal", Refusal.of(e));
    page.setStatus(HttpStatusCode.valueOf(e.category().httpStatus()));
    return page;
  }

  private static ModelAndView form(PolicyForm form, @Nullable String edited) {
    ModelAndView page = new ModelAndView("policy-form");
    page.addObject("form", form);
    page.addObject("edited", edited);
    page.addObject("rules", RetryRule.values());
    page.addObject("destinationFailures", DestinationFailure.values());
    return page;
  }
}
