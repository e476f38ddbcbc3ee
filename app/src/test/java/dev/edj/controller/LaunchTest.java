package dev.edj.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.Fleet;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.RunStore;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// From a started run to its children, or to a refusal before there are any.
class LaunchTest {

  private final TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
  private TestControlDatabase database;
  private TestFleet features;
  private Executions executions;
  private RunStore runs;
  private Launch launch;
  private long node;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    Jdbi jdbi = database.jdbi();
    features = new TestFleet(jdbi);
    features.credential("app", "*");
    executions = new Executions(jdbi, ids, new EndSignal());
    runs = jdbi.onDemand(RunStore.class);
    launch = new Launch(jdbi, features.resolver, ids);
    node = new Fleet(jdbi).node("n");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aScriptThatCannotBeOneTransactionTouchesNoDatabaseWhereItMustBeOne() {
    for (String server : List.of("mariadb://m", "mysql://m", "postgresql://p")) {
      JobExecution run = launched(server, "SELECT 1;\n\nCOMMIT;\nSELECT 2;\n", true);
      assertThat(run.lifecycle()).as(server).isEqualTo(Lifecycle.Failed);
      assertThat(run.message()).contains("exactly once", "it says COMMIT", "Nothing was run");
    }
  }

  @Test
  void theLineOfTheStatementIsNamedWhereItIsABatch() {
    JobExecution run = launched("mariadb://m", "SELECT 1;\n\nCOMMIT;\nSELECT 2;\n", true);
    assertThat(run.message()).startsWith("Batch 2, from line 3 on,");
  }

  @Test
  void aScriptWithACommitOfItsOwnIsLaunchedWhereItMay() {
    assertThat(launched("postgresql://p", "COMMIT;\n", false).lifecycle())
        .isEqualTo(Lifecycle.WaitingForChildJobExecutions);
    // There it may only count, or never be reached.
    assertThat(launched("s", "BEGIN TRANSACTION; COMMIT;\n", true).lifecycle())
        .isEqualTo(Lifecycle.WaitingForChildJobExecutions);
  }

  private JobExecution launched(String server, String script, boolean exactlyOnce) {
    String name = "j-" + UUID.randomUUID();
    features.database(server, name);
    features.content(name, script);
    features.jobs.create(
        new NewJob(
            name,
            null,
            List.of(
                new NewJobStep(
                    null, name, null, "app", server + "/" + name, null, null, exactlyOnce, null)),
            null,
            null));
    UUID run = executions.start(name, "test").id();
    launch.perform(runs.claim(node, 1).getFirst(), node);
    return executions.named(run);
  }
}
