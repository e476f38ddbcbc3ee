package dev.edj.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.engine.TargetSession;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.NewExecution;
import dev.edj.execution.Purpose;
import dev.edj.job.JobChange;
import dev.edj.testing.MariaDbServer;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.SilencingProxy;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attempts on real servers, as a worker runs them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
@ResourceLock(value = MariaDbServer.SETTINGS, mode = ResourceAccessMode.READ)
class ScriptAttemptTest {

  private static final String POSTGRESQL = Site.POSTGRESQL;
  private static final String MARIADB = Site.MARIADB;

  private final TestBed bed = new TestBed();

  @AfterAll
  void close() {
    bed.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void aCommitWhoseAnswerWasLostIsNotDoneAgain(String scheme) throws Exception {
    Site site = Site.of(scheme);
    SilencingProxy proxy = new SilencingProxy(site.settings().server().portOrDefault());
    int through = bed.server(scheme + "://localhost:" + proxy.port());
    long step = bed.step(site, "INSERT INTO effect VALUES (1)", true);
    UUID child = UUID.randomUUID();

    proxy.loseAnswersFrom("COMMIT");
    FutureTask<AttemptReport> first =
        new FutureTask<>(() -> bed.run(TestBed.child(child, step, through, site, 1)));
    Thread.ofVirtual().start(first);
    while (site.effects().isEmpty()) {
      assertThat(first.isDone()).isFalse();
    }
    proxy.close();
    assertThat(first.get(20, TimeUnit.SECONDS).childLifecycle())
        .isEqualTo(Lifecycle.WaitingForRetry);

    AttemptReport second = bed.run(TestBed.child(child, step, bed.server(site), site, 2));
    assertThat(second.childLifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(TestBed.log(second))
        .contains("the work was found done: attempt 1 committed it at 20");
    assertThat(site.effects()).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void aFailureLeavesNothingAndTheNextAttemptRunsItAll(String scheme) throws Exception {
    Site site = Site.of(scheme);
    long step =
        bed.step(site, "INSERT INTO effect VALUES (1);\nINSERT INTO later VALUES (2);\n", true);
    UUID child = UUID.randomUUID();

    AttemptReport first = bed.run(TestBed.child(child, step, bed.server(site), site, 1));
    assertThat(first.childLifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
    assertThat(first.message()).contains("line 2", "later");
    assertThat(site.effects()).isEmpty();
    assertThat(site.run("SELECT attempt FROM " + site.ledger())).isEmpty();

    site.run("CREATE TABLE later (id INT)");
    AttemptReport second = bed.run(TestBed.child(child, step, bed.server(site), site, 2));
    assertThat(second.childLifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(site.effects()).containsExactly("1");
    assertThat(site.run("SELECT attempt FROM " + site.ledger())).containsExactly("2");
    assertThat(site.run("SELECT content FROM " + site.ledger()).getFirst()).endsWith(", version 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void aScriptWithACommitOfItsOwnFailsForGoodAndWithoutEffect(String scheme) throws Exception {
    Site site = Site.of(scheme);
    long step = bed.step(site, "INSERT INTO effect VALUES (1);\nCOMMIT;\nSELECT 1;\n", true);

    AttemptReport report =
        bed.run(TestBed.child(UUID.randomUUID(), step, bed.server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("one transaction", "exactly once", "COMMIT");
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void withoutExactlyOnceThereIsNoLedger() throws Exception {
    Site site = Site.of(POSTGRESQL);
    long step = bed.step(site, "INSERT INTO effect VALUES (1)", false);
    UUID child = UUID.randomUUID();
    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThat(
              bed.run(TestBed.child(child, step, bed.server(site), site, attempt)).childLifecycle())
          .isEqualTo(Lifecycle.Succeeded);
    }
    assertThat(site.effects()).containsExactly("1", "1");
    assertThat(site.run("SELECT to_regclass('edj.ledger') IS NULL")).containsExactly("t");
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void aCheckAsksAndRunsNothing(String scheme) throws Exception {
    Site site = Site.of(scheme);
    long step = bed.step(site, "INSERT INTO effect VALUES (1);\nnonsense", true, Purpose.Check);
    AttemptReport report =
        bed.run(TestBed.child(UUID.randomUUID(), step, bed.server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(report.batches()).isEmpty();
    assertThat(TestBed.log(report))
        .contains(
            "nothing of the script is run", site.database(), "there is no ledger", "not checked");
    assertThat(site.effects()).isEmpty();
    assertThat(site.tables()).containsExactly("effect");
  }

  @Test
  void aCheckFailsAtOnceWhereTheLoginDoes() throws Exception {
    Site site = Site.of(POSTGRESQL);
    long step = bed.step(site, "SELECT 1", false, Purpose.Check);
    PostgresServer.shared().execute("DROP DATABASE " + site.database());
    AttemptReport report =
        bed.run(TestBed.child(UUID.randomUUID(), step, bed.server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("Could not log in", site.database());
  }

  @Test
  void aCheckFailsWhereNothingCanBeWritten() throws Exception {
    Site site = Site.of(POSTGRESQL);
    site.run("ALTER DATABASE %s SET default_transaction_read_only = on".formatted(site.database()));
    long step = bed.step(site, "SELECT 1", true, Purpose.Check);
    AttemptReport report =
        bed.run(TestBed.child(UUID.randomUUID(), step, bed.server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).startsWith("Nothing can be written here");
  }

  @Test
  void aCheckFailsWhereTheLedgerCannotBeTrusted() throws Exception {
    Site site = Site.of(POSTGRESQL);
    site.run("CREATE SCHEMA edj; CREATE VIEW edj.ledger AS SELECT 1 AS attempt");
    long step = bed.step(site, "SELECT 1", true, Purpose.Check);
    AttemptReport report =
        bed.run(TestBed.child(UUID.randomUUID(), step, bed.server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("cannot be trusted", "not an ordinary");
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void aTrialSaysWhatItDidAndLeavesNothing(String scheme) throws Exception {
    Site site = Site.of(scheme);
    String next = scheme.equals(POSTGRESQL) ? "GO\n" : "";
    String script = "INSERT INTO effect VALUES (1), (2);\n" + next + "UPDATE effect SET id = 3;\n";
    long step = bed.step(site, script, true, Purpose.Trial);
    AttemptReport report =
        bed.run(TestBed.child(UUID.randomUUID(), step, bed.server(site), site, 1));
    assertThat(report.childLifecycle()).as(report.message()).isEqualTo(Lifecycle.Succeeded);
    assertThat(TestBed.log(report))
        .contains(
            "batch 1, from line 1 on:\n(2 rows)\nbatch 2, from line ",
            " on:\n(2 rows)\nrolled back: nothing was kept");
    assertThat(site.effects()).isEmpty();
    assertThat(site.tables()).containsExactly("effect");
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void aTrialThatFailsIsTakenBackAndNotTriedAgain(String scheme) throws Exception {
    Site site = Site.of(scheme);
    String script = "INSERT INTO effect VALUES (1);\nINSERT INTO nowhere VALUES (1);\n";
    long step = bed.step(site, script, false, Purpose.Trial);
    AttemptReport report =
        bed.run(TestBed.child(UUID.randomUUID(), step, bed.server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("line 2", "nowhere");
    assertThat(TestBed.log(report)).endsWith("rolled back: nothing was kept\n");
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void aTrialThatCannotBeTakenBackFailsAndSaysSo() throws Exception {
    Site site = Site.of(MARIADB);
    site.run("CREATE TABLE plain (id INT) ENGINE = MyISAM");
    String script = "INSERT INTO plain VALUES (1);\nINSERT INTO nowhere VALUES (1);\n";
    long step = bed.step(site, script, false, Purpose.Trial);
    AttemptReport report =
        bed.run(TestBed.child(UUID.randomUUID(), step, bed.server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("nowhere", "is in the database");
    assertThat(TestBed.log(report)).doesNotContain("nothing was kept");
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void whatAnEarlierAttemptLeftBehindIsEndedBeforeTheScriptRuns(String scheme) throws Exception {
    Site site = Site.of(scheme);
    long step = bed.step(site, "INSERT INTO effect VALUES (1)", false);
    UUID child = UUID.randomUUID();
    String name = "edj:" + child;
    try (TargetSession leftover = site.open(name)) {
      leftover.lock(name, Duration.ofSeconds(1), Duration.ofSeconds(1), _ -> {});
      AttemptReport report = bed.run(TestBed.child(child, step, bed.server(site), site, 2));
      assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Succeeded);
      assertThat(TestBed.log(report))
          .contains("ended the session ", "left over from an earlier attempt");
    }
    assertThat(site.effects()).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void whetherRowsWereReturnedIsReported(String scheme) throws Exception {
    Site site = Site.of(scheme);
    long changes = bed.step(site, "INSERT INTO effect VALUES (1)", false);
    long finds = bed.step(site, "SELECT id FROM effect", false);
    int server = bed.server(site);
    assertThat(bed.run(TestBed.child(UUID.randomUUID(), finds, server, site, 1)).returnedRows())
        .isFalse();
    assertThat(bed.run(TestBed.child(UUID.randomUUID(), changes, server, site, 1)).returnedRows())
        .isFalse();
    assertThat(bed.run(TestBed.child(UUID.randomUUID(), finds, server, site, 1)).returnedRows())
        .isTrue();
  }

  @Test
  void aStopBeforeThereIsASessionIsAStop() throws Exception {
    Site site = Site.of(POSTGRESQL);
    long step = bed.step(site, "INSERT INTO effect VALUES (1)", false);
    RunningAttempt attempt =
        new RunningAttempt(
            TestBed.child(UUID.randomUUID(), step, bed.server(site), site, 1), 1_000, () -> true);
    attempt.stop(StopReason.STOPPED);
    AttemptReport report = bed.attempts.run(attempt);
    assertThat(report.attemptLifecycle()).isEqualTo(Lifecycle.Canceled);
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Canceled);
    assertThat(site.effects()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void secretValuesReachTheServerAndNeitherLogNorMessage(String scheme) throws Exception {
    Site site = Site.of(scheme);
    String name = bed.job(site, "SELECT '$(key)';\nSELECT * FROM nothing_called_$(key);\n", false);
    bed.fleet.jobs.update(
        name, new JobChange(null, null, null, null, Map.of("key", "top_5ecret"), null, null, null));
    AttemptReport report =
        bed.run(TestBed.child(UUID.randomUUID(), bed.start(name), bed.server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
    assertThat(report.message()).contains("nothing_called_***").doesNotContain("5ecret");
    assertThat(report.stack()).doesNotContain("5ecret");
    assertThat(TestBed.log(report)).contains("nothing_called_***").doesNotContain("5ecret");
    assertThat(report.batches().toString()).doesNotContain("5ecret");
  }

  @Test
  void whatTheDatabaseCarriesIsPutIntoTheScript() throws Exception {
    Site site = Site.of(POSTGRESQL);
    String name = bed.job(site, "INSERT INTO effect VALUES ($(size)), ($(own))", false);
    bed.fleet.jobs.update(name, new JobChange(null, null, null, Map.of("size", "1")));
    UUID given =
        bed.executions.start(name, new NewExecution(null, Map.of("size", "3"), null), "test").id();
    ClaimedChild plain =
        TestBed.child(UUID.randomUUID(), bed.step(given), bed.server(site), site, 1);
    ClaimedChild carrying =
        new ClaimedChild(
            UUID.randomUUID(),
            bed.start(name),
            plain.serverId(),
            site.database(),
            1,
            1,
            "{\"own\": \"7\", \"size\": \"2\"}",
            0,
            null,
            null);
    assertThat(bed.run(carrying).childLifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(site.effects()).containsExactlyInAnyOrder("2", "7");

    AttemptReport without = bed.run(plain);
    assertThat(without.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(without.message()).contains("own has no value");
    assertThat(site.effects()).hasSize(2);
  }
}
