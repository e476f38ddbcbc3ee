package dev.edj.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.credential.NewCredential;
import dev.edj.engine.BatchListener;
import dev.edj.engine.ConnectionSettings;
import dev.edj.engine.Password;
import dev.edj.engine.ServerName;
import dev.edj.engine.TargetException;
import dev.edj.engine.TargetMessage;
import dev.edj.engine.TargetSession;
import dev.edj.engine.TlsMode;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.AttemptReport.LogPiece;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.NewExecution;
import dev.edj.execution.Purpose;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.job.JobChange;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.TargetKind;
import dev.edj.testing.MariaDbServer;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.SilencingProxy;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
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

  private static final String POSTGRESQL = "postgresql";
  private static final String MARIADB = "mariadb";

  private final TestControlDatabase database = TestControlDatabase.create();
  private final Jdbi jdbi = database.jdbi();
  private final TestFleet fleet = new TestFleet(jdbi);
  private final Executions executions =
      new Executions(jdbi, new TimeOrderedIds(InstantSource.system()), new EndSignal());
  private final ScriptAttempt attempts = new ScriptAttempt(jdbi, fleet.dialer, fleet.privateKeys);
  private final AtomicInteger number = new AtomicInteger();

  /// A database of its own, with the table `effect`.
  private record Site(ConnectionSettings settings, String database, String ledger) {

    static Site of(String scheme) throws TargetException {
      boolean postgres = scheme.equals(POSTGRESQL);
      int port = postgres ? PostgresServer.shared().port() : MariaDbServer.shared().port();
      String database =
          postgres
              ? PostgresServer.shared().createDatabase()
              : MariaDbServer.shared().createDatabase();
      Site site =
          new Site(
              ConnectionSettings.of(
                      ServerName.parse(scheme + "://localhost:" + port),
                      database,
                      postgres ? PostgresServer.USER : MariaDbServer.USER,
                      new Password(postgres ? PostgresServer.PASSWORD : MariaDbServer.PASSWORD))
                  .withTls(TlsMode.DISABLE, null),
              database,
              postgres ? "edj.ledger" : "edj_ledger");
      site.run("CREATE TABLE effect (id INT)");
      return site;
    }

    TargetSession open(String applicationName) throws TargetException {
      return settings.server().engine().open(settings.withApplicationName(applicationName));
    }

    List<String> run(String sql) throws TargetException {
      List<String> values = new ArrayList<>();
      try (TargetSession session = open("edj tests")) {
        session.run(
            sql,
            new BatchListener() {
              @Override
              public void message(TargetMessage message) {}

              @Override
              public void rowCount(long rows) {}

              @Override
              public void resultSet(ResultSet rows) throws SQLException {
                while (rows.next()) {
                  values.add(rows.getString(1));
                }
              }
            });
      }
      return values;
    }

    List<String> tables() throws TargetException {
      return run(
          "SELECT table_name FROM information_schema.tables WHERE table_schema IN ('public', 'edj', '%s')"
              .formatted(database));
    }

    List<String> effects() throws TargetException {
      return run("SELECT id FROM effect");
    }
  }

  @AfterAll
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void aCommitWhoseAnswerWasLostIsNotDoneAgain(String scheme) throws Exception {
    Site site = Site.of(scheme);
    SilencingProxy proxy = new SilencingProxy(site.settings().server().portOrDefault());
    int through = server(scheme + "://localhost:" + proxy.port());
    long step = step(site, "INSERT INTO effect VALUES (1)", true);
    UUID child = UUID.randomUUID();

    proxy.loseAnswersFrom("COMMIT");
    FutureTask<AttemptReport> first =
        new FutureTask<>(() -> run(child(child, step, through, site, 1)));
    Thread.ofVirtual().start(first);
    while (site.effects().isEmpty()) {
      assertThat(first.isDone()).isFalse();
    }
    proxy.close();
    assertThat(first.get(20, TimeUnit.SECONDS).childLifecycle())
        .isEqualTo(Lifecycle.WaitingForRetry);

    AttemptReport second = run(child(child, step, server(site), site, 2));
    assertThat(second.childLifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(log(second)).contains("the work was found done: attempt 1 committed it at 20");
    assertThat(site.effects()).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void aFailureLeavesNothingAndTheNextAttemptRunsItAll(String scheme) throws Exception {
    Site site = Site.of(scheme);
    long step = step(site, "INSERT INTO effect VALUES (1);\nINSERT INTO later VALUES (2);\n", true);
    UUID child = UUID.randomUUID();

    AttemptReport first = run(child(child, step, server(site), site, 1));
    assertThat(first.childLifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
    assertThat(first.message()).contains("line 2", "later");
    assertThat(site.effects()).isEmpty();
    assertThat(site.run("SELECT attempt FROM " + site.ledger())).isEmpty();

    site.run("CREATE TABLE later (id INT)");
    AttemptReport second = run(child(child, step, server(site), site, 2));
    assertThat(second.childLifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(site.effects()).containsExactly("1");
    assertThat(site.run("SELECT attempt FROM " + site.ledger())).containsExactly("2");
    assertThat(site.run("SELECT content FROM " + site.ledger()).getFirst()).endsWith(", version 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void aScriptWithACommitOfItsOwnFailsForGoodAndWithoutEffect(String scheme) throws Exception {
    Site site = Site.of(scheme);
    long step = step(site, "INSERT INTO effect VALUES (1);\nCOMMIT;\nSELECT 1;\n", true);

    AttemptReport report = run(child(UUID.randomUUID(), step, server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("one transaction", "exactly once", "COMMIT");
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void withoutExactlyOnceThereIsNoLedger() throws Exception {
    Site site = Site.of(POSTGRESQL);
    long step = step(site, "INSERT INTO effect VALUES (1)", false);
    UUID child = UUID.randomUUID();
    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThat(run(child(child, step, server(site), site, attempt)).childLifecycle())
          .isEqualTo(Lifecycle.Succeeded);
    }
    assertThat(site.effects()).containsExactly("1", "1");
    assertThat(site.run("SELECT to_regclass('edj.ledger') IS NULL")).containsExactly("t");
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void aCheckAsksAndRunsNothing(String scheme) throws Exception {
    Site site = Site.of(scheme);
    long step = step(site, "INSERT INTO effect VALUES (1);\nnonsense", true, Purpose.Check);
    AttemptReport report = run(child(UUID.randomUUID(), step, server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(report.batches()).isEmpty();
    assertThat(log(report))
        .contains(
            "nothing of the script is run", site.database(), "there is no ledger", "not checked");
    assertThat(site.effects()).isEmpty();
    assertThat(site.tables()).containsExactly("effect");
  }

  @Test
  void aCheckFailsAtOnceWhereTheLoginDoes() throws Exception {
    Site site = Site.of(POSTGRESQL);
    long step = step(site, "SELECT 1", false, Purpose.Check);
    PostgresServer.shared().execute("DROP DATABASE " + site.database());
    AttemptReport report = run(child(UUID.randomUUID(), step, server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("Could not log in", site.database());
  }

  @Test
  void aCheckFailsWhereNothingCanBeWritten() throws Exception {
    Site site = Site.of(POSTGRESQL);
    site.run("ALTER DATABASE %s SET default_transaction_read_only = on".formatted(site.database()));
    long step = step(site, "SELECT 1", true, Purpose.Check);
    AttemptReport report = run(child(UUID.randomUUID(), step, server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).startsWith("Nothing can be written here");
  }

  @Test
  void aCheckFailsWhereTheLedgerCannotBeTrusted() throws Exception {
    Site site = Site.of(POSTGRESQL);
    site.run("CREATE SCHEMA edj; CREATE VIEW edj.ledger AS SELECT 1 AS attempt");
    long step = step(site, "SELECT 1", true, Purpose.Check);
    AttemptReport report = run(child(UUID.randomUUID(), step, server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("cannot be trusted", "not an ordinary");
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void aTrialSaysWhatItDidAndLeavesNothing(String scheme) throws Exception {
    Site site = Site.of(scheme);
    String next = scheme.equals(POSTGRESQL) ? "GO\n" : "";
    String script = "INSERT INTO effect VALUES (1), (2);\n" + next + "UPDATE effect SET id = 3;\n";
    long step = step(site, script, true, Purpose.Trial);
    AttemptReport report = run(child(UUID.randomUUID(), step, server(site), site, 1));
    assertThat(report.childLifecycle()).as(report.message()).isEqualTo(Lifecycle.Succeeded);
    assertThat(log(report))
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
    long step = step(site, script, false, Purpose.Trial);
    AttemptReport report = run(child(UUID.randomUUID(), step, server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("line 2", "nowhere");
    assertThat(log(report)).endsWith("rolled back: nothing was kept\n");
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void aTrialThatCannotBeTakenBackFailsAndSaysSo() throws Exception {
    Site site = Site.of(MARIADB);
    site.run("CREATE TABLE plain (id INT) ENGINE = MyISAM");
    String script = "INSERT INTO plain VALUES (1);\nINSERT INTO nowhere VALUES (1);\n";
    long step = step(site, script, false, Purpose.Trial);
    AttemptReport report = run(child(UUID.randomUUID(), step, server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("nowhere", "is in the database");
    assertThat(log(report)).doesNotContain("nothing was kept");
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void whatAnEarlierAttemptLeftBehindIsEndedBeforeTheScriptRuns(String scheme) throws Exception {
    Site site = Site.of(scheme);
    long step = step(site, "INSERT INTO effect VALUES (1)", false);
    UUID child = UUID.randomUUID();
    String name = "edj:" + child;
    try (TargetSession leftover = site.open(name)) {
      leftover.lock(name, Duration.ofSeconds(1), Duration.ofSeconds(1), _ -> {});
      AttemptReport report = run(child(child, step, server(site), site, 2));
      assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Succeeded);
      assertThat(log(report)).contains("ended the session ", "left over from an earlier attempt");
    }
    assertThat(site.effects()).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void whetherRowsWereReturnedIsReported(String scheme) throws Exception {
    Site site = Site.of(scheme);
    long changes = step(site, "INSERT INTO effect VALUES (1)", false);
    long finds = step(site, "SELECT id FROM effect", false);
    int server = server(site);
    assertThat(run(child(UUID.randomUUID(), finds, server, site, 1)).returnedRows()).isFalse();
    assertThat(run(child(UUID.randomUUID(), changes, server, site, 1)).returnedRows()).isFalse();
    assertThat(run(child(UUID.randomUUID(), finds, server, site, 1)).returnedRows()).isTrue();
  }

  @Test
  void aStopBeforeThereIsASessionIsAStop() throws Exception {
    Site site = Site.of(POSTGRESQL);
    long step = step(site, "INSERT INTO effect VALUES (1)", false);
    RunningAttempt attempt =
        new RunningAttempt(child(UUID.randomUUID(), step, server(site), site, 1), 1_000);
    attempt.stop(StopReason.STOPPED);
    AttemptReport report = attempts.run(attempt);
    assertThat(report.attemptLifecycle()).isEqualTo(Lifecycle.Canceled);
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Canceled);
    assertThat(site.effects()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {POSTGRESQL, MARIADB})
  void secretValuesReachTheServerAndNeitherLogNorMessage(String scheme) throws Exception {
    Site site = Site.of(scheme);
    String name = job(site, "SELECT '$(key)';\nSELECT * FROM nothing_called_$(key);\n", false);
    fleet.jobs.update(
        name, new JobChange(null, null, null, null, Map.of("key", "top_5ecret"), null, null));
    AttemptReport report = run(child(UUID.randomUUID(), start(name), server(site), site, 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
    assertThat(report.message()).contains("nothing_called_***").doesNotContain("5ecret");
    assertThat(report.stack()).doesNotContain("5ecret");
    assertThat(log(report)).contains("nothing_called_***").doesNotContain("5ecret");
    assertThat(report.batches().toString()).doesNotContain("5ecret");
  }

  @Test
  void whatTheDatabaseCarriesIsPutIntoTheScript() throws Exception {
    Site site = Site.of(POSTGRESQL);
    String name = job(site, "INSERT INTO effect VALUES ($(size)), ($(own))", false);
    fleet.jobs.update(name, new JobChange(null, null, null, Map.of("size", "1")));
    UUID given =
        executions.start(name, new NewExecution(null, Map.of("size", "3"), null), "test").id();
    ClaimedChild plain = child(UUID.randomUUID(), step(given), server(site), site, 1);
    ClaimedChild carrying =
        new ClaimedChild(
            UUID.randomUUID(),
            start(name),
            plain.serverId(),
            site.database(),
            1,
            1,
            "{\"own\": \"7\", \"size\": \"2\"}",
            0,
            null,
            null);
    assertThat(run(carrying).childLifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(site.effects()).containsExactlyInAnyOrder("2", "7");

    AttemptReport without = run(plain);
    assertThat(without.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(without.message()).contains("own has no value");
    assertThat(site.effects()).hasSize(2);
  }

  private AttemptReport run(ClaimedChild child) {
    return attempts.run(new RunningAttempt(child, 10_000));
  }

  private static String log(AttemptReport report) {
    return report.log().stream().map(LogPiece::text).collect(Collectors.joining());
  }

  private static ClaimedChild child(UUID execution, long step, int server, Site site, int attempt) {
    return new ClaimedChild(
        execution, step, server, site.database(), attempt, 1, null, 0, null, null);
  }

  private int server(Site site) {
    return server(site.settings().server().canonical());
  }

  private int server(String name) {
    if (serverIds(name).isEmpty()) {
      fleet.targets.create(
          new NewTarget(
              TargetKind.Server,
              null,
              name,
              null,
              null,
              null,
              new ServerSettingsChange(TlsMode.DISABLE, null, null, null, null)));
    }
    return serverIds(name).getFirst();
  }

  private List<Integer> serverIds(String name) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT server_id FROM server WHERE name = :name")
            .bind("name", name)
            .mapTo(Integer.class)
            .list());
  }

  /// A run's only step, on a collection that nobody asks.
  private long step(Site site, String script, boolean exactlyOnce) {
    return start(job(site, script, exactlyOnce));
  }

  private long step(Site site, String script, boolean exactlyOnce, Purpose purpose) {
    NewExecution what = new NewExecution(null, null, purpose);
    return step(executions.start(job(site, script, exactlyOnce), what, "test").id());
  }

  private long start(String job) {
    return step(executions.start(job, "test").id());
  }

  private long step(UUID run) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT step_execution_id FROM step_execution WHERE execution_id = :run")
            .bind("run", run)
            .mapTo(Long.class)
            .one());
  }

  private String job(Site site, String script, boolean exactlyOnce) {
    String name = "job " + number.incrementAndGet();
    fleet.content(name, script);
    fleet.collection(name);
    fleet.credentials.create(
        new NewCredential(
            name, site.settings().user(), site.settings().password().text(), null, List.of("*")));
    fleet.jobs.create(
        new NewJob(
            name,
            null,
            List.of(new NewJobStep(null, name, null, name, name, null, null, exactlyOnce, null)),
            null,
            null));
    return name;
  }
}
