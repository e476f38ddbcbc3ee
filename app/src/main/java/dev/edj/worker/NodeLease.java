package dev.edj.worker;

import dev.edj.duty.Duty;
import dev.edj.execution.NodeStore;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
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

  private final NodeStore store;
  private final String name;
  private final Duration lease;
  private volatile long nodeId;
  private volatile long renewedAtNanos;

  private NodeLease(NodeStore store, String name, Duration lease) {
    this.store = store;
    this.name = name;
    this.lease = lease;
    register();
  }

  /// Registers this process as a node.
  public static NodeLease register(Jdbi jdbi, String name, Duration lease) {
    return new NodeLease(jdbi.onDemand(NodeStore.class), name, lease);
  }

  /// The node as it is registered at the moment; a node that was given up comes back under a new
  /// id.
  public long nodeId() {
    return nodeId;
  }

  /// Whether this node may still act.
  public boolean trusted() {
    return System.nanoTime() - renewedAtNanos < lease.toNanos() * 2 / 3;
  }

  /// Renews the lease; four times within the time that others wait.
  @Override
  public Duration perform() {
    long asked = System.nanoTime();
    if (store.renew(nodeId) == 1) {
      renewedAtNanos = asked;
    } else {
      log.warn("node {} was given up by the others; registering anew", nodeId);
      register();
    }
    return lease.dividedBy(5);
  }

  /// Says good-bye, so that what this node still holds goes on elsewhere at once.
  public void release() {
    store.stop(nodeId);
  }

  private void register() {
    long asked = System.nanoTime();
    nodeId = store.register(name, lease);
    renewedAtNanos = asked;
  }
}
