package dev.edj.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.edj.credential.NewCredential;
import dev.edj.engine.TlsMode;
import dev.edj.execution.Counts;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.Fleet;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.NewExecution;
import dev.edj.execution.Purpose;
import dev.edj.execution.RunStore;
import dev.edj.execution.RunStore.ClaimedRun;
import dev.edj.execution.SweepStore;
import dev.edj.execution.TaskExecution;
import dev.edj.execution.TaskType;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.TargetKind;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.SilencingProxy;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import dev.edj.testing.TestShardMap;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
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
    features.credentials.create(
        new NewCredential(
            "reader", PostgresServer.USER, PostgresServer.PASSWORD, null, List.of("*")));
    executions = new Executions(jdbi, ids, new EndSignal());
    runs = jdbi.onDemand(RunStore.class);
    launch = new Launch(jdbi, features.resolver, features.fetch, ids);
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
  void aTrialOfSuchAScriptTouchesNoDatabaseEither() {
    JobExecution trial =
        launched("mariadb://m", "CREATE TABLE t (id INT);\n", false, Purpose.Trial);
    assertThat(trial.lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(trial.message()).contains("that a trial demands", "it says CREATE");
    assertThat(
            launched("postgresql://p", "CREATE TABLE t (id INT);", false, Purpose.Trial)
                .lifecycle())
        .isEqualTo(Lifecycle.WaitingForChildJobExecutions);
    assertThat(
            launched("mariadb://m", "CREATE TABLE t (id INT);\n", false, Purpose.Check).lifecycle())
        .isEqualTo(Lifecycle.WaitingForChildJobExecutions);
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

  @Test
  void aShardMapIsAskedAtEachStart() {
    TestShardMap map = shardMap();
    map.add("shard1", "tenant1");
    map.add("shard1", "piped", 2);
    JobExecution run = started("tenants", "SELECT 1;\n");
    assertThat(children(run)).containsExactly("piped", "tenant1");
    assertThat(executions.tasks(run.id()))
        .extracting(TaskExecution::type)
        .containsExactly(TaskType.ShardMapRefresh, TaskType.ScriptSplit, TaskType.ExpandJob);
    assertThat(executions.tasks(run.id()).getFirst().message())
        .contains("shard map 'Tenants' has 2 databases", "piped fails: ");

    map.add("shard2", "tenant2");
    assertThat(children(started("tenants", "SELECT 1;\n")))
        .containsExactly("piped", "tenant1", "tenant2");
  }

  @Test
  void aScriptIsCheckedForTheEnginesOfTheShards() {
    TestShardMap map = shardMap();
    String delimiter = "DELIMITER //\nSELECT 'open //\n";
    assertThat(started("tenants", delimiter).lifecycle())
        .as("nothing is there to run it")
        .isEqualTo(Lifecycle.WaitingForChildJobExecutions);
    map.add("mysql://shard1", "tenant1");
    JobExecution run = started("tenants", delimiter);
    assertThat(run.lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(children(run)).isEmpty();
  }

  @Test
  void aMapThatCannotBeReadIsTheRefreshsFailure() {
    features.targets.create(
        NewTarget.shardMap("tenants", "postgresql://localhost:1", "d", "m", "app"));
    JobExecution run = started("tenants", "SELECT 1;\n");
    assertThat(executions.tasks(run.id()))
        .extracting(TaskExecution::type, TaskExecution::lifecycle)
        .containsExactly(tuple(TaskType.ShardMapRefresh, Lifecycle.Failed));
  }

  @Test
  void namesThatCannotBeStoredHoldUpNobody() {
    TestShardMap map = shardMap();
    map.add("shard1", "good");
    map.add("shard1", "control\u0001");
    map.add("shard1", "x".repeat(10_000));
    map.add("y".repeat(10_000), "anywhere");
    assertThat(children(started("tenants", "SELECT 1;\n")))
        .containsExactlyInAnyOrder("good", "control\uFFFD", "x".repeat(128) + "…", "anywhere");
  }

  @Test
  void aStopEndsARunWhoseServerDoesNotAnswer() throws Exception {
    assertEndedWhileItIsLaunched(executions::stop, Lifecycle.Canceled);
  }

  @Test
  void theJobsTimeOutEndsARunWhoseServerDoesNotAnswer() throws Exception {
    assertEndedWhileItIsLaunched(
        run ->
            database
                .jdbi()
                .useHandle(handle ->
                    handle.execute(
                        "UPDATE job_execution SET deadline_at = now() WHERE execution_id = ?",
                        run)),
        Lifecycle.TimedOut);
  }

  /// What the launch still has to say when it hears of the server changes nothing.
  private void assertEndedWhileItIsLaunched(Consumer<UUID> end, Lifecycle lifecycle)
      throws IOException, InterruptedException {
    UUID run;
    Thread launching;
    try (SilencingProxy proxy = new SilencingProxy(PostgresServer.shared().port())) {
      proxy.loseAnswersFrom("pg_database");
      String name = "silent";
      features.targets.create(
          new NewTarget(
              TargetKind.Server,
              name,
              "postgresql://localhost:" + proxy.port(),
              null,
              "reader",
              null,
              new ServerSettingsChange(TlsMode.DISABLE, null, null, null, null, null, null)));
      features.content(name, "SELECT 1");
      features.job(name, name, "app", name);
      run = executions.start(name, "test").id();
      ClaimedRun claimed = runs.claim(node, 1).getFirst();
      launching = Thread.ofVirtual().start(() -> launch.perform(claimed, node));
      end.accept(run);
      assertThat(database.jdbi().onDemand(SweepStore.class).endUnexpandedRuns())
          .containsExactly(run);
      assertThat(launching.isAlive()).isTrue();
    }
    launching.join();
    assertThat(executions.named(run).lifecycle()).isEqualTo(lifecycle);
    assertThat(executions.tasks(run)).isEmpty();
  }

  @Test
  void manySmallRunsAreLaunchedAtOnceAndEachExpandedOnce() throws InterruptedException {
    List<UUID> started = Stream.generate(() -> start("postgresql://p")).limit(40).toList();
    perform(runs.claim(node, 100));
    for (UUID run : started) {
      assertThat(executions.named(run).lifecycle())
          .isEqualTo(Lifecycle.WaitingForChildJobExecutions);
      assertThat(children(executions.named(run))).hasSize(1);
      assertThat(executions.tasks(run))
          .extracting(TaskExecution::number, TaskExecution::type, TaskExecution::lifecycle)
          .containsExactly(
              tuple(1, TaskType.ScriptSplit, Lifecycle.Succeeded),
              tuple(2, TaskType.ExpandJob, Lifecycle.Succeeded));
    }
  }

  @Test
  void ofTwoRunsOfAJobLaunchedAtOnceOneLeavesTheDatabaseToTheOther() throws InterruptedException {
    UUID first = start("postgresql://p");
    UUID second = executions.start(executions.named(first).job(), "test").id();
    perform(runs.claim(node, 2));
    assertThat(Stream.of(first, second).map(run -> counts(run).created()))
        .containsExactlyInAnyOrder(0, 1);
    assertThat(Stream.of(first, second).map(run -> counts(run).skipped()))
        .containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void aRunThatIsNoLongerThisNodesIsNotExpandedThoughOthersAre() throws InterruptedException {
    UUID lost = start("postgresql://p");
    UUID kept = start("postgresql://p");
    List<ClaimedRun> claimed = runs.claim(node, 2);
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "UPDATE job_execution SET attempt = attempt + 1 WHERE execution_id = ?", lost));
    perform(claimed);
    assertThat(children(executions.named(lost))).isEmpty();
    assertThat(executions.tasks(lost)).isEmpty();
    assertThat(children(executions.named(kept))).hasSize(1);
  }

  @Test
  void aRunWhoseJobIsBeingExpandedElsewhereHoldsUpNoOther() throws InterruptedException {
    UUID waiting = start("postgresql://p");
    UUID other = start("postgresql://p");
    List<Thread> launches;
    try (Handle elsewhere = database.jdbi().open()) {
      elsewhere.begin();
      elsewhere
          .attach(RunStore.class)
          .takeExpansionTurn(
              elsewhere
                  .createQuery("SELECT job_id FROM job_execution WHERE execution_id = :run")
                  .bind("run", waiting)
                  .mapTo(Long.class)
                  .one());
      launches = launch(runs.claim(node, 2));
      while (executions.named(other).lifecycle() != Lifecycle.WaitingForChildJobExecutions) {
        Thread.onSpinWait();
      }
      assertThat(executions.named(waiting).lifecycle()).isEqualTo(Lifecycle.InProgress);
      elsewhere.rollback();
    }
    for (Thread one : launches) {
      one.join();
    }
    assertThat(children(executions.named(waiting))).hasSize(1);
  }

  @Test
  void runsThatCannotBeExpandedTogetherAreExpandedOneAfterTheOther() throws InterruptedException {
    database
        .owner()
        .useHandle(handle -> {
          handle.execute(
              """
              CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN
                IF (SELECT count(*) FROM added) > 1 THEN RAISE 'several together'; END IF;
                IF NOT pg_try_advisory_xact_lock(1) THEN RAISE 'two at once'; END IF;
                PERFORM pg_sleep(0.01);
                RETURN NULL;
              END $$
              """);
          handle.execute(
              """
              CREATE TRIGGER refuses AFTER INSERT ON child_execution REFERENCING NEW TABLE AS added
              FOR EACH STATEMENT EXECUTE FUNCTION refuse()
              """);
        });
    List<UUID> started = Stream.generate(() -> start("postgresql://p")).limit(20).toList();
    perform(runs.claim(node, 100));
    assertThat(started)
        .extracting(run -> executions.named(run).lifecycle())
        .containsOnly(Lifecycle.WaitingForChildJobExecutions);
  }

  private void perform(List<ClaimedRun> claimed) throws InterruptedException {
    for (Thread one : launch(claimed)) {
      one.join();
    }
  }

  private List<Thread> launch(List<ClaimedRun> claimed) {
    return claimed.stream()
        .map(run -> Thread.ofVirtual().start(() -> launch.perform(run, node)))
        .toList();
  }

  private Counts counts(UUID run) {
    return Objects.requireNonNull(executions.named(run).children());
  }

  private TestShardMap shardMap() {
    PostgresServer live = PostgresServer.shared();
    String server = "postgresql://localhost:" + live.port();
    features.targets.create(
        new NewTarget(
            TargetKind.Server,
            null,
            server,
            null,
            null,
            null,
            new ServerSettingsChange(null, live.certificatePem(), null, null, null, null, null)));
    TestShardMap map = TestShardMap.create();
    features.targets.create(
        NewTarget.shardMap("tenants", server, map.database(), "Tenants", "reader"));
    return map;
  }

  private List<String> children(JobExecution run) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    """
                    SELECT c.database_name
                    FROM child_execution c JOIN step_execution s USING (step_execution_id)
                    WHERE s.execution_id = :run ORDER BY 1
                    """)
                .bind("run", run.id())
                .mapTo(String.class)
                .list());
  }

  private JobExecution started(String target, String script) {
    String name = "j-" + UUID.randomUUID();
    features.content(name, script);
    features.job(name, name, "app", target);
    UUID run = executions.start(name, "test").id();
    launch.perform(runs.claim(node, 1).getFirst(), node);
    return executions.named(run);
  }

  private UUID start(String server) {
    return start(server, "SELECT 1;\n", false, Purpose.Run);
  }

  private JobExecution launched(String server, String script, boolean exactlyOnce) {
    return launched(server, script, exactlyOnce, Purpose.Run);
  }

  private JobExecution launched(
      String server, String script, boolean exactlyOnce, Purpose purpose) {
    UUID run = start(server, script, exactlyOnce, purpose);
    launch.perform(runs.claim(node, 1).getFirst(), node);
    return executions.named(run);
  }

  private UUID start(String server, String script, boolean exactlyOnce, Purpose purpose) {
    String name = "j-" + UUID.randomUUID();
    features.database(server, name);
    features.content(name, script);
    features.jobs.create(
        new NewJob(
            name,
            null,
            List.of(
                NewJobStep.of(name, "app", server + "/" + name).exactlyOnce(exactlyOnce).build()),
            null,
            null));
    return executions.start(name, new NewExecution(null, null, purpose), "test").id();
  }
}
