package dev.edj.portal;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.portal.site.SeeOther;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// The addresses that forms are sent to and that have no page of their own: whoever loads one
/// again, after a refusal or by its link, comes to where the form stands.
@Controller
final class FormAddresses {

  @GetMapping({"/sign-out", "/theme"})
  @Allowed(Permission.ANYONE)
  SeeOther overview() {
    return SeeOther.page();
  }

  @GetMapping({"/jobs/{name}/enable", "/jobs/{name}/disable"})
  @Allowed(Permission.READ)
  SeeOther job(@PathVariable String name) {
    return SeeOther.page("jobs", name);
  }

  @GetMapping("/nodes/{node}/resume")
  @Allowed(Permission.READ)
  SeeOther node(@PathVariable String node) {
    return SeeOther.page("nodes", node);
  }

  @GetMapping({
    "/targets/{target}/members",
    "/targets/{target}/members/{child}/{membership}",
    "/targets/{target}/values"
  })
  @Allowed(Permission.READ)
  SeeOther target(@PathVariable String target) {
    return SeeOther.page("targets", target);
  }

  @GetMapping("/schedules/{name}/preview")
  @Allowed(Permission.READ)
  SeeOther schedule(@PathVariable String name) {
    return SeeOther.page("schedules", name, "edit");
  }

  @GetMapping({
    "/users/{name}/enable",
    "/users/{name}/disable",
    "/users/{name}/grants",
    "/users/{name}/grants/{role}/revoke",
    "/users/{name}/tokens"
  })
  @Allowed(Permission.READ)
  SeeOther user(@PathVariable String name) {
    return SeeOther.page("users", name);
  }

  @GetMapping({"/triggers/{id}/enable", "/triggers/{id}/disable"})
  @Allowed(Permission.READ)
  SeeOther trigger(@PathVariable long id) {
    return SeeOther.page("triggers", id);
  }

  @GetMapping({"/notices/{name}/enable", "/notices/{name}/disable", "/notices/{name}/test"})
  @Allowed(Permission.READ)
  SeeOther notice(@PathVariable String name) {
    return SeeOther.page("notices", name);
  }
}
