package dev.edj.node;

import dev.edj.duty.Duty;
import java.time.Duration;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This process's right to act for what it claimed: a heartbeat row in the control database,
/// renewed long before it runs out.
///
/// Others take this node's work when the row is older than the lease, by the control database's
/// clock. This node stops trusting itself earlier, at two thirds, by its own monotonic clock from
/// before the request was sent; so a node that is cut off has stopped its statements before anybody
/// else starts them again.
public final class NodeLease implements Duty {

  private static final Logger log = LoggerFactory.getLogger(NodeLease.class);

  /// Only shown: whether the lease holds is a matter of spans.
  private static final InstantSource CLOCK = InstantSource.system();

  private final NodeStore store;
  private final NodeProfile profile;
  private volatile long nodeId;
  private volatile long renewedAtNanos;
  private volatile boolean draining;

  private NodeLease(NodeStore store, NodeProfile profile) {
    this.store = store;
    this.profile = profile;
    register();
  }

  /// Registers this process as a node.
  public static NodeLease register(Jdbi jdbi, NodeProfile profile) {
    return new NodeLease(jdbi.onDemand(NodeStore.class), profile);
  }

  /// The node as it is registered at the moment; a node that was given up comes back under a new
  /// id.
  public long nodeId() {
    return nodeId;
  }

  /// Whether this node may still act.
  public boolean trusted() {
    return System.nanoTime() - renewedAtNanos < profile.lease().toNanos() * 2 / 3;
  }

  /// Whether this node may take new work. The claims look at its row, too: this saves them.
  public boolean mayClaim() {
    return trusted() && !draining;
  }

  /// Renews the lease, and hears whether to drain; four times within the time that others wait.
  @Override
  public Duration perform() {
    long asked = System.nanoTime();
    Boolean toDrain = store.renew(nodeId, CLOCK.millis());
    if (toDrain == null) {
      log.warn("node {} was given up by the others; registering anew", nodeId);
      register();
    } else {
      renewedAtNanos = asked;
      drain(toDrain);
    }
    return profile.lease().dividedBy(5);
  }

  /// Says that this node is about to go: it is seen to drain while what it runs may end.
  public void leave() {
    draining = true;
    try {
      store.tell(nodeId, true);
    } catch (JdbiException e) {
      log.debug("could not say that node {} is about to go", nodeId, e);
    }
  }

  /// Says good-bye, so that what this node still holds goes on elsewhere at once.
  public void release() {
    store.stop(nodeId);
  }

  /// Draining stays, even if the order came while this node was cut off: a node that comes back
  /// under a new id is still the one that was told. The next heartbeat says so here, too.
  private void register() {
    long asked = System.nanoTime();
    nodeId =
        store.register(
            profile.name(),
            profile.lease().toMillis(),
            profile.roles().stream().map(NodeRole::text).sorted().toArray(String[]::new),
            profile.labels().toArray(String[]::new),
            profile.version(),
            profile.facts().stream().sorted().toArray(String[]::new),
            CLOCK.millis(),
            nodeId);
    renewedAtNanos = asked;
  }

  private void drain(boolean toDrain) {
    if (toDrain != draining) {
      draining = toDrain;
      log.info(
          toDrain
              ? "node {} drains: it takes nothing new until it is resumed"
              : "node {} takes work again",
          nodeId);
    }
  }
}
