package dev.edj.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.edj.testing.TestCertificate;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Needs a SQL Server: its address (`sqlserver://host:port`) in `EDJ_TEST_SQLSERVER_URL`, a login
/// that may create databases in `EDJ_TEST_SQLSERVER_USER` and `EDJ_TEST_SQLSERVER_PASSWORD`. Its
/// certificate is not checked.
///
/// The tests hold SQL Server's documented behaviour. A stand-in, that is a server that only speaks
/// its protocol, is told by not knowing `WAITFOR`; what is expected of it instead stands beside a
/// comment that says how it differs.
@EnabledIfEnvironmentVariable(
    named = "EDJ_TEST_SQLSERVER_URL",
    matches = ".+",
    disabledReason = "no SQL Server: set EDJ_TEST_SQLSERVER_URL, _USER and _PASSWORD")
class SqlServerTest extends EngineContract {

  private static final String DATABASE = "edj_test_" + ProcessHandle.current().pid();

  private static boolean standIn;

  @BeforeAll
  static void createDatabase() throws TargetException {
    runInMaster("CREATE DATABASE " + DATABASE);
    standIn = !knowsWaitFor();
  }

  private static boolean knowsWaitFor() {
    try {
      runInMaster("WAITFOR DELAY '00:00:00'");
      return true;
    } catch (TargetException e) {
      return false;
    }
  }

  /// On the stand-in, a statement whose connection was given up runs on for some seconds, and keeps
  /// its database in use.
  @AfterAll
  static void dropDatabase() throws TargetException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        runInMaster("DROP DATABASE " + DATABASE);
        dropLogin();
        return;
      } catch (TargetException e) {
        if (!standIn || attempt == 30) {
          throw e;
        }
        Thread.sleep(Duration.ofSeconds(1));
      }
    }
  }

  private static void dropLogin() throws TargetException {
    runInMaster("IF SUSER_ID('weak_%1$s') IS NOT NULL DROP LOGIN weak_%1$s".formatted(DATABASE));
  }

  private static void runInMaster(String sql) throws TargetException {
    ConnectionSettings master = server().withDatabase("master");
    try (TargetSession session = master.server().engine().open(master)) {
      session.run(sql, new Recorder());
    }
  }

  private static ConnectionSettings server() {
    return at(ServerName.parse(environment("EDJ_TEST_SQLSERVER_URL")));
  }

  private static ConnectionSettings at(ServerName server) {
    return ConnectionSettings.of(
            server,
            DATABASE,
            environment("EDJ_TEST_SQLSERVER_USER"),
            new Password(environment("EDJ_TEST_SQLSERVER_PASSWORD")))
        .withTls(TlsMode.REQUIRE, null);
  }

  private static String environment(String name) {
    Map<String, String> environment = System.getenv();
    return Objects.requireNonNull(environment.get(name), name);
  }

  @Override
  ConnectionSettings settings() {
    return server();
  }

  @Override
  String createTemporaryTable() {
    return "CREATE TABLE #scratch (id INT)";
  }

  @Override
  String temporaryTable() {
    return "#scratch";
  }

  @Override
  String wordOfListing() {
    return "sys.databases";
  }

  @Override
  String sleep(int seconds) {
    return standIn
        ? tens("SELECT COUNT_BIG(*) FROM ten a, ten b, ten c, ten d, ten e, ten f, ten g, ten h")
        : "WAITFOR DELAY '00:%02d:%02d'".formatted(seconds / 60, seconds % 60);
  }

  /// The stand-in looks at neither a cancel nor the connection before a statement's end, so the
  /// connection is given up after 5 seconds.
  @Override
  Duration cancelLimit() {
    return standIn ? Duration.ofSeconds(7) : super.cancelLimit();
  }

  private static String tens(String select) {
    return "WITH ten AS (SELECT d FROM (VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)) AS v (d)) "
        + select;
  }

  @Override
  String twoResultSets() {
    return "SELECT 1; SELECT 2";
  }

  @Override
  String errorAfterResultSet() {
    return "SELECT 1; RAISERROR('broken', 16, 1)";
  }

  @Override
  String errorOnLineThree() {
    return "SELECT 1\nSELECT 2\nSELECT * FROM no_such_table\n";
  }

  @Override
  String createTableWithIdentity() {
    return "CREATE TABLE numbered (id INT IDENTITY(1, 1) PRIMARY KEY, name NVARCHAR(20))";
  }

  @Override
  String millionRows() {
    return tens(
        """
        SELECT a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d + 100000 * f.d + 1 AS n
        FROM ten a, ten b, ten c, ten d, ten e, ten f
        """);
  }

  @Override
  String selectUnicode(String text) {
    return "SELECT N'" + text + "'";
  }

  @Override
  String selectApplicationName() {
    return "SELECT program_name FROM sys.dm_exec_sessions WHERE session_id = @@SPID";
  }

  @Override
  String selectSessionId() {
    return "SELECT @@SPID";
  }

  @Override
  String kill(String sessionId) {
    return "KILL " + sessionId;
  }

  @Override
  String missingTableCode() {
    // The stand-in has no number of SQL Server's for this; the driver's SQLSTATE is all there is.
    return standIn ? "S0001" : "208";
  }

  @Override
  List<String> systemDatabases() {
    // A stand-in may lack model.
    return List.of("master", "tempdb", "msdb");
  }

  /// The stand-in has no `sys.dm_tran_locks`.
  @Override
  boolean showsLockHolders() {
    return !standIn;
  }

  @Override
  ConnectionSettings settingsOfAnother() throws TargetException {
    String login = "weak_" + DATABASE;
    runInMaster("CREATE LOGIN " + login + " WITH PASSWORD = 'w3ak-Passw0rd'");
    try (TargetSession session = open()) {
      session.run("CREATE USER " + login + " FOR LOGIN " + login, new Recorder());
    }
    return withLogin(settings(), login, "w3ak-Passw0rd");
  }

  @Override
  String missingPermission() {
    return "VIEW SERVER STATE";
  }

  @Test
  void aHolderThatCannotBeSeenIsNotEnded() throws TargetException {
    assumeThat(standIn).isTrue();
    try (TargetSession leftover = open("edj:execution-7");
        TargetSession successor = open("edj:execution-7")) {
      lock(leftover, "execution-7", Duration.ofSeconds(1));
      TargetError error =
          errorOf(() ->
              successor.lock(
                  "execution-7", Duration.ofMillis(100), Duration.ofSeconds(2), Assertions::fail));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.UNSEEN_LOCK);
      assertThat(error.message()).contains("cannot be seen", "VIEW SERVER STATE");
    }
  }

  @Test
  void aSyntaxErrorIsFoundByReading() throws TargetException {
    try (TargetSession session = open()) {
      assumeThat(session.parse("SELECT 1")).as("the server reads without running").isTrue();
      TargetError error = errorOf(() -> session.parse("SELECT 1;\nSELECT FROM WHERE"));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.STATEMENT);
      assertThat(error.line()).isEqualTo(2);
      assertThat(session.parse("SELECT * FROM not_there_yet")).isTrue();
    }
  }

  @Test
  void aTrialWhoseBatchCommitsSaysThatSomethingIsLeft() throws TargetException {
    assertSaysWhatIsLeftAfter("COMMIT");
  }

  /// Nothing is left, and the next statement is no part of it.
  @Test
  void aTrialThatTheServerRolledBackIsRolledBack() throws TargetException {
    run("CREATE TABLE dropped (id INT)");
    try (TargetSession session = open()) {
      session.beginTrial();
      session.run("SET XACT_ABORT ON", new Recorder());
      session.run("INSERT INTO dropped VALUES (1)", new Recorder());
      errorOf(() -> session.run("INSERT INTO dropped SELECT 1 / 0", new Recorder()));
      session.rollBack();
    }
    assertThat(valuesOf("SELECT COUNT(*) FROM dropped")).containsExactly("[[0]]");
    run("DROP TABLE dropped");
  }

  @Override
  boolean refusesWritesOfQueries() {
    return false;
  }

  /// It has no transactions that only read; what a query creates goes with its own.
  @Test
  void aQueryMayMakeTemporaryTablesAndLeavesNoOthers() throws TargetException {
    assertThat(
            errorsOfQuery(
                "CREATE TABLE #few (id INT); INSERT INTO #few VALUES (1)",
                "CREATE TABLE never_asked (id INT)",
                "SELECT id FROM #few"))
        .isEmpty();
    assertThat(valuesOf("SELECT COUNT(*) FROM sys.tables WHERE name = 'never_asked'"))
        .containsExactly("[[0]]");
  }

  @Test
  void aQueryThatCommitsSaysThatSomethingIsLeft() throws TargetException {
    run("CREATE TABLE left_behind (id INT)");
    assertThat(errorsOfQuery("INSERT INTO left_behind VALUES (1); COMMIT"))
        .isNotEmpty()
        .allMatch(error -> error.kind() == TargetError.Kind.TRANSACTION);
    run("DROP TABLE left_behind");
  }

  @Test
  void aBatchThatCouldSwitchTheReadingOffIsNotSent() throws TargetException {
    try (TargetSession session = open()) {
      assertThat(session.parse("SET parseOnly OFF; CREATE TABLE unwanted (id INT)")).isFalse();
    }
    run("CREATE TABLE unwanted (id INT)");
    run("DROP TABLE unwanted");
  }

  /// The statement has been run against Azure SQL by nobody yet; here its view is not there.
  @Test
  void aServerThatIsNotAzuresHasNoElasticPools() {
    TargetError error =
        errorOf(() -> new SqlServer().listElasticPool(settings(), "pool", Duration.ofSeconds(10)));
    assertThat(error.message()).contains("sys.database_service_objectives");
  }

  @Test
  void aCommitOfTheScriptsOwnIsNoticed() throws TargetException {
    assertNeverRunAgainAfter("COMMIT");
  }

  @Test
  void aCommitAndAnotherTransactionAreNoticed() throws TargetException {
    assertNeverRunAgainAfter("COMMIT; BEGIN TRANSACTION");
  }

  @Test
  void whatFollowsARollbackIsNotKept() throws TargetException {
    assertNothingKeptOf("ROLLBACK; INSERT INTO late VALUES (1)");
  }

  @Test
  void whatFollowsARollbackInATransactionOfItsOwnIsNotKept() throws TargetException {
    assertNothingKeptOf("ROLLBACK; BEGIN TRANSACTION; INSERT INTO late VALUES (1); COMMIT");
  }

  @Test
  void whatFollowsARollbackIsNotKeptWhereTheBatchFails() throws TargetException {
    assertNothingKeptOf(
        "ROLLBACK; CREATE TABLE later (id INT); INSERT INTO late VALUES (1); RAISERROR('x', 16, 1)");
  }

  @Test
  void aScriptThatWantsNoImplicitTransactionsGetsThemAllTheSame() throws TargetException {
    assertNothingKeptOf("SET IMPLICIT_TRANSACTIONS OFF", "ROLLBACK; INSERT INTO late VALUES (1)");
  }

  @Test
  void whatFollowsACommitIsNotKept() throws TargetException {
    run("CREATE TABLE late (id INT)");
    assertNeverRunAgainAfter("INSERT INTO late VALUES (1); COMMIT; INSERT INTO late VALUES (2)");
    assertThat(valuesOf("SELECT id FROM late")).containsExactly("[[1]]");
    run("DROP TABLE late");
  }

  /// What a script does behind a `ROLLBACK` of its own must not be there when a later attempt,
  /// which finds no entry, does it again.
  private void assertNothingKeptOf(String... batches) throws TargetException {
    LedgerEntry entry = new LedgerEntry(UUID.randomUUID(), 1, "c", null);
    run("CREATE TABLE late (id INT)");
    try (TargetSession session = open()) {
      session.begin(entry);
      errorOf(() -> runAll(session, List.of(batches)));
    }
    assertThat(valuesOf("SELECT COUNT(*) FROM late")).containsExactly("[[0]]");
    try (TargetSession session = open()) {
      assertThat(session.begin(entry)).isEmpty();
    }
    run("DROP TABLE late");
  }

  @Test
  void transactionsWithinExactlyOnceOnlyCount() throws TargetException {
    LedgerEntry entry = new LedgerEntry(UUID.randomUUID(), 1, "c", null);
    try (TargetSession session = open()) {
      session.begin(entry);
      session.run("CREATE TABLE #nested (id INT)", new Recorder());
      session.run("BEGIN TRANSACTION; INSERT INTO #nested VALUES (1)", new Recorder());
      session.run("COMMIT", new Recorder());
      session.commit();
    }
    try (TargetSession session = open()) {
      assertThat(session.begin(entry)).isPresent();
    }
  }

  @Override
  String selectDatabase() {
    return "SELECT DB_NAME()";
  }

  @Test
  void aScriptMayGoToAnotherDatabaseUnderExactlyOnce() throws TargetException {
    assertDoneOnceAfter("USE tempdb");
  }

  @Test
  void aScriptMaySwitchItsCountsOffUnderExactlyOnce() throws TargetException {
    LedgerEntry entry = new LedgerEntry(UUID.randomUUID(), 1, "c", null);
    try (TargetSession session = open()) {
      session.begin(entry);
      session.run("SET NOCOUNT ON", new Recorder());
      session.commit();
    }
    try (TargetSession session = open()) {
      assertThat(session.begin(entry)).isPresent();
    }
  }

  @Test
  void aLedgerThatIsNoOrdinaryTableOrSomebodyElsesIsRefused() throws TargetException {
    dropLedger();
    run("CREATE SCHEMA edj");
    run("CREATE VIEW edj.ledger AS SELECT 1 AS attempt");
    assertNotTrusted(settings(), "not an ordinary table");
    run("DROP VIEW edj.ledger");
    run("CREATE TABLE edj.ledger (execution_id UNIQUEIDENTIFIER)");
    run("CREATE TRIGGER edj.lies ON edj.ledger AFTER INSERT AS PRINT 'run by whom?'");
    assertNotTrusted(settings(), "it has triggers");
    dropLedger();
    run("CREATE ROLE tenants");
    run("CREATE SCHEMA edj AUTHORIZATION tenants");
    assertNotTrusted(settings(), "belongs to somebody other than this login");
    dropLedger();
  }

  private void dropLedger() throws TargetException {
    run("DROP TABLE IF EXISTS edj.ledger");
    run("DROP SCHEMA IF EXISTS edj");
  }

  @Test
  void aTransactionLeftOpenIsNotCommitted() throws TargetException {
    LedgerEntry entry = new LedgerEntry(UUID.randomUUID(), 1, "c", null);
    try (TargetSession session = open()) {
      session.begin(entry);
      session.run("BEGIN TRANSACTION", new Recorder());
      assertThat(errorOf(session::commit).kind()).isEqualTo(TargetError.Kind.TRANSACTION);
    }
    try (TargetSession session = open()) {
      assertThat(session.begin(entry)).isEmpty();
    }
  }

  @Test
  void messagesOfEverySeverityArriveInOrderWithTheCounts() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run(createTemporaryTable(), new Recorder());
      session.run(
          """
          PRINT 'one'
          RAISERROR('two', 1, 1)
          INSERT INTO #scratch VALUES (1), (2)
          RAISERROR('three', 10, 1)
          SELECT COUNT(*) FROM #scratch
          PRINT 'four'
          """,
          recorder);
    }
    // RAISERROR with severity 10 reports itself as 0, and so does every one below on the stand-in.
    assertThat(recorder.events)
        .containsExactly(
            "0: one", (standIn ? "0" : "1") + ": two", "2 rows", "0: three", "[[2]]", "0: four");
  }

  @Test
  void aBatchThatGoesOnAfterAnErrorIsReadToItsEndAndFails() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      TargetError error =
          errorOf(() ->
              session.run(
                  """
                  PRINT 'before'
                  RAISERROR('first', 16, 1)
                  SELECT 1
                  RAISERROR('second', 11, 1)
                  PRINT 'after'
                  """,
                  recorder));
      assertThat(error.message()).isEqualTo("first");
      assertThat(error.number()).isEqualTo(50_000);
      assertThat(error.severity()).isEqualTo(16);
      assertThat(error.line()).isEqualTo(2);
    }
    assertThat(recorder.events).containsExactly("0: before", "[[1]]", "11: second", "0: after");
  }

  @Test
  void divisionByZeroBehindRowsIsAnError() throws TargetException {
    try (TargetSession session = open()) {
      TargetError error = errorOf(() -> session.run(DIVISION_BEHIND_ROWS, new Recorder()));
      assertThat(error.number()).isEqualTo(8134);
    }
  }

  private static final String DIVISION_BEHIND_ROWS =
      "SELECT 1 / (2 - n) FROM (VALUES (1), (2), (3)) AS v (n)";

  @Test
  void resultSetsBehindAnErrorStillArrive() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      TargetError between =
          errorOf(() -> session.run("SELECT 1; SELECT 1/0; SELECT 2; PRINT 'on'", recorder));
      assertThat(between.number()).isEqualTo(8134);
      TargetError within =
          errorOf(() -> session.run(DIVISION_BEHIND_ROWS + "; SELECT 3", recorder));
      assertThat(within.number()).isEqualTo(8134);
      session.run("SELECT 4", recorder);
    }
    // Rows that did not reach their end are lost to this recorder. SQL Server sends the metadata of
    // SELECT 1/0, and so a result set that breaks off, or none.
    assertThat(recorder.events).containsExactly("[[1]]", "[[2]]", "0: on", "[[3]]", "[[4]]");
  }

  @Test
  void messagesBehindRowsFollowThemHoweverManyTheyAre() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run(
          """
          CREATE PROCEDURE #talk AS
          SELECT 1
          DECLARE @i INT = 0
          WHILE @i < 250
          BEGIN
            SET @i = @i + 1
            PRINT @i
          END
          """,
          new Recorder());
      session.run("EXEC #talk", recorder);
    }
    List<String> heard = new ArrayList<>(recorder.events);
    // Where they come in one piece, the rows stand behind the first hundreds of messages.
    assertThat(heard.remove("[[1]]")).isTrue();
    assertThat(heard)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 250).mapToObj(i -> "0: " + i).toList());
  }

  @Test
  void aBatchCanRunManyTimesInOneSession() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run(createTemporaryTable(), new Recorder());
      for (int time = 0; time < 3; time++) {
        session.run("INSERT INTO #scratch SELECT COUNT(*) FROM #scratch", new Recorder());
      }
      session.run("SELECT id FROM #scratch ORDER BY id", recorder);
    }
    assertThat(recorder.events).containsExactly("[[0], [1], [2]]");
  }

  @Test
  void statementsThatReportNoCountAreSilent() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run(
          """
          SET NOCOUNT ON
          CREATE TABLE #quiet (id INT)
          INSERT INTO #quiet VALUES (1), (2)
          UPDATE #quiet SET id = 3
          DROP TABLE #quiet
          DECLARE @n INT = 1
          IF @n = 1 SET @n = 2
          """,
          recorder);
    }
    assertThat(recorder.events).isEmpty();
  }

  @Test
  void countsErrorsAndTransactionsOfABatchArriveInOrder() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run("CREATE TABLE #once (id INT PRIMARY KEY)", new Recorder());
      TargetError error =
          errorOf(() ->
              session.run(
                  """
                  INSERT INTO #once VALUES (1), (2)
                  INSERT INTO #once VALUES (1)
                  BEGIN TRANSACTION
                  DELETE FROM #once
                  ROLLBACK
                  UPDATE #once SET id = id + 10
                  """,
                  recorder));
      assertThat(error.number()).isEqualTo(2627);
      assertThat(error.line()).isEqualTo(2);
    }
    // Then "The statement has been terminated." (3621), which a stand-in may leave out.
    recorder.events.removeIf(event -> event.startsWith("0: "));
    assertThat(recorder.events).containsExactly("2 rows", "2 rows", "2 rows");
  }

  @Test
  void anErrorThatWasCaughtIsNone() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run(
          """
          BEGIN TRY
            SELECT 1/0
          END TRY
          BEGIN CATCH
            PRINT 'caught ' + CAST(ERROR_NUMBER() AS VARCHAR(10))
          END CATCH
          """,
          recorder);
      TargetError thrown = errorOf(() -> session.run("THROW 50123, 'thrown', 1", new Recorder()));
      assertThat(thrown.number()).isEqualTo(50_123);
      assertThat(thrown.message()).isEqualTo("thrown");
    }
    // SQL Server sends the metadata of the SELECT before it fails.
    assertThat(recorder.events).endsWith("0: caught 8134").hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void messagesArriveWhileTheBatchStillRuns() throws Exception {
    // The stand-in sends packets when they are full, NOWAIT or not.
    String filler = "PRINT REPLICATE('.', 4000); ".repeat(3);
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      FutureTask<TargetError> run =
          started(() ->
              errorOf(() ->
                  session.run(
                      "RAISERROR('begun', 0, 1) WITH NOWAIT; " + filler + sleep(59), recorder)));
      assertThat(recorder.heard.await(10, TimeUnit.SECONDS)).isTrue();
      session.cancel();
      assertThat(run.get(10, TimeUnit.SECONDS).kind()).isEqualTo(TargetError.Kind.CANCELED);
    }
  }

  @Test
  void anErrorInAProcedureNamesTheProcedureAndItsLine() throws TargetException {
    try (TargetSession session = open()) {
      session.run(
          "CREATE PROCEDURE broken AS\nBEGIN\n  RAISERROR('inside', 16, 1)\nEND", new Recorder());
      TargetError error = errorOf(() -> session.run("EXEC broken", new Recorder()));
      if (standIn) {
        // It names no procedure.
        assertThat(error.message()).isEqualTo("inside");
      } else {
        assertThat(error.message()).startsWith("inside (procedure ").contains("broken, line 3)");
        assertThat(error.line()).isNull();
      }
    }
  }

  @Test
  void anUnknownCertificateIsRefusedBeforeTheLogin() {
    // Holds where the server has no certificate of a public authority.
    ConnectionSettings untrusting = server().withTls(TlsMode.VERIFY_FULL, null);
    TargetError error = errorOf(() -> untrusting.server().engine().open(untrusting).close());
    assertThat(error.kind()).isEqualTo(TargetError.Kind.CONNECT);
    assertThat(error.transientFailure()).isFalse();
  }

  @Test
  void aTrustedCertificateOpensTheSessionItIsFor() throws Exception {
    X509Certificate certificate = ServerCertificate.of(server());
    assumeThat(ServerCertificate.isFor(certificate, server().server().host())).isTrue();
    runWith(server().withTls(TlsMode.VERIFY_FULL, ServerCertificate.pem(certificate)));
  }

  @Test
  void aTrustedCertificateForAnotherHostIsRefusedUnlessOnlyItsAuthorityCounts() throws Exception {
    String pem = ServerCertificate.pem(ServerCertificate.of(server()));
    ConnectionSettings byNumber = at(serverByNumber());
    TargetError error = errorOf(() -> runWith(byNumber.withTls(TlsMode.VERIFY_FULL, pem)));
    assertThat(error.kind()).isEqualTo(TargetError.Kind.CONNECT);
    assertThat(error.transientFailure()).isFalse();
    assertThat(error.message()).contains("certificate");
    runWith(byNumber.withTls(TlsMode.VERIFY_CA, pem));
  }

  @Test
  void aCertificateThatIsNotTheTrustedOneIsRefused() {
    String other = TestCertificate.forHost(server().server().host()).pem();
    for (TlsMode tls : List.of(TlsMode.VERIFY_FULL, TlsMode.VERIFY_CA)) {
      TargetError error = errorOf(() -> runWith(server().withTls(tls, other)));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.CONNECT);
      assertThat(error.transientFailure()).isFalse();
      assertThat(error.message()).contains("certificate");
    }
  }

  /// Another name for the same server, which no certificate has: its IPv4 address as one number.
  private static ServerName serverByNumber() throws UnknownHostException {
    ServerName name = server().server();
    byte[] address = InetAddress.getByName(name.host()).getAddress();
    String number = new BigInteger(1, address).toString();
    return new ServerName(name.engine(), number, name.portOrDefault(), null);
  }

  private static void runWith(ConnectionSettings settings) throws TargetException {
    try (TargetSession session = settings.server().engine().open(settings)) {
      session.run("SELECT 1", new Recorder());
    }
  }
}
