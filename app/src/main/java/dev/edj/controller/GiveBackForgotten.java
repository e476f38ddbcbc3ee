package dev.edj.controller;

import dev.edj.duty.Duty;
import dev.edj.execution.RunStore;
import dev.edj.execution.SweepStore;
import dev.edj.execution.SweepStore.Held;
import dev.edj.node.NodeLease;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Returns to the queue what this node holds without knowing it: the answer to a claim was lost
/// with its connection after the control database had committed it. What is unknown twice in a row
/// was not just being claimed.
final class GiveBackForgotten implements Duty {

  private static final Logger log = LoggerFactory.getLogger(GiveBackForgotten.class);
  private static final Duration INTERVAL = Duration.ofSeconds(3);

  private final SweepStore sweeps;
  private final RunStore runs;
  private final NodeLease lease;
  private final Predicate<UUID> known;
  private Set<Held> suspects = Set.of();

  /// @param known whether this node works on an execution
  GiveBackForgotten(Jdbi jdbi, NodeLease lease, Predicate<UUID> known) {
    this.sweeps = jdbi.onDemand(SweepStore.class);
    this.runs = jdbi.onDemand(RunStore.class);
    this.lease = lease;
    this.known = known;
  }

  @Override
  public Duration perform() {
    long node = lease.nodeId();
    Set<Held> unknown = new HashSet<>(sweeps.heldBy(node));
    unknown.removeIf(held -> known.test(held.executionId()));
    for (Held held : unknown) {
      if (suspects.contains(held)) {
        log.warn(
            "execution {} was claimed and the answer was lost; given back", held.executionId());
        sweeps.giveBackChild(held.executionId(), held.attempt(), node);
        runs.giveBack(held.executionId(), node, held.attempt(), null);
      }
    }
    suspects = unknown;
    return INTERVAL;
  }
}
