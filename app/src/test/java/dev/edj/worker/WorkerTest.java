package dev.edj.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.duty.DutyLoop;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.Claims;
import dev.edj.execution.EndSignal;
import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Executions;
import dev.edj.execution.Fleet;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Reports;
import dev.edj.execution.SweepStore;
import dev.edj.execution.TaskType;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.metric.Tally;
import dev.edj.node.NodeLease;
import dev.edj.node.NodeProfile;
import dev.edj.testing.TestControlDatabase;
import dev.edj.trace.Traces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The worker against a real control database, with attempts that do what the test says.
@Timeout(60)
class WorkerTest {

  private TestControlDatabase database;
  private Jdbi jdbi;
  private Fleet fleet;
  private Executions executions;
  private NodeLease lease;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    jdbi = database.jdbi();
    fleet = new Fleet(jdbi);
    fleet.server("s", 1_000);
    fleet.job("j", "Default execution policy");
    executions = new Executions(jdbi, new TimeOrderedIds(InstantSource.system()), new EndSignal());
    lease = NodeLease.register(jdbi, NodeProfile.of("n", Duration.ofSeconds(10)));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsInFlightNeverExceedsTheCapacity() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    UUID run = fleet.run("j", 200, "s");
    try (Worker worker =
        worker(
            7,
            attempt -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              LockSupport.parkNanos(1_000_000);
              now.decrementAndGet();
              return succeeded(attempt);
            })) {
      assertThat(ended(run).lifecycle()).isEqualTo(Lifecycle.Succeeded);
      assertThat(worker.inFlight()).isZero();
    }
    assertThat(most.get()).isLessThanOrEqualTo(7);
  }

  @Test
  void aStopReachesARunningAttemptWithinASecond() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    UUID run = fleet.run("j", 1, "s");
    try (Worker worker = worker(1, attempt -> untilStopped(attempt, running))) {
      assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
      executions.stop(run);
      long asked = System.nanoTime();
      worker.wakeForStop();
      assertThat(ended(run).lifecycle()).isEqualTo(Lifecycle.Canceled);
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void aStopIsSeenWithoutAnyCall() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    UUID run = fleet.run("j", 1, "s");
    try (Worker worker = worker(1, attempt -> untilStopped(attempt, running))) {
      assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
      executions.stop(run);
      assertThat(ended(run).lifecycle()).isEqualTo(Lifecycle.Canceled);
      assertThat(worker.inFlight()).isZero();
    }
  }

  /// As when the control database lost the claim, or the answer to a report's commit was lost.
  @Test
  void anAttemptThatWasGivenUpNeitherGoesOnNorHidesTheNextOneFromAStop()
      throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch firstEnded = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(1);
    UUID run = fleet.run("j", 1, "s");
    AttemptRunner runner =
        attempt -> {
          if (attempt.child().database().equals("db1")) {
            return succeeded(attempt);
          }
          boolean isFirst = attempt.child().attempt() == 1;
          AttemptReport report = untilStopped(attempt, isFirst ? first : second);
          if (isFirst) {
            firstEnded.countDown();
          }
          return report;
        };
    try (Worker worker = worker(5, runner)) {
      assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
      jdbi.useHandle(handle -> {
        handle.execute("UPDATE child_execution SET lifecycle = 'WaitingForRetry', node_id = NULL");
        handle.execute("UPDATE step_progress SET in_progress = 0, waiting_for_retry = 1");
      });
      worker.wake();
      assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(firstEnded.await(20, TimeUnit.SECONDS)).isTrue();
      // Reports are recorded in their order, so that the first one's has been refused after this.
      fleet.job("k", "Default execution policy");
      UUID other = fleet.run("k", 2, "s");
      while (Objects.requireNonNull(executions.named(other).children()).succeeded() == 0) {
        Thread.onSpinWait();
      }
      executions.stop(run);
      assertThat(ended(run).lifecycle()).isEqualTo(Lifecycle.Canceled);
      executions.stop(other);
    }
  }

  @Test
  void anAttemptThatOverrunsItsTimeIsStopped() {
    CountDownLatch running = new CountDownLatch(1);
    UUID run = fleet.run("j", 1, "s");
    jdbi.useHandle(handle -> handle.execute("UPDATE step_execution SET attempt_timeout_ms = 200"));
    try (Worker worker = worker(1, attempt -> untilStopped(attempt, running))) {
      assertThat(ended(run).lifecycle()).isEqualTo(Lifecycle.TimedOut);
      assertThat(worker.inFlight()).isZero();
    }
  }

  @Test
  void aNodeThatLosesItsLeaseStopsWhatItRunsAndClaimsNothing() throws InterruptedException {
    // Long enough for a claim on a busy machine.
    NodeLease brief = NodeLease.register(jdbi, NodeProfile.of("brief", Duration.ofSeconds(6)));
    Semaphore stopped = new Semaphore(0);
    CountDownLatch running = new CountDownLatch(1);
    fleet.run("j", 2, "s");
    try (Worker worker =
        worker(
            brief,
            1,
            attempt -> {
              AttemptReport report = untilStopped(attempt, running);
              assertThat(attempt.stopReason()).isEqualTo(StopReason.LEASE_LOST);
              stopped.release();
              return report;
            })) {
      assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
      // Nobody renews the lease.
      assertThat(stopped.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      assertThat(brief.trusted()).isFalse();
      assertThat(worker.inFlight()).isLessThanOrEqualTo(1);
    }
    assertThat(stopped.availablePermits()).isZero();
  }

  @Test
  void aNodeThatWasGivenUpComesBackUnderANewId() {
    long first = lease.nodeId();
    jdbi.useHandle(
        handle -> handle.execute("UPDATE node SET heartbeat_at = now() - interval '1 minute'"));
    lease.perform();
    assertThat(lease.nodeId()).isNotEqualTo(first);
    assertThat(lease.trusted()).isTrue();
  }

  @Test
  void whatANodeHoldsWhenItStopsGoesOnElsewhere() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    UUID run = fleet.run("j", 1, "s");
    Worker first = worker(1, attempt -> untilStopped(attempt, running));
    assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
    first.close();
    NodeLease other = NodeLease.register(jdbi, NodeProfile.of("other", Duration.ofSeconds(10)));
    try (Worker second = worker(other, 1, WorkerTest::succeeded)) {
      assertThat(ended(run).lifecycle()).isEqualTo(Lifecycle.Succeeded);
      assertThat(second.inFlight()).isZero();
    }
    UUID child =
        executions
            .list(ExecutionFilter.page(1).parent(run).includeInactive().filter())
            .items()
            .getFirst()
            .id();
    assertThat(executions.tasks(child))
        .extracting(task -> task.lifecycle())
        .containsExactly(Lifecycle.Canceled, Lifecycle.Succeeded);
  }

  @Test
  void aFaultOfEdjItselfIsTriedAgain() {
    AtomicInteger calls = new AtomicInteger();
    UUID run = fleet.run("j", 1, "s");
    try (Worker worker =
        worker(
            1,
            attempt -> {
              if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("a fault");
              }
              return succeeded(attempt);
            })) {
      assertThat(ended(run).lifecycle()).isEqualTo(Lifecycle.Succeeded);
      assertThat(worker.inFlight()).isZero();
    }
  }

  private JobExecution ended(UUID run) {
    try (DutyLoop sweeps =
        new DutyLoop(
                "sweeps",
                () -> {
                  jdbi.onDemand(SweepStore.class).cancelWaiting(100);
                  return Duration.ofMillis(50);
                })
            .start()) {
      sweeps.wake();
      return executions.await(List.of(run), false, Duration.ofSeconds(30)).getFirst();
    }
  }

  private Worker worker(int capacity, AttemptRunner runner) {
    return worker(lease, capacity, runner);
  }

  private Worker worker(NodeLease lease, int capacity, AttemptRunner runner) {
    WorkerSettings settings =
        new WorkerSettings(capacity, 500, 0, 1_000, Duration.ofMillis(100), Duration.ofSeconds(5));
    return new Worker(
            jdbi,
            settings,
            lease,
            new Claims(jdbi, new Random(1)),
            new Reports(jdbi),
            runner,
            new Tally(),
            Traces.NONE)
        .start();
  }

  private static AttemptReport succeeded(RunningAttempt attempt) {
    return report(attempt, Verdict.SUCCESS);
  }

  /// Blocks until the attempt is stopped, as a statement on a server does.
  private static AttemptReport untilStopped(RunningAttempt attempt, CountDownLatch running) {
    attempt.begin();
    running.countDown();
    try {
      new Semaphore(0).acquire();
    } catch (InterruptedException e) {
      attempt.end();
    }
    StopReason reason = attempt.stopReason();
    Lifecycle ended =
        reason == StopReason.ATTEMPT_TIMED_OUT ? Lifecycle.TimedOut : Lifecycle.Canceled;
    return report(
        attempt,
        reason == StopReason.NODE_STOPS || reason == StopReason.LEASE_LOST
            ? new Verdict(ended, Lifecycle.WaitingForRetry, Duration.ZERO, false)
            : new Verdict(ended, ended, null, true));
  }

  private static AttemptReport report(RunningAttempt attempt, Verdict verdict) {
    AttemptRecord.Remains remains = attempt.record().finish();
    return new AttemptReport(
        attempt.child(),
        TaskType.ScriptExecution,
        verdict.attempt(),
        verdict.child(),
        verdict.retryAfter(),
        verdict.counted(),
        null,
        null,
        remains.batches(),
        remains.log());
  }
}
