package dev.edj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.MariaDbServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Alone on the server, which a test makes read-only for a while; and never beside its subclass,
/// which shares the name of the database.
@ResourceLock(MariaDbServer.SETTINGS)
class MariaDbTest extends EngineContract {

  private static String database = "";

  @BeforeAll
  static void createDatabase() {
    database = MariaDbServer.shared().createDatabase();
  }

  String scheme() {
    return "mariadb";
  }

  @Override
  ConnectionSettings settings() {
    MariaDbServer server = MariaDbServer.shared();
    return ConnectionSettings.of(
            ServerName.parse(scheme() + "://localhost:" + server.port()),
            database,
            MariaDbServer.USER,
            new Password(MariaDbServer.PASSWORD))
        .withTls(TlsMode.VERIFY_FULL, server.certificatePem());
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
    return "SHOW DATABASES";
  }

  @Override
  String sleep(int seconds) {
    return "SELECT SLEEP(" + seconds + ")";
  }

  @Override
  List<String> prepareTwoResultSets() {
    return List.of("CREATE OR REPLACE PROCEDURE two() BEGIN SELECT 1; SELECT 2; END");
  }

  @Override
  String twoResultSets() {
    return "CALL two()";
  }

  @Override
  List<String> prepareErrorAfterResultSet() {
    return List.of(
        "CREATE OR REPLACE PROCEDURE broken() BEGIN SELECT 1; SIGNAL SQLSTATE '45000'; END");
  }

  @Override
  String errorAfterResultSet() {
    return "CALL broken()";
  }

  @Override
  String errorOnLineThree() {
    return "SELECT\n  1,\n  FROM nowhere";
  }

  @Override
  String createTableWithIdentity() {
    return "CREATE TABLE numbered (id INT AUTO_INCREMENT PRIMARY KEY, name TEXT)";
  }

  @Override
  String millionRows() {
    return "SELECT seq AS n FROM seq_1_to_1000000";
  }

  @Override
  String selectUnicode(String text) {
    return "SELECT '" + text + "'";
  }

  @Override
  String selectApplicationName() {
    return "SELECT attr_value FROM performance_schema.session_connect_attrs"
        + " WHERE attr_name = 'program_name' AND processlist_id = CONNECTION_ID()";
  }

  @Override
  String selectSessionId() {
    return "SELECT CONNECTION_ID()";
  }

  @Override
  String kill(String sessionId) {
    return "KILL " + sessionId;
  }

  @Override
  String missingTableCode() {
    return "1146";
  }

  @Override
  List<String> systemDatabases() {
    return List.of("mysql", "information_schema", "performance_schema");
  }

  @Override
  ConnectionSettings settingsOfAnother() {
    String user = "weak_" + database;
    MariaDbServer.shared()
        .execute("CREATE OR REPLACE USER " + user + " IDENTIFIED BY 'w3ak-Passw0rd'");
    MariaDbServer.shared().execute("GRANT ALL ON " + database + ".* TO " + user);
    return withLogin(settings(), user, "w3ak-Passw0rd");
  }

  @Override
  String missingPermission() {
    return "CONNECTION_ADMIN";
  }

  @Override
  String ledger() {
    return "edj_ledger";
  }

  @Test
  void aTrialSaysThatTablesWithoutTransactionsKeepTheirRows() throws TargetException {
    run("CREATE TABLE plain (id INT) ENGINE = MyISAM");
    try (TargetSession session = open()) {
      session.beginTrial();
      session.run("INSERT INTO plain VALUES (1)", new Recorder());
      session.foreseeCommit();
      TargetError error = errorOf(session::rollBack);
      assertThat(error.kind()).isEqualTo(TargetError.Kind.TRANSACTION);
      assertThat(error.message()).contains("without transactions is in the database");
    }
    run("DROP TABLE plain");
  }

  @Test
  void aTrialWhoseProcedureCommitsSaysThatSomethingIsLeft() throws TargetException {
    run("CREATE OR REPLACE PROCEDURE commits_tried() BEGIN COMMIT; END");
    assertSaysWhatIsLeftAfter("CALL commits_tried()");
  }

  @Test
  void aQueryCannotBecomeOneThatWrites() throws TargetException {
    String write = "INSERT INTO held VALUES (1)";
    run("CREATE TABLE held (id INT)");
    run("CREATE TABLE held_plain (id INT) ENGINE = MyISAM");
    run("CREATE OR REPLACE PROCEDURE commits_and_writes() BEGIN COMMIT; " + write + "; END");
    List<List<String>> queries =
        List.of(
            List.of("SET TRANSACTION READ WRITE", write),
            List.of("SET SESSION TRANSACTION READ WRITE", write),
            List.of("COMMIT", write),
            List.of("/*!50000 COMMIT */", write),
            List.of("START TRANSACTION READ WRITE", write),
            List.of("CREATE TABLE never_asked (id INT)"),
            List.of("INSERT INTO held_plain VALUES (1)"),
            List.of("CALL commits_and_writes()"),
            List.of("PREPARE s FROM 'COMMIT'", "EXECUTE s", write));
    for (List<String> query : queries) {
      assertThat(errorsOfQuery(query.toArray(String[]::new))).as(query.toString()).isNotEmpty();
      assertThat(valuesOf("SELECT COUNT(*) FROM held"))
          .as(query.toString())
          .containsExactly("[[0]]");
    }
    assertThat(valuesOf("SELECT COUNT(*) FROM held_plain")).containsExactly("[[0]]");
    assertThat(valuesOf("SHOW TABLES LIKE 'never_asked'")).containsExactly("[]");
    run("DROP PROCEDURE commits_and_writes");
    run("DROP TABLE held, held_plain");
  }

  /// A procedure can do what it likes behind a commit of its own; that it did is not overlooked.
  @Test
  void aQueryWhoseProcedureSetsOutToWriteIsNoticed() throws TargetException {
    run("CREATE TABLE forced (id INT)");
    run(
        "CREATE OR REPLACE PROCEDURE forces() BEGIN COMMIT; SET SESSION TRANSACTION READ WRITE;"
            + " INSERT INTO forced VALUES (1); END");
    assertThat(errorsOfQuery("CALL forces()"))
        .isNotEmpty()
        .allMatch(error -> error.kind() == TargetError.Kind.TRANSACTION)
        .allMatch(error -> error.message().contains("is in the database"));
    run("DROP PROCEDURE forces");
    run("DROP TABLE forced");
  }

  @Test
  void ddlOnTrialIsRefusedBeforeItIsSent() throws TargetException {
    try (TargetSession session = open()) {
      session.beginTrial();
      TargetError error =
          errorOf(() -> session.run("CREATE TABLE never_tried (id INT)", new Recorder()));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.TRANSACTION);
      assertThat(error.message()).contains("a trial demands", "it says CREATE");
      session.rollBack();
    }
    assertThat(valuesOf("SHOW TABLES LIKE 'never_tried'")).containsExactly("[]");
  }

  @Test
  void aSurveyShowsGrantsWithoutThePassword() throws TargetException {
    ConnectionSettings weak = settingsOfAnother();
    try (TargetSession session = weak.server().engine().open(weak)) {
      List<String> findings = session.survey().findings();
      assertThat(findings)
          .contains("by grants on the whole database may create: yes; alter: yes; drop: yes")
          .anyMatch(finding -> finding.startsWith("GRANT ALL PRIVILEGES ON `" + database))
          .noneMatch(finding -> finding.contains("IDENTIFIED"));
    }
  }

  @Test
  void aServerThatIsReadOnlyIsAnObstacleToThoseItBinds() throws TargetException {
    ConnectionSettings weak = settingsOfAnother();
    MariaDbServer.shared().execute("SET GLOBAL read_only = ON");
    try (TargetSession session = weak.server().engine().open(weak);
        TargetSession administrator = open()) {
      assertThat(session.survey().obstacle().orElseThrow()).contains("read_only");
      assertThat(administrator.survey().obstacle()).isEmpty();
    } finally {
      MariaDbServer.shared().execute("SET GLOBAL read_only = OFF");
    }
  }

  @Test
  void whatCommitsByItselfIsRefusedBeforeItDoes() throws TargetException {
    for (String batch :
        List.of(
            "CREATE TABLE never (id INT)",
            "/* a comment */ drop table never",
            "/*!50000 TRUNCATE never */",
            "/*!999999 of no server yet */ TRUNCATE never",
            "# a comment\nBEGIN",
            "START TRANSACTION",
            "ROLLBACK",
            "ANALYZE TABLE never",
            "LOCK TABLES never READ")) {
      LedgerEntry entry = new LedgerEntry(UUID.randomUUID(), 1, "c", null);
      try (TargetSession session = open()) {
        session.begin(entry);
        TargetError error = errorOf(() -> session.run(batch, new Recorder()));
        assertThat(error.kind()).as(batch).isEqualTo(TargetError.Kind.TRANSACTION);
        assertThat(error.transientFailure()).isFalse();
        assertThat(error.message()).contains("Nothing of the script was kept");
      }
      try (TargetSession session = open()) {
        assertThat(session.begin(entry)).as(batch).isEmpty();
      }
    }
  }

  @Test
  void temporaryTablesAndSavepointsGoWithExactlyOnce() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.begin(new LedgerEntry(UUID.randomUUID(), 1, "c", null));
      session.run("CREATE TEMPORARY TABLE kept (id INT)", new Recorder());
      session.run("SAVEPOINT a", new Recorder());
      session.run("INSERT INTO kept VALUES (1)", new Recorder());
      session.run("ROLLBACK TO a", new Recorder());
      session.run("BEGIN NOT ATOMIC INSERT INTO kept VALUES (2); END", new Recorder());
      session.run("SELECT id FROM kept", recorder);
      session.commit();
    }
    assertThat(recorder.events).containsExactly("[[2]]");
  }

  @Test
  void aProcedureThatCommitsIsNoticed() throws TargetException {
    run("CREATE OR REPLACE PROCEDURE commits() BEGIN COMMIT; END");
    assertNeverRunAgainAfter("CALL commits()");
  }

  @Test
  void aProcedureThatCommitsAndGoesOnIsNoticed() throws TargetException {
    run("CREATE OR REPLACE PROCEDURE hops() BEGIN COMMIT; START TRANSACTION; END");
    assertNeverRunAgainAfter("CALL hops()");
  }

  @Test
  void aScriptMayGoToAnotherDatabaseUnderExactlyOnce() throws TargetException {
    assertDoneOnceAfter("USE " + MariaDbServer.shared().createDatabase());
  }

  @Test
  void aLedgerThatIsNoOrdinaryTableIsRefused() throws TargetException {
    String columns =
        "(execution_id CHAR(36), attempt INT, content TEXT, started_at DATETIME, ended_at DATETIME)";
    ConnectionSettings elsewhere = settings().withDatabase(MariaDbServer.shared().createDatabase());
    String ledger = elsewhere.database() + ".edj_ledger";
    run("CREATE VIEW " + ledger + " AS SELECT 1 AS attempt");
    assertNotTrusted(elsewhere, "not an ordinary table");
    run("DROP VIEW " + ledger);
    run("CREATE TABLE " + ledger + columns + " ENGINE = MyISAM");
    assertNotTrusted(elsewhere, "not an ordinary table of the engine InnoDB");
    run("ALTER TABLE " + ledger + " ENGINE = InnoDB");
    run(
        "CREATE TRIGGER %s_lies BEFORE INSERT ON %s FOR EACH ROW SET NEW.attempt = 7"
            .formatted(ledger, ledger));
    assertNotTrusted(elsewhere, "it has triggers");
  }

  @Test
  void aTemporaryTableOfTheLedgersNameTakesNoEntry() throws TargetException {
    LedgerEntry entry = new LedgerEntry(UUID.randomUUID(), 1, "c", null);
    try (TargetSession session = open()) {
      session.begin(entry);
      session.run(
          "CREATE TEMPORARY TABLE edj_ledger (execution_id CHAR(36), ended_at DATETIME)",
          new Recorder());
      assertThat(errorOf(session::commit).kind()).isEqualTo(TargetError.Kind.TRANSACTION);
    }
    try (TargetSession session = open()) {
      assertThat(session.begin(entry)).isEmpty();
    }
  }

  @Test
  void warningsFollowTheStatementThatCausedThem() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run("DROP TABLE IF EXISTS not_there", recorder);
      session.run("SELECT 1/0", recorder);
      session.run("SELECT 1", recorder);
    }
    assertThat(recorder.events)
        .containsExactly(
            "0 rows",
            "Note: Unknown table '" + database + ".not_there'",
            "[[null]]",
            "Warning: Division by 0",
            "[[1]]");
    assertThat(recorder.messages.getLast().number()).isEqualTo(1365);
  }

  @Test
  void aLockBelongsToOneDatabase() throws TargetException {
    ConnectionSettings here = settings();
    ConnectionSettings there = here.withDatabase(MariaDbServer.shared().createDatabase());
    try (TargetSession first = here.server().engine().open(here);
        TargetSession second = there.server().engine().open(there)) {
      lock(first, "execution", Duration.ofSeconds(1));
      lock(second, "execution", Duration.ofSeconds(1));
    }
  }

  @Test
  void anUnknownCertificateIsRefusedBeforeTheLogin() {
    ConnectionSettings untrusting = settings().withTls(TlsMode.VERIFY_FULL, null);
    TargetError error = errorOf(() -> untrusting.server().engine().open(untrusting).close());
    assertThat(error.kind()).isEqualTo(TargetError.Kind.CONNECT);
    assertThat(error.transientFailure()).isFalse();
    assertThat(error.message()).contains("certificate");
  }

  @Test
  void aTrustedCertificateForAnotherHostIsRefusedUnlessOnlyItsAuthorityCounts() throws Exception {
    MariaDbServer server = MariaDbServer.shared();
    ConnectionSettings byAddress =
        ConnectionSettings.of(
            ServerName.parse(scheme() + "://127.0.0.1:" + server.port()),
            database,
            MariaDbServer.USER,
            new Password(MariaDbServer.PASSWORD));
    ConnectionSettings full = byAddress.withTls(TlsMode.VERIFY_FULL, server.certificatePem());
    TargetError error = errorOf(() -> full.server().engine().open(full).close());
    assertThat(error.kind()).isEqualTo(TargetError.Kind.CONNECT);
    assertThat(error.transientFailure()).isFalse();
    ConnectionSettings chain = byAddress.withTls(TlsMode.VERIFY_CA, server.certificatePem());
    chain.server().engine().open(chain).close();
  }

  @Test
  void withoutACheckOfTheCertificateTheSessionIsStillEncrypted() throws TargetException {
    Recorder recorder = new Recorder();
    ConnectionSettings unchecked = settings().withTls(TlsMode.REQUIRE, null);
    try (TargetSession session = unchecked.server().engine().open(unchecked)) {
      session.run("SHOW SESSION STATUS LIKE 'Ssl_version'", recorder);
    }
    assertThat(recorder.events.getFirst()).startsWith("[[Ssl_version, TLSv1.");
  }
}
