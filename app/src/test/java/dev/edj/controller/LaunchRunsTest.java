package dev.edj.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.execution.EndSignal;
import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.metric.Tally;
import dev.edj.node.NodeLease;
import dev.edj.node.NodeProfile;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import dev.edj.trace.Traces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of runs whose launch fails inside EDJ.
@Timeout(60)
class LaunchRunsTest {

  private final TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
  private TestControlDatabase database;
  private Executions executions;
  private LaunchRuns duty;
  private UUID run;

  @BeforeEach
  void startARun() throws InterruptedException {
    database = TestControlDatabase.create();
    Jdbi jdbi = database.jdbi();
    TestFleet features = new TestFleet(jdbi);
    features.credential("app", "*");
    features.content("c", "SELECT 1");
    features.database("s", "d");
    features.job("j", "c", "app", "s/d");
    executions = new Executions(jdbi, ids, new EndSignal());
    NodeLease lease = NodeLease.register(jdbi, NodeProfile.of("n", Duration.ofSeconds(60)));
    duty =
        new LaunchRuns(
            jdbi,
            lease,
            new Launch(jdbi, features.resolver, features.fetch, ids),
            new Tally(),
            new RunTrace(Traces.NONE, InstantSource.system()));
    run = executions.start("j", "test").id();
  }

  @AfterEach
  void close() throws InterruptedException {
    database.close();
  }

  @Test
  void aRunThatCannotBeLaunchedIsTriedAgainAndEndsInTheEnd() throws InterruptedException {
    failWith("54000", "the row is too long");
    for (int fault = 1; fault < 5; fault++) {
      JobExecution tried = launched();
      assertThat(tried.lifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
      assertThat(tried.message()).startsWith("EDJ itself failed; it is tried again: ");
    }
    JobExecution ended = launched();
    assertThat(ended.lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(ended.endedAt()).isNotNull();
    assertThat(ended.message())
        .startsWith("EDJ itself failed 5 times: ")
        .contains("the row is too long");
    assertThat(failedOn("s/d")).containsExactly(run);
  }

  private List<UUID> failedOn(String target) {
    return executions
        .list(ExecutionFilter.page(10).target(target).lifecycle(Lifecycle.Failed).filter())
        .items()
        .stream()
        .map(JobExecution::id)
        .toList();
  }

  @Test
  void aFaultThatPassesCostsNothing() throws InterruptedException {
    failWith("54000", "not now");
    launched();
    execute("DROP TRIGGER fails ON child_execution");
    JobExecution after = launched();
    assertThat(after.lifecycle()).isEqualTo(Lifecycle.WaitingForChildJobExecutions);
    assertThat(after.message()).isNull();
  }

  @Test
  void aControlDatabaseThatIsAwayIsNotCounted() throws InterruptedException {
    failWith("53100", "no space is left");
    for (int time = 0; time < 6; time++) {
      JobExecution tried = launched();
      assertThat(tried.lifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
      assertThat(tried.message()).contains("the control database was away");
    }
  }

  private void failWith(String sqlState, String message) {
    execute(
        """
        CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION USING ERRCODE = '%s', MESSAGE = '%s'; END $$
        """
            .formatted(sqlState, message));
    execute(
        "CREATE TRIGGER fails BEFORE INSERT ON child_execution FOR EACH ROW EXECUTE FUNCTION fail()");
  }

  private void execute(String sql) {
    database.owner().useHandle(handle -> handle.execute(sql));
  }

  /// How the run stands when it was launched once more.
  private JobExecution launched() throws InterruptedException {
    execute("UPDATE job_execution SET ready_at = now()");
    duty.perform();
    JobExecution found = executions.named(run);
    while (found.lifecycle() == Lifecycle.InProgress) {
      Thread.onSpinWait();
      found = executions.named(run);
    }
    return found;
  }
}
