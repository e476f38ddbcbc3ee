package dev.edj.controller;

import dev.edj.duty.Duty;
import dev.edj.node.NodeLease;
import dev.edj.security.KeyRotation;
import dev.edj.security.KeyRotations;
import dev.edj.security.PrivateKeys;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Tells which private keys this node holds, and looks for the one that a rotation waits for.
final class HoldKeys implements Duty {

  private static final Duration POLL = Duration.ofSeconds(2);

  /// A command may ask a service that counts its questions.
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  private final Jdbi jdbi;
  private final NodeLease lease;
  private final PrivateKeys keys;
  private final KeyRotations rotations;
  private long reported;

  HoldKeys(Jdbi jdbi, NodeLease lease, PrivateKeys keys) {
    this.jdbi = jdbi;
    this.lease = lease;
    this.keys = keys;
    this.rotations = new KeyRotations(jdbi);
  }

  @Override
  public Duration perform() {
    if (!keys.isHolding()) {
      return BETWEEN_LOOKS;
    }
    long node = lease.nodeId();
    boolean wanted = isWanted();
    if (wanted || reported != node) {
      keys.report(node, jdbi);
      reported = node;
    }
    return wanted ? BETWEEN_LOOKS : POLL;
  }

  /// Whether a rotation is under way whose key this node has not yet, or which may have none.
  private boolean isWanted() {
    Optional<KeyRotation> rotation = rotations.newest();
    return rotation.isPresent()
        && rotation.get().endedAt() == null
        && (rotation.get().keyId() == null || !keys.holds(rotation.get().keyId()));
  }
}
