package dev.edj.cli;

import dev.edj.node.NodeLifecycle;
import dev.edj.node.NodeRole;
import dev.edj.node.RunningChild;
import dev.edj.node.ServiceNode;
import java.util.List;
import java.util.Objects;

/// Nodes as people read them.
final class NodeViews {

  private NodeViews() {}

  static Details details(ServiceNode node) {
    return new Details()
        .line("Name", node.name())
        .line("Id", node.id())
        .line("Lifecycle", lifecycle(node.lifecycle()))
        .line("Roles", roles(node))
        .line("Labels", node.labels())
        .line("In progress", node.inProgress())
        .line("Version", node.version())
        .line("Lease", node.lease())
        .line("Started", node.startedAt())
        .line("Last heartbeat", node.lastHeartbeatAt())
        .line("Stopped", node.stoppedAt())
        .line("Clock ahead by", node.clockAhead())
        .line("Facts", node.facts());
  }

  static Table table(List<ServiceNode> nodes) {
    Table table =
        Table.of(
            "ID",
            "NAME",
            "LIFECYCLE",
            "ROLES",
            "LABELS",
            "IN PROGRESS",
            "LAST HEARTBEAT",
            "VERSION");
    nodes.forEach(node ->
        table.row(
            node.id(),
            node.name(),
            lifecycle(node.lifecycle()),
            roles(node),
            node.labels(),
            node.inProgress(),
            node.lastHeartbeatAt(),
            node.version()));
    return table;
  }

  static Table children(ServiceNode node) {
    Table table = Table.of("EXECUTION", "JOB", "SERVER", "DATABASE", "ATTEMPT", "STARTED");
    for (RunningChild child :
        Objects.requireNonNullElse(node.children(), List.<RunningChild>of())) {
      table.row(
          child.id(),
          child.job(),
          child.server(),
          child.database(),
          child.attempt(),
          child.startedAt());
    }
    return table;
  }

  private static List<String> roles(ServiceNode node) {
    return node.roles().stream().map(NodeRole::text).sorted().toList();
  }

  private static Cell lifecycle(NodeLifecycle lifecycle) {
    Style style =
        switch (lifecycle) {
          case Active -> Style.GOOD;
          case Draining -> Style.CAUTION;
          case Stopped -> Style.FAINT;
          case Lost -> Style.BAD;
        };
    return new Cell(lifecycle.name(), style, false);
  }
}
