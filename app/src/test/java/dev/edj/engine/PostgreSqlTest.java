package dev.edj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.PostgresServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PostgreSqlTest extends EngineContract {

  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final String DATABASE = SERVER.createDatabase();

  @Override
  ConnectionSettings settings() {
    return ConnectionSettings.of(
            ServerName.parse("postgresql://localhost:" + SERVER.port()),
            DATABASE,
            PostgresServer.USER,
            new Password(PostgresServer.PASSWORD))
        .withTls(TlsMode.VERIFY_FULL, SERVER.certificatePem());
  }

  @Override
  String createTemporaryTable() {
    return "CREATE TEMPORARY TABLE scratch (id INT)";
  }

  @Override
  String temporaryTable() {
    return "scratch";
  }

  @Override
  String wordOfListing() {
    return "pg_database";
  }

  @Override
  String sleep(int seconds) {
    return "DO $$ BEGIN PERFORM pg_sleep(" + seconds + "); END $$";
  }

  @Override
  String twoResultSets() {
    return "SELECT 1; SELECT 2";
  }

  @Override
  String errorAfterResultSet() {
    return "SELECT 1; SELECT 1/0";
  }

  @Override
  String errorOnLineThree() {
    return "SELECT 1;\nSELECT '🦆',\n  no_such_column;\n";
  }

  @Override
  String createTableWithIdentity() {
    return "CREATE TABLE numbered (id INT GENERATED ALWAYS AS IDENTITY, name TEXT)";
  }

  @Override
  String millionRows() {
    return "SELECT n FROM generate_series(1, 1000000) AS n";
  }

  @Override
  String selectUnicode(String text) {
    return "SELECT '" + text + "'";
  }

  @Override
  String selectApplicationName() {
    return "SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()";
  }

  @Override
  String selectSessionId() {
    return "SELECT pg_backend_pid()";
  }

  @Override
  String kill(String sessionId) {
    return "SELECT pg_terminate_backend(" + sessionId + ")";
  }

  @Override
  String missingTableCode() {
    return "42P01";
  }

  @Override
  List<String> systemDatabases() {
    return List.of("postgres");
  }

  @Override
  ConnectionSettings settingsOfAnother() {
    String role = "weak_" + DATABASE;
    SERVER.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'w3ak-Passw0rd'");
    return withLogin(settings(), role, "w3ak-Passw0rd");
  }

  @Override
  String missingPermission() {
    return "pg_signal_backend";
  }

  @Test
  void aTrialFindsWhatTheCommitWouldFind() throws TargetException {
    run("CREATE TABLE late (id INT UNIQUE DEFERRABLE INITIALLY DEFERRED)");
    try (TargetSession session = open()) {
      session.beginTrial();
      session.run("INSERT INTO late VALUES (1), (1)", new Recorder());
      assertThat(errorOf(session::foreseeCommit).sqlState()).isEqualTo("23505");
      session.rollBack();
    }
    run("DROP TABLE late");
  }

  @Test
  void aQueryCannotBecomeOneThatWrites() throws TargetException {
    String write = "INSERT INTO held VALUES (1)";
    run("CREATE TABLE held (id INT)");
    run("CREATE SEQUENCE drawn");
    run("CREATE FUNCTION writes() RETURNS void LANGUAGE sql AS '%s'".formatted(write));
    run(
        "CREATE PROCEDURE commits_and_writes() LANGUAGE plpgsql AS 'BEGIN COMMIT; %s; END'"
            .formatted(write));
    for (String batch :
        List.of(
            "SET TRANSACTION READ WRITE; " + write,
            "SET transaction_read_only = off; " + write,
            "SELECT set_config('transaction_read_only', 'off', false); " + write,
            "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE; " + write,
            "SET default_transaction_read_only = off; " + write,
            "SAVEPOINT a; SET TRANSACTION READ WRITE; " + write,
            "COMMIT; " + write,
            "ROLLBACK AND CHAIN; " + write,
            "-- a line ends here:\rCOMMIT; -- and here:\r" + write,
            "SET edj.name = E'a'\n'b\\' '; COMMIT; " + write + "; --'",
            "SET standard_conforming_strings = off; SELECT 1; SET edj.name = '\\' '; COMMIT; "
                + write
                + "; --'",
            "SELECT writes()",
            "CALL commits_and_writes()",
            "DO $$ BEGIN COMMIT; INSERT INTO held VALUES (1); END $$",
            "WITH gone AS (INSERT INTO held VALUES (1) RETURNING id) SELECT id FROM gone",
            "EXPLAIN ANALYZE " + write,
            "CREATE TEMPORARY TABLE scratch AS SELECT 1",
            "SELECT nextval('drawn')")) {
      assertThat(errorsOfQuery(batch)).as(batch).hasSize(1);
    }
    assertThat(valuesOf("SELECT COUNT(*) FROM held")).containsExactly("[[0]]");
    assertThat(valuesOf("SELECT is_called FROM drawn")).containsExactly("[[f]]");
    run("DROP PROCEDURE commits_and_writes; DROP FUNCTION writes; DROP SEQUENCE drawn");
    run("DROP TABLE held");
  }

  /// Nothing less would do on a standby.
  @Test
  void aQueryTakesNoNumberOfATransaction() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.beginReading();
      session.run("SELECT txid_current_if_assigned() IS NULL", recorder);
      session.rollBack();
    }
    assertThat(recorder.events).containsExactly("[[t]]");
  }

  @Test
  void aQueryIsKnownByItsTimeWhateverItSets() throws TargetException {
    assertThat(
            errorsOfQuery(
                "SET TimeZone = 'Asia/Tokyo'; SET extra_float_digits = -15",
                "SELECT pg_sleep(0.01)"))
        .isEmpty();
  }

  @Test
  void aDatabaseThatCannotBeWrittenIsAnObstacle() throws TargetException {
    ConnectionSettings readOnly = settings().withDatabase(SERVER.createDatabase());
    SERVER.execute(
        "ALTER DATABASE %s SET default_transaction_read_only = on".formatted(readOnly.database()));
    try (TargetSession session = readOnly.server().engine().open(readOnly)) {
      assertThat(session.survey().obstacle().orElseThrow()).contains("read-only");
    }
  }

  @Test
  void aLoginWithoutRightsIsToldWhatItMayNot() throws TargetException {
    String role = "unable_" + DATABASE;
    SERVER.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'w3ak-Passw0rd'");
    ConnectionSettings poor =
        withLogin(settings().withDatabase(SERVER.createDatabase()), role, "w3ak-Passw0rd");
    LedgerEntry entry = new LedgerEntry(UUID.randomUUID(), 1, "c", null);
    try (TargetSession session = poor.server().engine().open(poor)) {
      assertThat(session.survey().findings())
          .contains(
              "superuser: no; owner of the database: no",
              "may create schemas: no; temporary tables: yes",
              "may create tables in schema 'public': no; may alter 0 of its 0 tables");
      assertThat(session.examineLedger(entry).obstacle().orElseThrow())
          .isEqualTo(
              "exactly once: there is no ledger edj.ledger yet, and this login may not create it");
    }
    ConnectionSettings owner = settings().withDatabase(poor.database());
    try (TargetSession session = owner.server().engine().open(owner)) {
      session.begin(entry);
      session.commit();
    }
    try (TargetSession session = poor.server().engine().open(poor)) {
      assertThat(session.examineLedger(entry).obstacle().orElseThrow())
          .contains("edj.ledger cannot be used", "permission denied");
      session.run("SELECT 1", new Recorder());
    }
  }

  @Test
  void whatCannotBePartOfATransactionIsRefused() throws TargetException {
    for (String batch :
        List.of(
            "SELECT 1; COMMIT",
            "-- a comment\nBEGIN; SELECT 1",
            "ROLLBACK",
            "ROLLBACK AND CHAIN",
            "PREPARE TRANSACTION 'x'",
            "PREPARE/* here, too */TRANSACTION 'x'",
            "DO $$ BEGIN COMMIT; END $$",
            "VACUUM pg_class",
            "CREATE DATABASE never")) {
      try (TargetSession session = open()) {
        session.begin(new LedgerEntry(UUID.randomUUID(), 1, "c", null));
        TargetError error = errorOf(() -> session.run(batch, new Recorder()));
        assertThat(error.kind()).as(batch).isEqualTo(TargetError.Kind.TRANSACTION);
        assertThat(error.transientFailure()).isFalse();
      }
    }
  }

  @Test
  void savepointsAndRowsGoWithExactlyOnce() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.begin(new LedgerEntry(UUID.randomUUID(), 1, "c", null));
      session.run("CREATE TEMPORARY TABLE kept (id INT); SAVEPOINT a", new Recorder());
      session.run("INSERT INTO kept VALUES (1); ROLLBACK TO SAVEPOINT a", new Recorder());
      session.run("DO $$ BEGIN INSERT INTO kept VALUES (2); END $$", new Recorder());
      session.run("SELECT id FROM kept", recorder);
      session.commit();
    }
    assertThat(recorder.events).containsExactly("[[2]]");
  }

  @Test
  void aLedgerThatTheAdministratorMadeNeedsNoMoreThanItsTable() throws TargetException {
    try (TargetSession session = open()) {
      session.begin(new LedgerEntry(UUID.randomUUID(), 1, "c", null));
    }
    String role = "rightless_" + DATABASE;
    SERVER.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'w3ak-Passw0rd'");
    run("GRANT USAGE ON SCHEMA edj TO " + role);
    run("GRANT SELECT, INSERT, UPDATE, DELETE ON edj.ledger TO " + role);
    ConnectionSettings poor = withLogin(settings(), role, "w3ak-Passw0rd");
    try (TargetSession session = poor.server().engine().open(poor)) {
      assertThat(session.begin(new LedgerEntry(UUID.randomUUID(), 1, "c", null))).isEmpty();
      session.commit();
    }
  }

  private static final String LEDGER_COLUMNS =
      "(execution_id uuid, attempt int, content text, started_at timestamptz, ended_at timestamptz)";

  @Test
  void aDatabaseIsEnteredWhateverItsName() throws TargetException {
    for (String name : List.of(" ", " a+b%20/c?d=e ")) {
      SERVER.execute("CREATE DATABASE \"" + name + "\"");
      try {
        ConnectionSettings there = settings().withDatabase(name);
        Recorder recorder = new Recorder();
        try (TargetSession session = there.server().engine().open(there)) {
          session.run("SELECT current_database()", recorder);
        }
        assertThat(recorder.events).containsExactly("[[" + name + "]]");
      } finally {
        SERVER.execute("DROP DATABASE \"" + name + "\" WITH (FORCE)");
      }
    }
  }

  /// The server would cut it, and let the login into the database that it did not name.
  @Test
  void aNameThatIsTooLongLeadsToNoOtherDatabase() {
    String longest = "ä".repeat(31) + "x";
    SERVER.execute("CREATE DATABASE \"" + longest + "\"");
    try {
      ConnectionSettings there = settings().withDatabase(longest + "y");
      TargetError error = errorOf(() -> there.server().engine().open(there).close());
      assertThat(error.kind()).isEqualTo(TargetError.Kind.LOGIN);
      assertThat(error.message()).contains("63 bytes");
    } finally {
      SERVER.execute("DROP DATABASE \"" + longest + "\" WITH (FORCE)");
    }
  }

  @Test
  void aLedgerThatIsNoOrdinaryTableIsRefused() throws TargetException {
    ConnectionSettings elsewhere = settings().withDatabase(SERVER.createDatabase());
    for (String flawed :
        List.of(
            "CREATE VIEW edj.ledger AS SELECT 1 AS attempt",
            "CREATE UNLOGGED TABLE edj.ledger " + LEDGER_COLUMNS,
            "CREATE TABLE edj.ledger " + LEDGER_COLUMNS + " PARTITION BY HASH (attempt)")) {
      runIn(elsewhere, "DROP SCHEMA IF EXISTS edj CASCADE; CREATE SCHEMA edj; " + flawed);
      assertNotTrusted(elsewhere, "not an ordinary, logged table");
    }
    for (String flaw :
        List.of(
            "CREATE RULE lies AS ON UPDATE TO edj.ledger DO INSTEAD NOTHING",
            "ALTER TABLE edj.ledger ENABLE ROW LEVEL SECURITY",
            "CREATE TRIGGER lies BEFORE UPDATE ON edj.ledger FOR EACH ROW"
                + " EXECUTE FUNCTION suppress_redundant_updates_trigger()")) {
      runIn(elsewhere, "DROP SCHEMA edj CASCADE; CREATE SCHEMA edj");
      runIn(elsewhere, "CREATE TABLE edj.ledger " + LEDGER_COLUMNS + "; " + flaw);
      assertNotTrusted(elsewhere, "triggers, rules or row security");
    }
  }

  @Test
  void aLedgerOfSomebodyElseIsRefused() throws TargetException {
    ConnectionSettings elsewhere = settings().withDatabase(SERVER.createDatabase());
    String tenant = "tenant_" + elsewhere.database();
    SERVER.execute("CREATE ROLE " + tenant);
    runIn(elsewhere, "CREATE SCHEMA edj AUTHORIZATION " + tenant);
    assertNotTrusted(elsewhere, "belongs to somebody other");
    runIn(elsewhere, "ALTER SCHEMA edj OWNER TO CURRENT_USER");
    runIn(elsewhere, "ALTER TABLE edj.ledger OWNER TO " + tenant);
    assertNotTrusted(elsewhere, "belongs to somebody other");
  }

  @Test
  void aLoginMakesALedgerForItself() throws TargetException {
    ConnectionSettings elsewhere = settings().withDatabase(SERVER.createDatabase());
    String role = "maker_" + elsewhere.database();
    SERVER.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'w3ak-Passw0rd'");
    SERVER.execute("GRANT CREATE ON DATABASE " + elsewhere.database() + " TO " + role);
    ConnectionSettings maker = withLogin(elsewhere, role, "w3ak-Passw0rd");
    LedgerEntry entry = new LedgerEntry(UUID.randomUUID(), 1, "c", null);
    for (boolean done : List.of(false, true)) {
      try (TargetSession session = maker.server().engine().open(maker)) {
        assertThat(session.begin(entry).isPresent()).isEqualTo(done);
        if (!done) {
          session.commit();
        }
      }
    }
  }

  /// What comes before `pg_catalog` in a search path is used by a script, but not by EDJ itself.
  @Test
  void aSearchPathLeadsTheScriptOnly() throws TargetException {
    Recorder recorder = new Recorder();
    ConnectionSettings elsewhere = settings().withDatabase(SERVER.createDatabase());
    runIn(
        elsewhere,
        """
        CREATE SCHEMA trap;
        CREATE DOMAIN trap.uuid AS text CHECK (length(VALUE) < 0);
        CREATE DOMAIN trap.text AS pg_catalog.text CHECK (length(VALUE) < 0);
        """);
    for (String type :
        List.of("pg_catalog.uuid", "oid", "name", "pg_catalog.text", "int", "timestamptz")) {
      runIn(
          elsewhere,
          """
          CREATE FUNCTION trap.spring(%1$s, %1$s) RETURNS boolean LANGUAGE plpgsql AS
          $$ BEGIN RAISE 'trapped'; END $$;
          CREATE OPERATOR trap.=  (LEFTARG = %1$s, RIGHTARG = %1$s, FUNCTION = trap.spring);
          CREATE OPERATOR trap.<  (LEFTARG = %1$s, RIGHTARG = %1$s, FUNCTION = trap.spring);
          CREATE OPERATOR trap.<= (LEFTARG = %1$s, RIGHTARG = %1$s, FUNCTION = trap.spring);
          CREATE OPERATOR trap.<> (LEFTARG = %1$s, RIGHTARG = %1$s, FUNCTION = trap.spring)
          """
              .formatted(type));
    }
    SERVER.execute(
        "ALTER DATABASE " + elsewhere.database() + " SET search_path = trap, pg_catalog");
    try (TargetSession session = elsewhere.server().engine().open(elsewhere);
        TargetSession other = elsewhere.server().engine().open(elsewhere)) {
      lock(session, "searching", Duration.ofSeconds(1));
      TargetError held = errorOf(() -> lock(other, "searching", Duration.ofMillis(1)));
      assertThat(held.message()).contains("It is held by session");
      session.begin(new LedgerEntry(UUID.randomUUID(), 1, "c", null));
      session.run("SHOW search_path", recorder);
      session.commit();
    }
    assertThat(recorder.events).containsExactly("[[trap, pg_catalog]]");
  }

  private static void runIn(ConnectionSettings settings, String batch) throws TargetException {
    try (TargetSession session = settings.server().engine().open(settings)) {
      session.run(batch, new Recorder());
    }
  }

  @Test
  void anErrorWithoutAPositionIsOnTheLineOfItsStatement() throws TargetException {
    String raise = "DO $$ BEGIN RAISE EXCEPTION 'no'; END $$";
    for (String first : List.of("SELECT 1", "SET lock_timeout = '1s'")) {
      try (TargetSession session = open()) {
        String script = first + ";\n\n-- line 3\n" + raise + ";\n" + first + ";\n";
        assertThat(errorOf(() -> session.run(script, new Recorder())).line()).isEqualTo(4);
      }
    }
  }

  @Test
  void messagesOfEverySeverityArriveInOrderWithTheCounts() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run("CREATE TEMPORARY TABLE noted (id INT)", new Recorder());
      session.run(
          """
          SET client_min_messages = debug1;
          DO $$ BEGIN RAISE NOTICE 'one'; RAISE WARNING 'two' USING HINT = 'why'; END $$;
          INSERT INTO noted VALUES (1), (2);
          DO $$ BEGIN RAISE INFO 'three'; RAISE DEBUG 'four'; RAISE LOG 'five'; END $$;
          """,
          recorder);
    }
    assertThat(recorder.events)
        .containsExactly(
            "NOTICE: one",
            "WARNING: two\nHint: why",
            "2 rows",
            "INFO: three",
            "DEBUG: four",
            "LOG: five");
  }

  @Test
  void messagesOfAQueryThatReturnsRowsAreKept() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run(
          """
          CREATE FUNCTION pg_temp.noisy(n INT) RETURNS INT LANGUAGE plpgsql AS
          $$ BEGIN IF n % 1000 = 0 THEN RAISE NOTICE '%', n; END IF; RETURN n; END $$
          """,
          new Recorder());
      session.run("SELECT count(pg_temp.noisy(n)) FROM generate_series(1, 2000) n", recorder);
      session.run("SELECT pg_temp.noisy(n) FROM generate_series(999, 1001) n", recorder);
    }
    assertThat(recorder.events)
        .containsExactlyInAnyOrder(
            "NOTICE: 1000", "NOTICE: 2000", "[[2000]]", "NOTICE: 1000", "[[999], [1000], [1001]]");
  }

  @Test
  void messagesArriveWhileTheBatchStillRuns() throws Exception {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      FutureTask<TargetError> run =
          started(() ->
              errorOf(() ->
                  session.run(
                      "DO $$ BEGIN RAISE NOTICE 'begun'; PERFORM pg_sleep(60); END $$", recorder)));
      assertThat(recorder.heard.await(10, TimeUnit.SECONDS)).isTrue();
      session.cancel();
      assertThat(run.get(10, TimeUnit.SECONDS).sqlState()).isEqualTo("57014");
    }
  }

  @Test
  void aBatchIsOneTransactionWithRowsOrWithout() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run("CREATE TABLE whole (id INT)", new Recorder());
      errorOf(() -> session.run("INSERT INTO whole VALUES (1); SELECT 1/0", new Recorder()));
      errorOf(
          () -> session.run("INSERT INTO whole VALUES (2); CREATE TABLE whole ()", new Recorder()));
      session.run("SELECT count(*) FROM whole; DROP TABLE whole", recorder);
    }
    assertThat(recorder.events).containsExactly("[[0]]");
  }

  @Test
  void theScriptsOwnTransactionsAreItsOwn() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run("CREATE TEMPORARY TABLE own (id INT)", new Recorder());
      session.run("BEGIN; INSERT INTO own VALUES (1); SELECT id FROM own", new Recorder());
      session.run("ROLLBACK; SELECT count(*) FROM own", recorder);
      session.run("INSERT INTO own VALUES (2); SELECT 1; COMMIT; SELECT 2; ROLLBACK", recorder);
      session.run("SELECT id FROM own", recorder);
    }
    assertThat(recorder.events).containsExactly("[[0]]", "1 rows", "[[1]]", "[[2]]", "[[2]]");
  }

  @Test
  void statementsThatNeedNoTransactionRun() throws TargetException {
    try (TargetSession session = open()) {
      session.run("CREATE TABLE vacuumed (id INT)", new Recorder());
      session.run("VACUUM vacuumed", new Recorder());
      session.run("CREATE INDEX CONCURRENTLY vacuumed_id ON vacuumed (id)", new Recorder());
      session.run("DROP TABLE vacuumed;\n\n-- the end", new Recorder());
    }
  }

  @Test
  void anErrorInALateRowIsAnErrorOnItsLine() throws TargetException {
    try (TargetSession session = open()) {
      TargetError error =
          errorOf(() ->
              session.run(
                  "SELECT 1 / (90000 - n) FROM generate_series(1, 100000) n", new Recorder()));
      assertThat(error.sqlState()).isEqualTo("22012");
    }
  }

  @Test
  void operatorsThatLookLikeParametersPassUnchanged() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run("SELECT '{\"a\": 1}'::jsonb ? 'a'; SELECT $x$ ?? $1 ; $x$", recorder);
    }
    assertThat(recorder.events).containsExactly("[[t]]", "[[ ?? $1 ; ]]");
  }

  @Test
  void anUnknownCertificateIsRefusedBeforeTheLogin() {
    ConnectionSettings untrusting = settings().withTls(TlsMode.VERIFY_FULL, null);
    TargetError error = errorOf(() -> untrusting.server().engine().open(untrusting));
    assertThat(error.kind()).isEqualTo(TargetError.Kind.CONNECT);
    assertThat(error.transientFailure()).isFalse();
    assertThat(error.message()).contains("certificate");
  }

  @Test
  void aTrustedCertificateForAnotherHostIsRefusedUnlessOnlyItsAuthorityCounts() throws Exception {
    ConnectionSettings byAddress =
        ConnectionSettings.of(
            ServerName.parse("postgresql://127.0.0.1:" + SERVER.port()),
            DATABASE,
            PostgresServer.USER,
            new Password(PostgresServer.PASSWORD));
    ConnectionSettings full = byAddress.withTls(TlsMode.VERIFY_FULL, SERVER.certificatePem());
    TargetError error = errorOf(() -> full.server().engine().open(full));
    assertThat(error.kind()).isEqualTo(TargetError.Kind.CONNECT);
    assertThat(error.transientFailure()).isFalse();
    ConnectionSettings chain = byAddress.withTls(TlsMode.VERIFY_CA, SERVER.certificatePem());
    chain.server().engine().open(chain).close();
  }

  @Test
  void aServerThatAsksForAClearTextPasswordGetsNothing() throws Exception {
    assertRefused(new byte[] {'R', 0, 0, 0, 8, 0, 0, 0, 3});
  }

  @Test
  void aServerThatAsksForAnMd5PasswordGetsNothing() throws Exception {
    assertRefused(new byte[] {'R', 0, 0, 0, 12, 0, 0, 0, 5, 1, 2, 3, 4});
  }

  private static void assertRefused(byte[] request) throws Exception {
    try (ServerSocket fake = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FutureTask<String> received =
          started(() -> {
            try (Socket client = fake.accept();
                InputStream in = client.getInputStream()) {
              int length = (in.read() << 24) + (in.read() << 16) + (in.read() << 8) + in.read();
              in.readNBytes(length - 4);
              client.getOutputStream().write(request);
              return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            }
          });
      ConnectionSettings settings =
          ConnectionSettings.of(
                  ServerName.parse("postgresql://127.0.0.1:" + fake.getLocalPort()),
                  "db",
                  "someone",
                  new Password("S3cret"))
              .withTls(TlsMode.DISABLE, null);
      TargetError error = errorOf(() -> settings.server().engine().open(settings));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.LOGIN);
      assertThat(error.transientFailure()).isFalse();
      assertThat(received.get(10, TimeUnit.SECONDS)).isIn("", "X\0\0\0\4");
    }
  }
}
