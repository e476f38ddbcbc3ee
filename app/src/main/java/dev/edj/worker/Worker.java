package dev.edj.worker;

import dev.edj.duty.DutyLoop;
import dev.edj.execution.AttemptProgress;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.Claims;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Reports;
import dev.edj.execution.StopStore;
import dev.edj.log.LogField;
import dev.edj.log.LogFields;
import dev.edj.metric.Tally;
import dev.edj.node.NodeLease;
import dev.edj.trace.Traces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims children, runs each on a virtual thread, and has their ends reported. What is claimed and
/// not yet reported never exceeds the capacity.
public final class Worker implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PROGRESS = Duration.ofSeconds(1);
  private static final Duration GATHERING = Duration.ofMillis(15);
  private static final Duration MOMENT = Duration.ofMillis(5);
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(5);
  private static final Duration WATCH = Duration.ofMillis(100);

  private final WorkerSettings settings;
  private final NodeLease lease;
  private final Claims claims;
  private final Reports reports;
  private final AttemptRunner runner;
  private final StopStore stops;
  private final AttemptCount count;
  private final AttemptTrace trace;
  private final Reporter reporter;
  private final Map<UUID, RunningAttempt> inFlight = new ConcurrentHashMap<>();
  private final DutyLoop claimLoop;
  private final DutyLoop reportLoop;
  private final DutyLoop stopLoop;
  private final DutyLoop progressLoop;
  private final DutyLoop watchLoop;
  private final AtomicLong nextRetryAtNanos = new AtomicLong(Long.MAX_VALUE);
  private volatile boolean draining;
  private long lastClaimAtNanos = System.nanoTime();

  /// @param tally counts what becomes of attempts
  /// @param traces are told of attempts
  public Worker(
      Jdbi jdbi,
      WorkerSettings settings,
      NodeLease lease,
      Claims claims,
      Reports reports,
      AttemptRunner runner,
      Tally tally,
      Traces traces) {
    this.settings = settings;
    this.lease = lease;
    this.claims = claims;
    this.reports = reports;
    this.runner = runner;
    this.stops = jdbi.onDemand(StopStore.class);
    this.count = new AttemptCount(tally);
    this.trace = new AttemptTrace(traces, InstantSource.system());
    this.reporter = new Reporter(reports, this::recorded, count::fenced, this::inFlight);
    this.claimLoop = new DutyLoop("claim", this::claim);
    this.reportLoop = new DutyLoop("report", reporter);
    this.stopLoop = new DutyLoop("stop", this::stopWhatWasStopped);
    this.progressLoop = new DutyLoop("progress", this::recordProgress);
    this.watchLoop = new DutyLoop("watch", this::watch);
  }

  public Worker start() {
    List.of(claimLoop, reportLoop, stopLoop, progressLoop, watchLoop).forEach(DutyLoop::start);
    return this;
  }

  /// There may be work to claim.
  public void wake() {
    claimLoop.wake();
  }

  /// Something may have been stopped.
  public void wakeForStop() {
    stopLoop.wake();
  }

  /// Whether this node has claimed the child and not yet had its report recorded.
  public boolean isRunning(UUID executionId) {
    return inFlight.containsKey(executionId);
  }

  /// How many children are claimed and not yet reported.
  public int inFlight() {
    return inFlight.size();
  }

  /// Claims nothing more, lets running attempts end within the grace time, then stops the rest and
  /// hands it back.
  @Override
  public void close() {
    draining = true;
    claimLoop.close();
    awaitIdle(settings.grace());
    stopAll(StopReason.NODE_STOPS);
    awaitIdle(settings.stopPatience());
    List.of(progressLoop, stopLoop, watchLoop, reportLoop).forEach(DutyLoop::close);
  }

  private Duration claim() {
    int free = settings.capacity() - inFlight.size();
    if (draining || free <= 0 || !lease.mayClaim()) {
      return POLL;
    }
    Duration sinceLastClaim = Duration.ofNanos(System.nanoTime() - lastClaimAtNanos);
    if (!inFlight.isEmpty() && sinceLastClaim.compareTo(GATHERING) < 0) {
      // Busy: a claim for every slot that falls free would cost more than the children do.
      return GATHERING.minus(sinceLastClaim);
    }
    lastClaimAtNanos = System.nanoTime();
    nextRetryAtNanos.set(Long.MAX_VALUE);
    int asked = Math.min(free, settings.mostClaimedAtOnce());
    List<ClaimedChild> claimed = claims.claim(lease.nodeId(), asked, settings.reserved());
    claimed.forEach(this::launch);
    return claimed.size() == asked && asked < free ? Duration.ZERO : untilNextRetry();
  }

  /// The poll interval, or less when a retry that this node reported is due before.
  private Duration untilNextRetry() {
    long at = nextRetryAtNanos.get();
    if (at == Long.MAX_VALUE) {
      return POLL;
    }
    Duration wait = Duration.ofNanos(at - System.nanoTime());
    // Not zero: the control database's clock decides, and it may see the retry as due a little
    // later.
    return wait.compareTo(POLL) > 0 ? POLL : wait.isPositive() ? wait.plusMillis(1) : MOMENT;
  }

  private void launch(ClaimedChild child) {
    RunningAttempt attempt =
        new RunningAttempt(child, settings.logLimit(), () -> holds(child.nodeId()));
    RunningAttempt earlier = inFlight.put(child.executionId(), attempt);
    if (earlier != null) {
      // Given up by the others while it ran here: its report will be refused.
      earlier.stop(StopReason.LEASE_LOST);
    }
    count.taken(attempt);
    Thread.ofVirtual().name("attempt-" + child.executionId()).start(() -> run(attempt));
  }

  /// Whether what was claimed under this id is still this node's.
  private boolean holds(long nodeId) {
    return lease.trusted() && lease.nodeId() == nodeId;
  }

  private void run(RunningAttempt attempt) {
    try (LogFields _ =
        LogFields.attempt(attempt.child().executionId(), attempt.child().attempt())) {
      LogFields.put(LogField.DATABASE, attempt.child().database());
      LogFields.put(LogField.NODE, attempt.child().nodeId());
      AttemptReport report = reportOf(attempt);
      log.debug(
          "attempt {} after {} ms: {}",
          report.attemptLifecycle(),
          attempt.record().age().toMillis(),
          report.childLifecycle());
      count.ended(attempt, report);
      reporter.add(report);
      trace.ended(attempt, report);
    }
  }

  private AttemptReport reportOf(RunningAttempt attempt) {
    try {
      return runner.run(attempt);
    } catch (Throwable e) {
      // Whatever it is: a child that is not reported is never given back while this node lives.
      log.error("execution {} failed inside EDJ", attempt.child().executionId(), e);
      attempt.failedBy(ErrorClass.INTERNAL);
      return failedInside(attempt, e);
    }
  }

  /// A fault of EDJ's own, such as a control database that went away just now, is never held
  /// against the script.
  private static AttemptReport failedInside(RunningAttempt attempt, Throwable fault) {
    return new AttemptReport(
        attempt.child(),
        attempt.taskType(),
        Lifecycle.Failed,
        Lifecycle.WaitingForRetry,
        PAUSE_AFTER_FAULT,
        false,
        "EDJ itself failed; another attempt follows: " + fault,
        null,
        List.of(),
        List.of());
  }

  private void recorded(AttemptReport report) {
    // Only if it is still this attempt: when the answer to a report's commit is lost, the next
    // attempt may be here before the report is sent again and refused.
    inFlight.computeIfPresent(
        report.child().executionId(),
        (_, running) -> running.child().equals(report.child()) ? null : running);
    Duration retryAfter = report.retryAfter();
    if (retryAfter != null) {
      nextRetryAtNanos.accumulateAndGet(System.nanoTime() + retryAfter.toNanos(), Math::min);
    }
    claimLoop.wake();
  }

  private Duration stopWhatWasStopped() {
    UUID[] held = inFlight.keySet().toArray(UUID[]::new);
    if (held.length > 0) {
      for (UUID id : stops.toBeStopped(held)) {
        stop(id, StopReason.STOPPED);
      }
    }
    return POLL;
  }

  private void stop(UUID executionId, StopReason reason) {
    RunningAttempt attempt = inFlight.get(executionId);
    if (attempt != null) {
      attempt.stop(reason);
    }
  }

  private void stopAll(StopReason reason) {
    inFlight.values().forEach(attempt -> attempt.stop(reason));
  }

  /// Time-outs, and the lease: a node that may no longer act stops what it runs.
  private Duration watch() {
    if (!lease.trusted()) {
      stopAll(StopReason.LEASE_LOST);
    }
    long node = lease.nodeId();
    for (RunningAttempt attempt : inFlight.values()) {
      if (attempt.child().nodeId() != node) {
        // Given up by the others and registered anew: what was claimed before goes on elsewhere.
        attempt.stop(StopReason.LEASE_LOST);
      }
      attempt.stopIfOverdue();
    }
    return WATCH;
  }

  private Duration recordProgress() {
    Map<AttemptRecord, AttemptProgress> taken = new HashMap<>();
    try {
      for (RunningAttempt attempt : inFlight.values()) {
        if (attempt.record().age().compareTo(PROGRESS) > 0) {
          taken.put(attempt.record(), attempt.record().takeProgress(attempt.child()));
        }
      }
      saveProgress(taken.values().stream().filter(AttemptProgress::isSome).toList());
    } catch (Throwable e) {
      taken.forEach(AttemptRecord::giveBack);
      throw e;
    }
    taken.keySet().forEach(AttemptRecord::saved);
    return PROGRESS;
  }

  private void saveProgress(List<AttemptProgress> progress) {
    if (!progress.isEmpty()) {
      reports.recordProgress(progress);
    }
  }

  private void awaitIdle(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!inFlight.isEmpty() && System.nanoTime() < deadline) {
      try {
        Thread.sleep(MOMENT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
