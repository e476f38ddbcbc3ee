package dev.edj.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.credential.NewCredential;
import dev.edj.engine.LockNames;
import dev.edj.engine.TargetException;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.Destination;
import dev.edj.execution.KeptResult;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.ResultColumns;
import dev.edj.execution.ResultMode;
import dev.edj.job.JobChange;
import dev.edj.job.NewJobStep;
import dev.edj.policy.DestinationFailure;
import dev.edj.policy.NewExecutionPolicy;
import dev.edj.policy.RetryRule;
import dev.edj.testing.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of the rows that scripts return, on real servers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class CollectingTest {

  private static final String WRITES_AND_RETURNS =
      "INSERT INTO effect VALUES (1);\nSELECT id AS size FROM effect WHERE id = 1 LIMIT 1;\n";

  private final TestBed bed = new TestBed();

  @AfterAll
  void close() {
    bed.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {Site.POSTGRESQL, Site.MARIADB})
  void theFirstResultIsKeptAndLaterOnesAreNot(String scheme) throws Exception {
    Site site = Site.of(scheme);
    String script = "SELECT 7 AS one, 'x' AS other;\nSELECT 8 AS two;\n";
    AttemptReport report = run(site, step(site, script, step -> step), 1);
    assertThat(TestBed.log(report)).containsOnlyOnce("only the first one is kept");
    KeptResult kept = Objects.requireNonNull(report.kept());
    assertThat(ResultColumns.parse(kept.columns()))
        .extracting(c -> c.name())
        .containsExactly("one", "other");
    assertThat(kept.rowCount()).isOne();
    assertThat(kept.keptRows()).isOne();
    assertThat(kept.rows()).containsExactly(0, 0, 0, 1, '7', 0, 0, 0, 1, 'x');
  }

  @ParameterizedTest
  @ValueSource(strings = {Site.POSTGRESQL, Site.MARIADB})
  void theSameRowsInAnotherOrderAreTheSameResult(String scheme) throws Exception {
    Site site = Site.of(scheme);
    KeptResult up = kept(site, "SELECT 1 AS n UNION ALL SELECT 2 ORDER BY 1");
    KeptResult down = kept(site, "SELECT 1 AS n UNION ALL SELECT 2 ORDER BY 1 DESC");
    KeptResult other = kept(site, "SELECT 1 AS n UNION ALL SELECT 3 ORDER BY 1");
    assertThat(up.digest()).isEqualTo(down.digest()).isNotEqualTo(other.digest());
  }

  @Test
  void ofAResultWithManyRowsTheFirstAreKept() throws Exception {
    KeptResult kept = kept(Site.of(Site.POSTGRESQL), "SELECT n FROM generate_series(1, 5000) n");
    assertThat(kept.rowCount()).isEqualTo(5_000);
    assertThat(kept.keptRows()).isEqualTo(1_000);
  }

  @Test
  void ofAResultWithWideRowsTheFirstAreKept() throws Exception {
    KeptResult kept =
        kept(Site.of(Site.POSTGRESQL), "SELECT repeat('x', 30000) FROM generate_series(1, 10) n");
    assertThat(kept.rowCount()).isEqualTo(10);
    assertThat(kept.keptRows()).isEqualTo(2);
    assertThat(kept.rows()).hasSizeLessThan(64 * 1024);
  }

  @Test
  void secretValuesAreNotKept() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    String name = bed.job(site, "SELECT 'key: $(key)' AS text", false);
    bed.fleet.jobs.update(
        name, new JobChange(null, null, null, null, Map.of("key", "top_5ecret"), null, null, null));
    KeptResult kept = Objects.requireNonNull(run(site, bed.start(name), 1).kept());
    assertThat(new String(kept.rows(), StandardCharsets.UTF_8))
        .contains("key: ***")
        .doesNotContain("5ecret");
  }

  @Test
  void whatIsToBeDroppedIsNotKept() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    AttemptReport report =
        run(
            site,
            step(site, "SELECT 1", step -> step.change().results(ResultMode.Drop).build()),
            1);
    assertThat(report.kept()).isNull();
    assertThat(report.returnedRows()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql, postgresql, false",
    "postgresql, postgresql, true",
    "mariadb, postgresql, false",
    "mariadb, postgresql, true",
    "postgresql, mariadb, false",
    "mariadb, mariadb, true"
  })
  void theFirstResultIsSentAndLaterOnesAreNot(String from, String to, boolean exactlyOnce)
      throws Exception {
    Site site = Site.of(from);
    Site destination = Site.of(to);
    String script = WRITES_AND_RETURNS + "SELECT 2 AS size;\n";
    long step = bed.start(bed.job(site, script, to(destination), exactlyOnce));
    AttemptReport report = run(site, step, 1);
    assertThat(report.message()).isNull();
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(report.kept()).isNull();
    assertThat(TestBed.log(report))
        .contains("sent 1 row to collected", "only the first one is collected");
    assertThat(destination.run("SELECT size FROM collected")).containsExactly("1");
    assertThat(destination.run("SELECT internal_execution_id FROM collected"))
        .containsExactly(report.child().executionId().toString());
    assertThat(site.effects()).containsExactly("1");
  }

  @Test
  void aLaterAttemptReplacesWhatAnEarlierOneSent() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    long step =
        step(
            site,
            "SELECT clock_timestamp()::text AS at FROM generate_series(1, 3)",
            to(destination));
    ClaimedChild child = child(site, step, 1);
    bed.run(child);
    List<String> first = destination.run("SELECT at FROM collected");
    bed.run(again(child, 2));
    assertThat(destination.run("SELECT at FROM collected"))
        .hasSize(3)
        .doesNotContainAnyElementsOf(first);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLaterAttemptWithoutAResultTakesAwayWhatAnEarlierOneSent(boolean exactlyOnce)
      throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    String script = "INSERT INTO effect VALUES (1)";
    long step = bed.start(bed.job(site, script, to(destination), exactlyOnce));
    ClaimedChild child = child(site, step, 2);
    sentBefore(destination, child);
    AttemptReport report = bed.run(child);
    assertThat(report.childLifecycle()).as(report.message()).isEqualTo(Lifecycle.Succeeded);
    assertThat(destination.run("SELECT size FROM collected")).containsExactly("8");
  }

  /// An earlier one had sent its rows, and the connection broke in its commit.
  @Test
  void withExactlyOnceRowsOfWorkThatWasRolledBackGoAlsoWhenTheNextAttemptFails() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    long step = bed.start(bed.job(site, "SELECT 1/0 AS size", to(destination), true));
    ClaimedChild child = child(site, step, 2);
    sentBefore(destination, child);
    assertThat(bed.run(child).attemptLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(destination.run("SELECT size FROM collected")).containsExactly("8");
  }

  /// One row of this child, and one of another.
  private static void sentBefore(Site destination, ClaimedChild child) throws TargetException {
    destination.run(
        "CREATE TABLE collected (size int, internal_execution_id uuid);"
            + "INSERT INTO collected VALUES (7, '%s'), (8, '%s')"
                .formatted(child.executionId(), UUID.randomUUID()));
  }

  @Test
  void rowsOfAFailedScriptAreNotSent() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    AttemptReport report =
        run(site, step(site, "SELECT 1 AS size;\nGO\nSELECT 1/0;\n", to(destination)), 1);
    assertThat(report.attemptLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(destination.tables()).doesNotContain("collected");
  }

  @Test
  void aScriptIsNotRunWhileItsDestinationCannotBeReached() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    long step = step(site, WRITES_AND_RETURNS, to(destination, "nothing_called_this", "collected"));
    AttemptReport report = run(site, step, 1);
    assertThat(report.attemptLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("The script was not run", "nothing_called_this");
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void aTableThatDoesNotFitFailsTheChildAtOnceAndNamesTheColumn() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    destination.run("CREATE TABLE collected (other int, internal_execution_id uuid)");
    AttemptReport report = run(site, step(site, WRITES_AND_RETURNS, to(destination)), 1);
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("size");
    assertThat(destination.run("SELECT count(*) FROM collected")).containsExactly("0");
  }

  @Test
  void aWriteThatMayPassIsTriedAgainWithoutTheScript() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    destination.run(
        "CREATE TABLE collected (size int, internal_execution_id uuid);"
            + "CREATE TABLE tries (at timestamptz);"
            + "CREATE SEQUENCE writes;"
            + "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " IF nextval('writes') < 3 THEN RAISE 'not now' USING ERRCODE = '53200'; END IF;"
            + " RETURN NEW; END $$;"
            + "CREATE TRIGGER refuse BEFORE INSERT ON collected FOR EACH ROW EXECUTE FUNCTION refuse()");
    AttemptReport report = run(site, step(site, WRITES_AND_RETURNS, to(destination)), 1);
    assertThat(report.message()).isNull();
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(TestBed.log(report)).contains("trying again", "not now", "sent 1 row");
    assertThat(destination.run("SELECT size FROM collected")).containsExactly("1");
    assertThat(site.effects()).containsExactly("1");
  }

  @Test
  void whereOnlyTheWriteIsTriedAgainALostNodesRowsAreLostAndItsScriptIsNotRunAgain()
      throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    long step = step(site, WRITES_AND_RETURNS, writeOnly(to(destination)));
    ClaimedChild child = child(site, step, 2);
    ranBefore(child, 1);
    AttemptReport report = bed.run(child);
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("ran in attempt 1", "lost", "not run again");
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void whereOnlyTheWriteIsTriedAgainALostNodesRowsMayHaveArrived() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    long step = step(site, WRITES_AND_RETURNS, writeOnly(to(destination)));
    ClaimedChild child = child(site, step, 2);
    ranBefore(child, 1);
    destination.run(
        "CREATE TABLE collected (size int, internal_execution_id uuid);"
            + "INSERT INTO collected VALUES (1, '%s')".formatted(child.executionId()));
    AttemptReport report = bed.run(child);
    assertThat(report.message()).isNull();
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(site.effects()).isEmpty();
  }

  /// It may have been paused while it sent them, and go on.
  @Test
  void whereOnlyTheWriteIsTriedAgainALostNodesRowsMayStillArrive() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    long step = step(site, WRITES_AND_RETURNS, writeOnly(to(destination)));
    ClaimedChild child = child(site, step, 2);
    ranBefore(child, 1);
    destination.run("CREATE TABLE collected (size int, internal_execution_id uuid)");
    try (Connection paused = connect(destination);
        Statement statement = paused.createStatement()) {
      paused.setAutoCommit(false);
      statement.execute(
          "SELECT pg_advisory_xact_lock(%d)"
              .formatted(LockNames.number("rows:" + child.executionId())));
      statement.execute("INSERT INTO collected VALUES (1, '%s')".formatted(child.executionId()));
      FutureTask<AttemptReport> next = new FutureTask<>(() -> bed.run(child));
      Thread.ofVirtual().start(next);
      awaitWaiting(destination, next);
      paused.commit();
      assertThat(next.get().childLifecycle()).isEqualTo(Lifecycle.Succeeded);
    }
    assertThat(site.effects()).isEmpty();
  }

  /// Until it waits for a lock, or has ended.
  private static void awaitWaiting(Site destination, FutureTask<AttemptReport> attempt)
      throws Exception {
    String waiting = "SELECT pid FROM pg_locks WHERE NOT granted AND locktype = 'advisory'";
    for (int i = 0; i < 300 && !attempt.isDone(); i++) {
      if (!destination.run(waiting).isEmpty()) {
        return;
      }
      Thread.sleep(Duration.ofMillis(100));
    }
  }

  @Test
  void whereOnlyTheWriteIsTriedAgainAFailureOfItIsTheEnd() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    destination.run("CREATE TABLE collected (other int, internal_execution_id uuid)");
    ClaimedChild child = child(site, step(site, WRITES_AND_RETURNS, writeOnly(to(destination))), 1);
    claim(child);
    AttemptReport report = bed.run(child);
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(TestBed.log(report)).contains("trying again");
    assertThat(site.effects()).containsExactly("1");
  }

  @Test
  void whereOnlyTheWriteIsTriedAgainAScriptStillWaitsForItsDestination() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    long step =
        step(
            site,
            WRITES_AND_RETURNS,
            writeOnly(to(destination, "nothing_called_this", "collected")));
    AttemptReport report = run(site, step, 1);
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void withExactlyOnceAScriptWhoseRowsCannotBeSentIsRolledBack() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    destination.run("CREATE TABLE collected (other int, internal_execution_id uuid)");
    AttemptReport report =
        run(site, bed.start(bed.job(site, WRITES_AND_RETURNS, to(destination), true)), 1);
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(site.effects()).isEmpty();
  }

  /// It would wait with its transaction open for as long as the policy says.
  @Test
  void withExactlyOnceAWriteThatMayPassEndsTheAttemptWhateverThePolicySays() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    destination.run(
        "CREATE TABLE collected (size int, internal_execution_id uuid);"
            + "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE 'not now' USING ERRCODE = '53200'; END $$;"
            + "CREATE TRIGGER refuse BEFORE INSERT ON collected FOR EACH ROW EXECUTE FUNCTION refuse()");
    String job = bed.job(site, WRITES_AND_RETURNS, writeOnly(to(destination)), true);
    AttemptReport report = run(site, bed.start(job), 1);
    assertThat(report.message()).contains("not now");
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void withExactlyOnceRowsOfAScriptThatCannotBeCommittedAreTakenBack() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    site.run(
        "CREATE TABLE parent (id int PRIMARY KEY);"
            + "CREATE TABLE part (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
    Site destination = Site.of(Site.POSTGRESQL);
    String script = "INSERT INTO part VALUES (1);\nSELECT 1 AS size;\n";
    AttemptReport report = run(site, bed.start(bed.job(site, script, to(destination), true)), 1);
    assertThat(report.attemptLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(destination.run("SELECT size FROM collected")).isEmpty();
  }

  @Test
  void withExactlyOnceRowsAreTakenBackWhenTheCommitIsStopped() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    site.run(
        "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$;"
            + "CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON effect DEFERRABLE INITIALLY DEFERRED"
            + " FOR EACH ROW EXECUTE FUNCTION wait()");
    Site destination = Site.of(Site.POSTGRESQL);
    destination.run("CREATE TABLE collected (size int, internal_execution_id uuid)");
    long step = bed.start(bed.job(site, WRITES_AND_RETURNS, to(destination), true));
    RunningAttempt attempt = new RunningAttempt(child(site, step, 1), 10_000, () -> true);
    FutureTask<AttemptReport> running = new FutureTask<>(() -> bed.attempts.run(attempt));
    Thread.ofVirtual().start(running);
    for (int i = 0; i < 300 && destination.run("SELECT size FROM collected").isEmpty(); i++) {
      Thread.sleep(Duration.ofMillis(100));
    }
    assertThat(destination.run("SELECT size FROM collected")).containsExactly("1");
    attempt.stop(StopReason.STOPPED);
    assertThat(running.get().childLifecycle()).isEqualTo(Lifecycle.Canceled);
    assertThat(destination.run("SELECT size FROM collected")).isEmpty();
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void anAttemptIsStoppedWhileItsDestinationIsLocked() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    destination.run("CREATE TABLE collected (size int, internal_execution_id uuid)");
    long step = step(site, WRITES_AND_RETURNS, to(destination));
    RunningAttempt attempt = new RunningAttempt(child(site, step, 1), 10_000, () -> true);
    try (Connection locking = connect(destination);
        Statement statement = locking.createStatement()) {
      locking.setAutoCommit(false);
      statement.execute("LOCK TABLE collected IN ACCESS EXCLUSIVE MODE");
      FutureTask<AttemptReport> running = new FutureTask<>(() -> bed.attempts.run(attempt));
      Thread.ofVirtual().start(running);
      awaitBlocked(destination);
      attempt.stop(StopReason.STOPPED);
      AttemptReport report = running.get();
      assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Canceled);
      locking.rollback();
    }
    assertThat(destination.run("SELECT size FROM collected")).isEmpty();
  }

  @Test
  void anAttemptThatIsNoLongerThisNodesWritesNothing() throws Exception {
    Site site = Site.of(Site.POSTGRESQL);
    Site destination = Site.of(Site.POSTGRESQL);
    long step = step(site, WRITES_AND_RETURNS, to(destination));
    RunningAttempt attempt = new RunningAttempt(child(site, step, 1), 10_000, () -> false);
    AttemptReport report = bed.attempts.run(attempt);
    assertThat(report.attemptLifecycle()).isEqualTo(Lifecycle.Canceled);
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
    assertThat(destination.tables()).doesNotContain("collected");
  }

  private void awaitBlocked(Site destination) throws Exception {
    for (int i = 0; i < 300; i++) {
      if (!destination
          .run("SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'collected'::regclass")
          .isEmpty()) {
        return;
      }
      Thread.sleep(Duration.ofMillis(100));
    }
    throw new AssertionError("nobody waits for the table");
  }

  private KeptResult kept(Site site, String script) throws TargetException {
    AttemptReport report = run(site, step(site, script, step -> step), 1);
    assertThat(report.message()).isNull();
    return Objects.requireNonNull(report.kept());
  }

  private AttemptReport run(Site site, long step, int attempt) {
    return bed.run(child(site, step, attempt));
  }

  private ClaimedChild child(Site site, long step, int attempt) {
    return TestBed.child(UUID.randomUUID(), step, bed.server(site), site, attempt);
  }

  private static ClaimedChild again(ClaimedChild child, int attempt) {
    return new ClaimedChild(
        child.executionId(),
        child.stepExecutionId(),
        child.serverId(),
        child.database(),
        attempt,
        child.nodeId(),
        child.parameters(),
        child.failedAttempts(),
        child.attemptTimeout(),
        child.jobTimeLeft());
  }

  private long step(Site site, String script, UnaryOperator<NewJobStep> how) {
    return bed.start(bed.job(site, script, how, false));
  }

  private UnaryOperator<NewJobStep> to(Site destination) {
    return to(destination, destination.database(), "collected");
  }

  private UnaryOperator<NewJobStep> to(Site destination, String database, String table) {
    String login = "login " + UUID.randomUUID();
    bed.fleet.credentials.create(
        new NewCredential(
            login,
            destination.settings().user(),
            destination.settings().password().text(),
            null,
            List.of("*")));
    bed.server(destination);
    return step ->
        step.change()
            .destination(
                new Destination(
                    destination.settings().server().canonical(),
                    database,
                    null,
                    table,
                    login,
                    null,
                    null))
            .build();
  }

  /// Under a policy that tries writes again, twice, and not the script.
  private UnaryOperator<NewJobStep> writeOnly(UnaryOperator<NewJobStep> destination) {
    String policy = "policy " + UUID.randomUUID();
    bed.fleet.policies.create(
        new NewExecutionPolicy(
            policy,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            1.0,
            2,
            RetryRule.ALL,
            null,
            null,
            DestinationFailure.WriteOnly));
    return step -> under(policy, destination.apply(step));
  }

  private static NewJobStep under(String policy, NewJobStep step) {
    return step.change().policy(policy).build();
  }

  /// So that its node still has it.
  private void claim(ClaimedChild child) {
    bed.jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name, lifecycle,
                  attempt, node_id)
                VALUES (:executionId, :stepExecutionId, :serverId, :database, 'InProgress', :attempt, :nodeId)
                """)
            .bindMethods(child)
            .execute());
  }

  private void ranBefore(ClaimedChild child, int attempt) {
    bed.jdbi.useHandle(handle ->
        handle
            .createUpdate(
                "INSERT INTO unsent_result (execution_id, attempt, row_count) VALUES (:id, :attempt, 1)")
            .bind("id", child.executionId())
            .bind("attempt", attempt)
            .execute());
  }

  private static Connection connect(Site site) throws Exception {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/%s"
            .formatted(PostgresServer.shared().port(), site.database()),
        PostgresServer.USER,
        PostgresServer.PASSWORD);
  }
}
