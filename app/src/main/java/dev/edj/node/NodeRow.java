package dev.edj.node;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A node as the control database holds it.
record NodeRow(
    long nodeId,
    String name,
    NodeLifecycle lifecycle,
    List<String> roles,
    List<String> labels,
    String version,
    Duration lease,
    Instant startedAt,
    Instant heartbeatAt,
    @Nullable Instant stoppedAt,
    List<String> facts,
    @Nullable Duration clockAhead,
    int inProgress) {

  ServiceNode node(@Nullable List<RunningChild> children) {
    return new ServiceNode(
        nodeId,
        name,
        lifecycle,
        nodeRoles(),
        new TreeSet<>(labels),
        version,
        lease,
        startedAt,
        heartbeatAt,
        stoppedAt,
        new TreeSet<>(facts),
        clockAhead,
        inProgress,
        children);
  }

  private Set<NodeRole> nodeRoles() {
    Set<NodeRole> known = EnumSet.noneOf(NodeRole.class);
    roles.forEach(role -> known.add(NodeRole.valueOf(role.toUpperCase(Locale.ROOT))));
    return known;
  }
}
