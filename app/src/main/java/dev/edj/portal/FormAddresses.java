package dev.edj.portal;

import dev.edj.portal.site.SeeOther;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// The addresses that forms are sent to and that have no page of their own: whoever loads one
/// again, after a refusal or by its link, comes to where the form stands.
@Controller
final class FormAddresses {

  @GetMapping({"/sign-out", "/theme"})
  SeeOther overview() {
    return SeeOther.page();
  }

  @GetMapping({"/jobs/{name}/enable", "/jobs/{name}/disable"})
  SeeOther job(@PathVariable String name) {
    return SeeOther.page("jobs", name);
  }

  @GetMapping("/nodes/{node}/resume")
  SeeOther node(@PathVariable String node) {
    return SeeOther.page("nodes", node);
  }

  @GetMapping({
    "/targets/{target}/members",
    "/targets/{target}/members/{child}/{membership}",
    "/targets/{target}/values"
  })
  SeeOther target(@PathVariable String target) {
    return SeeOther.page("targets", target);
  }

  @GetMapping("/schedules/{name}/preview")
  SeeOther schedule(@PathVariable String name) {
    return SeeOther.page("schedules", name, "edit");
  }

  @GetMapping({"/triggers/{id}/enable", "/triggers/{id}/disable"})
  SeeOther trigger(@PathVariable long id) {
    return SeeOther.page("triggers", id);
  }
}
