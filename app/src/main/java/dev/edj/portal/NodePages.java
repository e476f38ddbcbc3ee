package dev.edj.portal;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.node.Nodes;
import dev.edj.node.ServiceNode;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.SeeOther;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// The processes of the service. Wherever a node is named, its id does as well.
@Controller
final class NodePages {

  private final Nodes nodes;

  NodePages(Nodes nodes) {
    this.nodes = nodes;
  }

  @GetMapping("/nodes")
  @Allowed(Permission.READ)
  ModelAndView list(@RequestParam(defaultValue = "false") boolean includeInactive) {
    return new ModelAndView(
        "nodes", Map.of("nodes", nodes.list(includeInactive), "includeInactive", includeInactive));
  }

  @GetMapping("/nodes/{node}")
  @Allowed(Permission.READ)
  ModelAndView node(@PathVariable String node) {
    return new ModelAndView("node", Map.of("node", nodes.named(node)));
  }

  @GetMapping("/nodes/{node}/drain")
  @Allowed(Permission.ADMINISTER)
  ModelAndView askToDrain(@PathVariable String node) {
    ServiceNode asked = nodes.named(node);
    return new ModelAndView(
        "ask",
        Map.of(
            "ask",
            new Ask(
                "Drain node %s?".formatted(asked.name()),
                "It takes nothing new until it is resumed or started again. What it runs goes on to"
                    + " its end, and the process stays up.",
                PagePath.of("nodes", asked.id(), "drain"),
                "Drain it",
                PagePath.of("nodes", asked.id()))));
  }

  @PostMapping("/nodes/{node}/drain")
  @Allowed(Permission.ADMINISTER)
  SeeOther drain(@PathVariable String node) {
    ServiceNode told = nodes.drain(node);
    return page(told)
        .saying("Node %s takes nothing new; what it runs goes on.".formatted(told.name()));
  }

  @PostMapping("/nodes/{node}/resume")
  @Allowed(Permission.ADMINISTER)
  SeeOther resume(@PathVariable String node) {
    ServiceNode told = nodes.resume(node);
    return page(told).saying("Node %s takes work again.".formatted(told.name()));
  }

  /// By its id: a name may come again.
  private static SeeOther page(ServiceNode node) {
    return SeeOther.page("nodes", node.id());
  }
}
