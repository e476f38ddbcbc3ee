package dev.edj.controller;

import static java.util.Objects.requireNonNull;

import dev.edj.controldb.ControlDatabaseLoss;
import dev.edj.duty.Duty;
import dev.edj.execution.RunStore;
import dev.edj.execution.RunStore.ClaimedRun;
import dev.edj.execution.StorableText;
import dev.edj.log.LogField;
import dev.edj.log.LogFields;
import dev.edj.metric.Metric;
import dev.edj.metric.Tally;
import dev.edj.node.NodeLease;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes new runs, and runs whose own tasks are to be tried again, and launches each on a thread of
/// its own.
final class LaunchRuns implements Duty {

  private static final Logger log = LoggerFactory.getLogger(LaunchRuns.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int MOST_AT_ONCE = 64;

  /// A claim for every launch that ends would cost more than the launch.
  private static final int WORTH_A_CLAIM = MOST_AT_ONCE / 4;

  private static final int MOST_FAULTS = 5;
  private static final int LONGEST_REASON = 2_000;

  private final RunStore store;
  private final NodeLease lease;
  private final Launch launch;
  private final Tally tally;
  private final RunTrace trace;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final Set<UUID> launching = ConcurrentHashMap.newKeySet();

  LaunchRuns(Jdbi jdbi, NodeLease lease, Launch launch, Tally tally, RunTrace trace) {
    this.store = jdbi.onDemand(RunStore.class);
    this.lease = lease;
    this.launch = launch;
    this.tally = tally;
    this.trace = trace;
  }

  @Override
  public Duration perform() throws InterruptedException {
    int free = awaitRoom();
    if (free == 0) {
      return Duration.ZERO;
    }
    if (!lease.mayClaim()) {
      return POLL;
    }
    long node = lease.nodeId();
    List<ClaimedRun> claimed = store.claim(node, free);
    for (ClaimedRun run : claimed) {
      room.acquireUninterruptibly();
      launching.add(run.executionId());
      if (run.waited() != null) {
        tally.observe(Metric.EXECUTION_START_LATENCY, run.waited());
      }
      Thread.ofVirtual().name("launch-" + run.executionId()).start(() -> launch(run, node));
    }
    return claimed.size() == free ? Duration.ZERO : POLL;
  }

  /// Where launches are slow, because servers are, waits no longer than a poll for others to end.
  private int awaitRoom() throws InterruptedException {
    if (room.availablePermits() < WORTH_A_CLAIM
        && room.tryAcquire(WORTH_A_CLAIM, POLL.toMillis(), TimeUnit.MILLISECONDS)) {
      room.release(WORTH_A_CLAIM);
    }
    return room.availablePermits();
  }

  boolean isLaunching(UUID run) {
    return launching.contains(run);
  }

  private void launch(ClaimedRun run, long node) {
    try (LogFields _ = LogFields.execution(run.executionId())) {
      LogFields.put(LogField.NODE, node);
      launchOrGiveBack(run, node);
    } finally {
      launching.remove(run.executionId());
      room.release();
    }
  }

  private void launchOrGiveBack(ClaimedRun run, long node) {
    try {
      trace.launched(run, node, launch.perform(run, node).ended());
      log.debug("taken up: attempt {}", run.attempt());
    } catch (RuntimeException | Error e) {
      // Whatever it is: a run that stays claimed would wait for as long as this node lives.
      log.error("run {} could not be launched", run.executionId(), e);
      giveBack(run, node, e);
    }
  }

  /// Nothing is counted while the control database is away: that is no run's fault.
  private void giveBack(ClaimedRun run, long node, Throwable fault) {
    String reason = reason(fault);
    try {
      if (ControlDatabaseLoss.isCauseOf(fault)) {
        store.giveBack(
            run.executionId(),
            node,
            run.attempt(),
            "the control database was away; it is tried again: " + reason);
      } else {
        store.countFault(run.executionId(), node, run.attempt(), MOST_FAULTS, reason);
      }
    } catch (RuntimeException e) {
      log.warn("run {} stays claimed until this node ends: {}", run.executionId(), e.toString());
    }
  }

  /// What lies at the bottom: above it stands the statement with its arguments, which can be those
  /// of many thousand children.
  private static String reason(Throwable fault) {
    Throwable deepest = fault;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String text = requireNonNull(StorableText.of(deepest.toString()));
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
  }
}
