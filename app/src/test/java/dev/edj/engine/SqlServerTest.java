package dev.edj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Needs a SQL Server: its address (`sqlserver://host:port`) in `EDJ_TEST_SQLSERVER_URL`, a login
/// that may create databases in `EDJ_TEST_SQLSERVER_USER` and `EDJ_TEST_SQLSERVER_PASSWORD`. Its
/// certificate is not checked.
///
/// The tests hold SQL Server's documented behaviour. Servers that only speak its protocol may
/// differ where a comment says so.
@EnabledIfEnvironmentVariable(
    named = "EDJ_TEST_SQLSERVER_URL",
    matches = ".+",
    disabledReason = "no SQL Server: set EDJ_TEST_SQLSERVER_URL, _USER and _PASSWORD")
class SqlServerTest extends EngineContract {

  private static final String DATABASE = "edj_test_" + ProcessHandle.current().pid();

  @BeforeAll
  static void createDatabase() throws TargetException {
    runInMaster("CREATE DATABASE " + DATABASE);
  }

  @AfterAll
  static void dropDatabase() throws TargetException {
    runInMaster("DROP DATABASE " + DATABASE);
  }

  private static void runInMaster(String sql) throws TargetException {
    ConnectionSettings master = server().withDatabase("master");
    try (TargetSession session = master.server().engine().open(master)) {
      session.run(sql, new Recorder());
    }
  }

  private static ConnectionSettings server() {
    return ConnectionSettings.of(
            ServerName.parse(environment("EDJ_TEST_SQLSERVER_URL")),
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
  String sleep(int seconds) {
    return "WAITFOR DELAY '00:00:%02d'".formatted(seconds % 60 == 0 ? 59 : seconds);
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
    return """
    WITH ten AS (SELECT d FROM (VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)) AS v (d))
    SELECT a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d + 100000 * f.d + 1 AS n
    FROM ten a, ten b, ten c, ten d, ten e, ten f
    """;
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
    return "208";
  }

  @Override
  List<String> systemDatabases() {
    // A stand-in may lack model.
    return List.of("master", "tempdb", "msdb");
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
    // RAISERROR with severity 10 reports itself as 0.
    assertThat(recorder.events)
        .containsExactly("0: one", "1: two", "2 rows", "0: three", "[[2]]", "0: four");
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
      assertThat(errorOf(() -> session.run("SELECT 1; SELECT 1/0", new Recorder())).number())
          .isEqualTo(8134);
      assertThat(
              errorOf(() ->
                      session.run(
                          "SELECT 1 / (2 - n) FROM (VALUES (1), (2), (3)) AS v (n)",
                          new Recorder()))
                  .number())
          .isEqualTo(8134);
    }
  }

  @Test
  void messagesArriveWhileTheBatchStillRuns() throws Exception {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      FutureTask<TargetError> run =
          started(() ->
              errorOf(() ->
                  session.run(
                      "RAISERROR('begun', 0, 1) WITH NOWAIT WAITFOR DELAY '00:00:59'", recorder)));
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
      assertThat(error.message()).startsWith("inside (procedure ").contains("broken, line 3)");
      assertThat(error.line()).isNull();
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
}
