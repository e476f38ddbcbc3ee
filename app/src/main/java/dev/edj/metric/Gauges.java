package dev.edj.metric;

import dev.edj.metric.Family.Point;
import dev.edj.metric.GaugeStore.Children;
import dev.edj.metric.GaugeStore.Connections;
import dev.edj.metric.GaugeStore.Lag;
import dev.edj.metric.GaugeStore.LiveNode;
import dev.edj.metric.GaugeStore.OfTwo;
import dev.edj.metric.GaugeStore.Unlinked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// What each statement of [GaugeStore] answers, as metrics.
final class Gauges {

  /// Read one by one: one that takes too long does not keep the others back.
  static final List<Function<GaugeStore, List<Family>>> ALL =
      List.of(
          store -> List.of(ofTwo(Metric.EXECUTIONS_ACTIVE, store.executions())),
          store -> ofChildren(store.children()),
          store -> List.of(single(Metric.QUEUE_OLDEST, store.oldestSeconds())),
          store -> List.of(ofTwo(Metric.NODES, store.nodes())),
          Gauges::ofNodes,
          store -> List.of(single(Metric.CHILDREN_OF_LOST_NODES, store.childrenOfLostNodes())),
          store -> ofServers(store.connections()),
          store -> ofTriggers(store.lag()),
          store -> ofAudit(store.unlinked()));

  private Gauges() {}

  static Family single(Metric metric, double value) {
    return new Family(metric, List.of(Point.of(value)));
  }

  /// All of them, with zero where the control database has none.
  private static Family ofTwo(Metric metric, List<OfTwo> rows) {
    Map<List<String>, Double> values = new LinkedHashMap<>();
    metric.knownSeries().forEach(labels -> values.put(labels, 0.0));
    rows.forEach(row -> values.put(List.of(row.first(), row.second()), row.value()));
    return new Family(
        metric,
        values.entrySet().stream()
            .map(one -> new Point(one.getKey(), one.getValue(), List.of()))
            .toList());
  }

  private static List<Family> ofChildren(Children children) {
    return List.of(
        new Family(
            Metric.CHILDREN_ACTIVE,
            List.of(
                Point.of(children.created(), "Created"),
                Point.of(children.inProgress(), "InProgress"),
                Point.of(children.waitingForRetry(), "WaitingForRetry"))),
        single(
            Metric.QUEUE_DEPTH,
            children.created() - children.blocked() + children.waitingForRetry()),
        single(Metric.QUEUE_BLOCKED, children.blocked()));
  }

  private static List<Family> ofNodes(GaugeStore store) {
    List<LiveNode> nodes = store.liveNodes();
    List<Point> clocks = new ArrayList<>();
    for (LiveNode node : nodes) {
      Double ahead = node.clockAhead();
      if (ahead != null) {
        clocks.add(Point.of(ahead, node.name()));
      }
    }
    return List.of(
        new Family(
            Metric.NODE_CHILDREN,
            nodes.stream().map(node -> Point.of(node.children(), node.name())).toList()),
        new Family(Metric.NODE_CLOCK_AHEAD, clocks));
  }

  private static List<Family> ofServers(List<Connections> servers) {
    return List.of(
        new Family(
            Metric.SERVER_CONNECTIONS,
            servers.stream().map(one -> Point.of(one.connections(), one.server())).toList()),
        new Family(
            Metric.SERVER_CONNECTIONS_LIMIT,
            servers.stream().map(one -> Point.of(one.most(), one.server())).toList()));
  }

  private static List<Family> ofTriggers(Lag lag) {
    return List.of(
        single(Metric.SCHEDULE_LAG, lag.seconds()),
        single(Metric.TRIGGERS_HINDERED, lag.hindered()));
  }

  private static List<Family> ofAudit(Unlinked unlinked) {
    return List.of(
        single(Metric.AUDIT_UNLINKED, unlinked.events()),
        single(Metric.AUDIT_UNLINKED_AGE, Objects.requireNonNullElse(unlinked.seconds(), 0.0)));
  }
}
