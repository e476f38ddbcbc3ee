package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.node.Nodes;
import dev.edj.node.ServiceNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Wherever a node is named, its id does as well.
@RestController
@RequestMapping(Locations.BASE + "/nodes")
@Tag(name = "Nodes")
class NodeController {

  private final Nodes nodes;

  NodeController(Nodes nodes) {
    this.nodes = nodes;
  }

  @GetMapping
  @Allowed(Permission.READ)
  @Operation(
      summary = "The nodes that are alive, and those that went within a day or, if asked, ever")
  List<ServiceNode> listNodes(@RequestParam(defaultValue = "false") boolean includeInactive) {
    return nodes.list(includeInactive);
  }

  @GetMapping("/{node}")
  @Allowed(Permission.READ)
  @Operation(summary = "One node, by its id or name, with the child executions it works on")
  ServiceNode node(@PathVariable String node) {
    return nodes.named(node);
  }

  @PostMapping("/{node}/drain")
  @Allowed(Permission.ADMINISTER)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Let a node take nothing new; what it runs goes on to its end")
  ServiceNode drainNode(@PathVariable String node) {
    return nodes.drain(node);
  }

  @PostMapping("/{node}/resume")
  @Allowed(Permission.ADMINISTER)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Let a drained node take work again")
  ServiceNode resumeNode(@PathVariable String node) {
    return nodes.resume(node);
  }
}
