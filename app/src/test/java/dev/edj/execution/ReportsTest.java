package dev.edj.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.execution.AttemptReport.BatchReport;
import dev.edj.execution.AttemptReport.LogPiece;
import dev.edj.node.Nodes;
import dev.edj.node.ServiceNode;
import dev.edj.testing.TestControlDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportsTest {

  private TestControlDatabase database;
  private Jdbi jdbi;
  private Fleet fleet;
  private Claims claims;
  private Reports reports;
  private Executions executions;
  private SweepStore sweeps;
  private long node;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    jdbi = database.jdbi();
    fleet = new Fleet(jdbi);
    claims = new Claims(jdbi, new Random(1));
    reports = new Reports(jdbi);
    sweeps = jdbi.onDemand(SweepStore.class);
    executions = new Executions(jdbi, new TimeOrderedIds(InstantSource.system()), new EndSignal());
    fleet.server("s", 100);
    fleet.job("j", "Default execution policy");
    node = fleet.node("n");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aRunEndsWithItsLastChild() {
    UUID run = fleet.run("j", 2, "s");
    List<ClaimedChild> claimed = claims.claim(node, 2, 0);
    reports.record(List.of(succeeded(claimed.getFirst())));
    assertThat(executions.named(run).lifecycle()).isEqualTo(Lifecycle.WaitingForChildJobExecutions);
    reports.record(List.of(succeeded(claimed.getLast())));
    JobExecution ended = executions.named(run);
    assertThat(ended.lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(ended.endedAt()).isNotNull();
    assertThat(ended.children()).isEqualTo(new Counts(0, 0, 0, 2, 0, 0, 0, 0));
  }

  @Test
  void oneFailedChildFailsTheRunButStopsNoOther() {
    UUID run = fleet.run("j", 3, "s");
    List<ClaimedChild> claimed = claims.claim(node, 3, 0);
    reports.record(List.of(ended(claimed.get(0), Lifecycle.Failed)));
    assertThat(executions.named(run).lifecycle().ended()).isFalse();
    reports.record(List.of(succeeded(claimed.get(1)), succeeded(claimed.get(2))));
    assertThat(executions.named(run).lifecycle()).isEqualTo(Lifecycle.Failed);
  }

  /// The planner, left alone, reads the whole table or the index of what was ever running, because
  /// it has no statistics of a fresh run.
  @Test
  void aReportFindsItsChildrenByTheirIds() {
    fleet.run("j", 100_000, "s");
    assertReportPlan();
    database.owner().useHandle(handle -> handle.execute("ANALYZE child_execution"));
    assertReportPlan();
  }

  private void assertReportPlan() {
    List<AttemptReport> many =
        IntStream.range(0, 500)
            .mapToObj(
                i -> new ClaimedChild(UUID.randomUUID(), 1, 1, "d", 1, node, null, 0, null, null))
            .map(ReportsTest::succeeded)
            .toList();
    List<String> plan =
        jdbi.inTransaction(handle -> {
          handle.attach(ReportStore.class).begin();
          return handle
              .createQuery("EXPLAIN " + ReportStore.END_ATTEMPTS)
              .bindMethods(Ends.of(many))
              .bindMethods(Kept.of(many))
              .bindMethods(
                  Details.of(
                      many, AttemptReport::child, AttemptReport::batches, AttemptReport::log))
              .mapTo(String.class)
              .map(line -> line.substring(0, Math.min(100, line.length()))) // without the ids
              .list();
        });
    assertThat(plan)
        .anyMatch(line -> line.contains("child_execution_pkey"))
        .anyMatch(line -> line.contains("execution_id = ANY"))
        .noneMatch(line -> line.contains("Seq Scan on child_execution"))
        .noneMatch(line -> line.contains("child_execution_running"));
  }

  @Test
  void aReportThatComesTwiceCountsOnce() {
    UUID run = fleet.run("j", 2, "s");
    AttemptReport report = succeeded(claims.claim(node, 1, 0).getFirst());
    assertThat(reports.record(List.of(report))).isEmpty();
    assertThat(reports.record(List.of(report))).containsExactly(report);
    assertThat(executions.named(run).children()).isEqualTo(new Counts(1, 0, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void theLateReportOfALostAttemptIsRefusedBesideThatOfTheNextOne() {
    fleet.run("j", 1, "s");
    ClaimedChild lost = claims.claim(node, 1, 0).getFirst();
    sweeps.giveBackChild(lost.executionId(), lost.attempt(), node);
    ClaimedChild again = claims.claim(node, 1, 0).getFirst();
    AttemptReport late = ended(lost, Lifecycle.Failed);
    assertThat(reports.record(List.of(late, succeeded(again)))).containsExactly(late);
  }

  @Test
  void aForgottenChildThatIsToBeStoppedEndsWithItsRun() {
    UUID run = fleet.run("j", 1, "s");
    ClaimedChild forgotten = claims.claim(node, 1, 0).getFirst();
    executions.stop(forgotten.executionId());
    sweeps.giveBackChild(forgotten.executionId(), forgotten.attempt(), node);
    assertThat(claims.claim(node, 1, 0)).isEmpty();
    assertThat(executions.named(run).children()).isEqualTo(new Counts(0, 0, 0, 0, 0, 0, 1, 0));
  }

  @Test
  void databasesWhoseScriptsReturnedRowsAreCounted() {
    fleet.run("j", 3, "s");
    List<AttemptReport> ends = new ArrayList<>();
    for (ClaimedChild child : claims.claim(node, 3, 0)) {
      ends.add(withRows(ends.isEmpty() ? ended(child, Lifecycle.Failed) : succeeded(child)));
    }
    reports.record(ends);
    assertThat(
            jdbi.<Integer, RuntimeException>withHandle(handle ->
                handle
                    .createQuery("SELECT returned_rows FROM step_progress")
                    .mapTo(Integer.class)
                    .one()))
        .isEqualTo(2);
  }

  private static AttemptReport withRows(AttemptReport end) {
    return new AttemptReport(
        end.child(),
        end.type(),
        end.attemptLifecycle(),
        end.childLifecycle(),
        end.retryAfter(),
        end.counted(),
        end.message(),
        end.stack(),
        end.batches(),
        end.log(),
        true,
        null);
  }

  @Test
  void whatASuccessReturnedIsKeptAndCounted() {
    fleet.run("j", 2, "s");
    List<ClaimedChild> claimed = claims.claim(node, 2, 0);
    KeptResult kept = new KeptResult("[]", 7, 2, new byte[32], new byte[] {1, 2, 3});
    assertThat(
            reports.record(
                List.of(
                    keeping(succeeded(claimed.getFirst()), kept),
                    keeping(ended(claimed.getLast(), Lifecycle.Failed), kept))))
        .isEmpty();
    assertThat(
            jdbi.<List<String>, RuntimeException>withHandle(handle ->
                handle
                    .createQuery(
                        """
                        SELECT r.execution_id || ' ' || r.row_count || ' ' || r.kept_rows || ' ' || r.rows || ' ' || p.kept_bytes
                        FROM kept_result r JOIN step_progress p USING (step_execution_id)
                        """)
                    .mapTo(String.class)
                    .list()))
        .containsExactly(claimed.getFirst().executionId() + " 7 2 \\x010203 3");
  }

  private static AttemptReport keeping(AttemptReport end, KeptResult kept) {
    return new AttemptReport(
        end.child(),
        end.type(),
        end.attemptLifecycle(),
        end.childLifecycle(),
        end.retryAfter(),
        end.counted(),
        end.message(),
        end.stack(),
        end.batches(),
        end.log(),
        true,
        kept);
  }

  @Test
  void theLateReportOfALostNodeChangesNothing() {
    UUID run = fleet.run("j", 1, "s");
    ClaimedChild lost = claims.claim(node, 1, 0).getFirst();
    jdbi.useHandle(
        handle -> handle.execute("UPDATE node SET heartbeat_at = now() - interval '1 minute'"));
    assertThat(sweeps.giveBackChildren(100)).isEqualTo(1);
    long other = fleet.node("other");
    ClaimedChild again = claims.claim(other, 1, 0).getFirst();
    assertThat(again.executionId()).isEqualTo(lost.executionId());
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.failedAttempts()).isZero();

    AttemptReport late = ended(lost, Lifecycle.Failed);
    assertThat(reports.record(List.of(late))).containsExactly(late);
    reports.record(List.of(succeeded(again)));

    assertThat(executions.named(run).lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(executions.tasks(lost.executionId()))
        .extracting(TaskExecution::number, TaskExecution::lifecycle)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, Lifecycle.Failed),
            org.assertj.core.groups.Tuple.tuple(2, Lifecycle.Succeeded));
    assertThat(executions.tasks(lost.executionId()).getFirst().message())
        .contains("node n was lost");
  }

  @Test
  void aSilentNodesClaimsReturnToTheQueueAndALiveOnesStay() {
    fleet.run("j", 4, "s");
    long live = fleet.node("live");
    claims.claim(node, 2, 0);
    List<ClaimedChild> kept = claims.claim(live, 2, 0);
    fleet.stop(node);
    assertThat(sweeps.giveBackChildren(100)).isEqualTo(2);
    assertThat(reports.record(kept.stream().map(ReportsTest::succeeded).toList())).isEmpty();
    assertThat(claims.claim(live, 10, 0)).hasSize(2);
  }

  /// At the end of the queue it would wait for all that nobody has begun, which can be hours.
  @Test
  void whatALostNodeRanIsNextAndNotBehindTheRestOfItsRun() {
    fleet.run("j", 10, "s");
    List<UUID> lost = claimed(node, 2);
    fleet.stop(node);
    assertThat(sweeps.giveBackChildren(100)).isEqualTo(2);
    assertThat(claimed(fleet.node("other"), 2)).containsExactlyInAnyOrderElementsOf(lost);
  }

  private List<UUID> claimed(long byNode, int children) {
    return claims.claim(byNode, children, 0).stream().map(ClaimedChild::executionId).toList();
  }

  @Test
  void aStoppedChildWhoseNodeIsLostEndsAndIsNotTriedAgain() {
    UUID run = fleet.run("j", 1, "s");
    ClaimedChild child = claims.claim(node, 1, 0).getFirst();
    executions.stop(child.executionId());
    fleet.stop(node);
    assertThat(sweeps.giveBackChildren(100)).isEqualTo(1);
    reports.endRuns(sweeps.runsToEnd());
    assertThat(executions.named(child.executionId()).lifecycle()).isEqualTo(Lifecycle.Canceled);
    assertThat(executions.named(run).lifecycle()).isEqualTo(Lifecycle.Canceled);
  }

  @Test
  void everythingOfAnAttemptIsKept() {
    fleet.run("j", 1, "s");
    ClaimedChild child = claims.claim(node, 1, 0).getFirst();
    BatchReport first = new BatchReport(1, Lifecycle.InProgress, Duration.ofMillis(5), null, null);
    reports.recordProgress(
        List.of(new AttemptProgress(child, List.of(first), List.of(new LogPiece(0, "one\n")))));
    String task = TaskExecution.id(child.executionId(), 1);
    assertThat(executions.task(task).lifecycle()).isEqualTo(Lifecycle.InProgress);
    assertThat(executions.batches(task))
        .extracting(BatchExecution::lifecycle)
        .containsExactly(Lifecycle.InProgress);
    assertThat(executions.log(task)).isEqualTo("one\n");

    BatchReport failed =
        new BatchReport(
            1, Lifecycle.Failed, Duration.ofMillis(5), Duration.ofMillis(9), "no\0table");
    reports.record(
        List.of(
            report(
                child,
                Lifecycle.Failed,
                Lifecycle.Failed,
                null,
                List.of(failed),
                List.of(new LogPiece(1, "two\n")))));
    TaskExecution ended = executions.task(task);
    assertThat(ended.lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(ended.node()).isEqualTo("n");
    BatchExecution batch = executions.batches(task).getFirst();
    assertThat(batch.message()).isEqualTo("no\uFFFDtable");
    assertThat(Duration.between(batch.startedAt(), batch.endedAt()))
        .isEqualTo(Duration.ofMillis(4));
    assertThat(executions.log(task)).isEqualTo("one\ntwo\n");
  }

  @Test
  void waitingChildrenOfAStoppedRunEndCanceledAndRunningOnesAreTheirWorkersToStop() {
    UUID run = fleet.run("j", 3, "s");
    ClaimedChild running = claims.claim(node, 1, 0).getFirst();
    executions.stop(run);
    assertThat(sweeps.cancelWaiting(100)).isEqualTo(2);
    assertThat(executions.named(run).lifecycle().ended()).isFalse();
    assertThat(jdbi.onDemand(StopStore.class).toBeStopped(new UUID[] {running.executionId()}))
        .containsExactly(running.executionId());
    reports.record(List.of(ended(running, Lifecycle.Canceled)));
    assertThat(executions.named(run).lifecycle()).isEqualTo(Lifecycle.Canceled);
  }

  @Test
  void aStopBeatsATimeOutThatComesLater() {
    UUID run = fleet.run("j", 2, "s");
    executions.stop(run);
    jdbi.useHandle(handle -> handle.execute("UPDATE job_execution SET deadline_at = now()"));
    assertThat(sweeps.timeOutWaiting(100)).isZero();
    assertThat(sweeps.cancelWaiting(100)).isEqualTo(2);
    reports.endRuns(sweeps.runsToEnd());
    assertThat(executions.named(run).lifecycle()).isEqualTo(Lifecycle.Canceled);
  }

  @Test
  void anOverdueRunsWaitingChildrenTimeOut() {
    UUID run = fleet.run("j", 2, "s");
    jdbi.useHandle(handle -> handle.execute("UPDATE job_execution SET deadline_at = now()"));
    assertThat(claims.claim(node, 2, 0)).isEmpty();
    assertThat(sweeps.timeOutWaiting(100)).isEqualTo(2);
    reports.endRuns(sweeps.runsToEnd());
    assertThat(executions.named(run).lifecycle()).isEqualTo(Lifecycle.TimedOut);
  }

  @Test
  void aChildThatIsToBeStoppedIsNotTriedAgainWhenItsAttemptFailsByItself() {
    UUID run = fleet.run("j", 2, "s");
    List<ClaimedChild> claimed = claims.claim(node, 2, 0);
    executions.stop(claimed.getFirst().executionId());
    reports.record(claimed.stream().map(child -> retry(child, Duration.ZERO)).toList());
    assertThat(executions.named(claimed.getFirst().executionId()).lifecycle())
        .isEqualTo(Lifecycle.Canceled);
    assertThat(executions.named(run).children()).isEqualTo(new Counts(0, 0, 1, 0, 0, 0, 1, 0));
  }

  @Test
  void whatRanOrRunsOnADatabaseIsFoundByItsName() {
    fleet.run("j", 2, "s");
    List<ClaimedChild> first = claims.claim(node, 2, 0);
    reports.record(first.stream().map(ReportsTest::succeeded).toList());
    fleet.run("j", 2, "s");
    List<JobExecution> all = executions.list(byDatabase("db0", true)).items();
    assertThat(all).hasSize(2);
    assertThat(all.getFirst().lifecycle()).isEqualTo(Lifecycle.Created);
    assertThat(all.getLast().lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(executions.list(byDatabase("db0", false)).items()).containsExactly(all.getFirst());
    assertThat(executions.list(byDatabase("db7", true)).items()).isEmpty();
  }

  private static ExecutionFilter byDatabase(String database, boolean includeInactive) {
    return ExecutionFilter.page(10).database(database).includeInactive(includeInactive).filter();
  }

  @Test
  void oneChildCanBeStoppedAlone() {
    UUID run = fleet.run("j", 2, "s");
    UUID child = executions.list(filter(run)).items().getFirst().id();
    assertThat(executions.stop(child).lifecycle()).isEqualTo(Lifecycle.Canceled);
    List<ClaimedChild> rest = claims.claim(node, 5, 0);
    assertThat(rest).hasSize(1);
    reports.record(rest.stream().map(ReportsTest::succeeded).toList());
    JobExecution ended = executions.named(run);
    assertThat(ended.lifecycle()).isEqualTo(Lifecycle.Canceled);
    assertThat(ended.children()).isEqualTo(new Counts(0, 0, 0, 1, 0, 0, 1, 0));
  }

  @Test
  void aDatabaseWhereTheEarlierRunStillWorksIsSkipped() {
    fleet.run("j", 2, "s");
    List<ClaimedChild> earlier = claims.claim(node, 2, 0);
    reports.record(List.of(succeeded(earlier.getFirst())));
    UUID later = fleet.run("j", 2, "s");
    assertThat(executions.named(later).children()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0, 0, 1));
    reports.record(claims.claim(node, 5, 0).stream().map(ReportsTest::succeeded).toList());
    assertThat(executions.named(later).lifecycle()).isEqualTo(Lifecycle.SucceededWithSkipped);
  }

  @Test
  void aWaitingChildSaysWhy() {
    fleet.server("s", 1);
    UUID run = fleet.run("j", 2, "s");
    ClaimedChild running = claims.claim(node, 5, 0).getFirst();
    assertThat(causes(run)).containsExactlyInAnyOrder(null, "server limit 1 reached");
    reports.record(List.of(retry(running, Duration.ofHours(1))));
    assertThat(causes(run))
        .anyMatch(cause -> cause != null && cause.startsWith("retry at 20"))
        .contains("waiting for a free worker");
    fleet.stop(node);
    assertThat(causes(run)).contains("no worker");
  }

  /// Otherwise nobody sees why it does not end, before the policy gives up.
  @Test
  void aRunWhoseDatabasesAllWaitForAnotherAttemptSaysAfterWhat() {
    UUID run = fleet.run("j", 2, "s");
    List<ClaimedChild> running = claims.claim(node, 5, 0);
    reports.record(List.of(retry(running.getFirst(), Duration.ofHours(1))));
    assertThat(executions.named(run).waitingCause()).as("the other one runs").isNull();
    reports.record(List.of(retry(running.getLast(), Duration.ofHours(1))));
    assertThat(executions.named(run).waitingCause())
        .matches("2 to be tried again: s/db[01] at 20[-0-9T:]+Z, after: .+");
    executions.stop(run);
    assertThat(executions.named(run).waitingCause()).isNull();
  }

  @Test
  void nodesLongGoneAreForgottenUnlessTheyHoldSomething() {
    fleet.run("j", 1, "s");
    fleet.node("alive");
    claims.claim(node, 1, 0);
    fleet.stop(fleet.node("gone"));
    HistoryStore history = jdbi.onDemand(HistoryStore.class);
    fleet.stop(node);
    assertThat(history.removeGoneNodes(3_600_000)).isZero();
    assertThat(history.removeGoneNodes(0)).isEqualTo(1);
    sweeps.giveBackChildren(10);
    assertThat(history.removeGoneNodes(0)).isEqualTo(1);
    assertThat(new Nodes(jdbi).list(true)).extracting(ServiceNode::name).containsExactly("alive");
  }

  @Test
  void aRunThatALostNodeHasLockedHoldsUpNoOther() {
    UUID run = executions.start("j", "test").id();
    assertThat(jdbi.onDemand(RunStore.class).claim(node, 1)).hasSize(1);
    fleet.stop(node);
    try (Handle lost = jdbi.open()) {
      lost.begin();
      lost.execute("SELECT FROM job_execution WHERE execution_id = ? FOR UPDATE", run);
      assertThat(sweeps.giveBackRuns()).isZero();
      lost.rollback();
    }
    assertThat(sweeps.giveBackRuns()).isEqualTo(1);
  }

  private List<@Nullable String> causes(UUID run) {
    return executions.list(filter(run)).items().stream().map(JobExecution::waitingCause).toList();
  }

  private static ExecutionFilter filter(UUID parent) {
    return ExecutionFilter.page(100).parent(parent).includeInactive().filter();
  }

  static AttemptReport succeeded(ClaimedChild child) {
    return ended(child, Lifecycle.Succeeded);
  }

  static AttemptReport ended(ClaimedChild child, Lifecycle lifecycle) {
    return report(child, lifecycle, lifecycle, null, List.of(), List.of());
  }

  static AttemptReport retry(ClaimedChild child, Duration after) {
    return report(child, Lifecycle.Failed, Lifecycle.WaitingForRetry, after, List.of(), List.of());
  }

  private static AttemptReport report(
      ClaimedChild child,
      Lifecycle attempt,
      Lifecycle then,
      @Nullable Duration retryAfter,
      List<BatchReport> batches,
      List<LogPiece> log) {
    return new AttemptReport(
        child,
        TaskType.ScriptExecution,
        attempt,
        then,
        retryAfter,
        attempt != Lifecycle.Succeeded,
        attempt == Lifecycle.Failed ? "it failed" : null,
        null,
        batches,
        log);
  }
}
