package dev.edj.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.edj.testing.SilencingProxy;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// What every engine does alike. A subclass names the server, and how its SQL says the same.
abstract class EngineContract {

  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(60);

  /// A login that may do everything, in a database of its own.
  abstract ConnectionSettings settings();

  abstract String createTemporaryTable();

  abstract String temporaryTable();

  /// Waits on the server, as a statement that returns no rows or few.
  abstract String sleep(int seconds);

  /// Creates what [#twoResultSets()] needs, if anything.
  List<String> prepareTwoResultSets() {
    return List.of();
  }

  /// Returns 1, then 2.
  abstract String twoResultSets();

  /// Creates what [#errorAfterResultSet()] needs, if anything.
  List<String> prepareErrorAfterResultSet() {
    return List.of();
  }

  /// Returns 1, then fails.
  abstract String errorAfterResultSet();

  /// A syntax error or missing object on line 3.
  abstract String errorOnLineThree();

  abstract String createTableWithIdentity();

  /// Rows with the one number column `n`, 1 to 1,000,000.
  abstract String millionRows();

  abstract String selectUnicode(String text);

  /// One value: the name under which this session is seen by the server.
  abstract String selectApplicationName();

  /// The running session's own number, for [#kill].
  abstract String selectSessionId();

  abstract String kill(String sessionId);

  /// As the server itself reports it.
  abstract String missingTableCode();

  /// From the cancel to the end of what ran.
  Duration cancelLimit() {
    return AT_ONCE;
  }

  @Test
  void batchesRunInOneSession() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run(createTemporaryTable(), new Recorder());
      session.run("INSERT INTO " + temporaryTable() + " VALUES (7)", new Recorder());
      session.run("SELECT id FROM " + temporaryTable(), recorder);
    }
    assertThat(recorder.events).containsExactly("[[7]]");
  }

  @Test
  void everyResultSetArrivesInOrder() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      runAll(session, prepareTwoResultSets());
      session.run(twoResultSets(), recorder);
    }
    assertThat(recorder.events).startsWith("[[1]]", "[[2]]");
  }

  @Test
  void anErrorBehindAResultSetIsAnError() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      runAll(session, prepareErrorAfterResultSet());
      TargetError error = errorOf(() -> session.run(errorAfterResultSet(), recorder));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.STATEMENT);
      assertThat(error.transientFailure()).isFalse();
      assertThat(error.stack()).contains("Exception");
    }
    assertThat(recorder.events).containsExactly("[[1]]");
  }

  @Test
  void theSessionGoesOnAfterAnError() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      errorOf(() -> session.run("SELECT * FROM no_such_table", new Recorder()));
      session.run("SELECT 1", recorder);
    }
    assertThat(recorder.events).containsExactly("[[1]]");
  }

  @Test
  void anErrorNamesItsCodeAndIsNotTransient() throws TargetException {
    try (TargetSession session = open()) {
      TargetError error = errorOf(() -> session.run("SELECT * FROM no_such_table", new Recorder()));
      assertThat(List.of(String.valueOf(error.number()), String.valueOf(error.sqlState())))
          .contains(missingTableCode());
      assertThat(error.message()).contains("no_such_table");
      assertThat(error.transientFailure()).isFalse();
    }
  }

  @Test
  void rowCountsAreReported() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run(createTemporaryTable(), new Recorder());
      session.run("INSERT INTO " + temporaryTable() + " VALUES (1), (2), (3)", recorder);
      session.run("UPDATE " + temporaryTable() + " SET id = id + 1 WHERE id > 1", recorder);
      session.run("DELETE FROM " + temporaryTable(), recorder);
    }
    assertThat(recorder.events).containsExactly("3 rows", "2 rows", "3 rows");
  }

  @Test
  void aListenerThatIgnoresRowsHearsTheirNumber() throws TargetException {
    AtomicLong counted = new AtomicLong();
    try (TargetSession session = open()) {
      session.run(millionRows(), countingInto(counted));
    }
    assertThat(counted).hasValue(1_000_000);
  }

  @Test
  void whatAListenerThrowsComesOutAndTheSessionGoesOn() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      BatchListener failing =
          new BatchListener() {
            @Override
            public void message(TargetMessage message) {}

            @Override
            public void rowCount(long rows) {}

            @Override
            public void resultSet(ResultSet rows) {
              throw new IllegalStateException("full");
            }
          };
      assertThatCode(() -> session.run("SELECT 1", failing)).hasMessage("full");
      session.run("SELECT 2", recorder);
    }
    assertThat(recorder.events).containsExactly("[[2]]");
  }

  @Test
  void tablesAreCreatedAndNumberTheirRows() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run(createTableWithIdentity(), new Recorder());
      session.run("INSERT INTO numbered (name) VALUES ('a'), ('b')", new Recorder());
      session.run("SELECT id, name FROM numbered ORDER BY id", recorder);
      session.run("DROP TABLE numbered", new Recorder());
    }
    assertThat(recorder.events).containsExactly("[[1, a], [2, b]]");
  }

  @Test
  void everyCharacterPassesUnchanged() throws TargetException {
    String text = "é ß 漢字 кириллица 🦆👩‍🚀 ? $1 {fn x}";
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run(selectUnicode(text), recorder);
    }
    assertThat(recorder.events).containsExactly("[[" + text + "]]");
  }

  @Test
  void aNulCharacterIsRefused() throws TargetException {
    try (TargetSession session = open()) {
      TargetError error = errorOf(() -> session.run("SELECT 1,\n'a\0b'", new Recorder()));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.STATEMENT);
      assertThat(error.message()).contains("NUL");
      assertThat(error.line()).isEqualTo(2);
    }
  }

  @Test
  void anErrorNamesTheLineOfTheBatch() throws TargetException {
    try (TargetSession session = open()) {
      assertThat(errorOf(() -> session.run(errorOnLineThree(), new Recorder())).line())
          .isEqualTo(3);
    }
  }

  @Test
  void aRunningStatementIsCanceledWithinASecond() throws Exception {
    try (TargetSession session = open()) {
      FutureTask<TargetError> run =
          started(() -> errorOf(() -> session.run(sleep(60), new Recorder())));
      long canceled = cancelWhenRunning(session, run);
      TargetError error = run.get(10, TimeUnit.SECONDS);
      assertThat(Duration.ofNanos(System.nanoTime() - canceled)).isLessThan(cancelLimit());
      assertThat(error.kind()).isEqualTo(TargetError.Kind.CANCELED);
      assertThat(error.transientFailure()).isFalse();
    }
  }

  @Test
  void aServerThatFallsSilentIsLeftSoonAfterACancel() throws Exception {
    ConnectionSettings direct = settings();
    try (SilencingProxy proxy = new SilencingProxy(direct.server().portOrDefault())) {
      ConnectionSettings through = through(proxy, direct);
      TargetSession session = through.server().engine().open(through);
      FutureTask<TargetError> run =
          started(() -> errorOf(() -> session.run(sleep(10), new Recorder())));
      assertThatCode(() -> run.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      proxy.fallSilent();
      long start = System.nanoTime();
      session.cancel();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
      assertThat(run.get(8, TimeUnit.SECONDS).kind()).isEqualTo(TargetError.Kind.CANCELED);
      session.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(11));
    }
  }

  @Test
  void aConnectionThatBreaksIsLostAndMayBeTriedAgain() throws Exception {
    ConnectionSettings direct = settings();
    SilencingProxy proxy = new SilencingProxy(direct.server().portOrDefault());
    ConnectionSettings through = through(proxy, direct);
    try (TargetSession session = through.server().engine().open(through)) {
      proxy.close();
      TargetError error = errorOf(() -> session.run("SELECT 1", new Recorder()));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.LOST);
      assertThat(error.transientFailure()).isTrue();
    }
  }

  @Test
  void aServerThatIsGoneWithoutAWordIsNoticedSoon() throws Exception {
    ConnectionSettings direct = settings();
    try (SilencingProxy proxy = new SilencingProxy(direct.server().portOrDefault())) {
      ConnectionSettings through = through(proxy, direct);
      try (TargetSession session = through.server().engine().open(through)) {
        session.run("SELECT 1", new Recorder());
        assertThat(KeepAliveTimers.untilNextProbe(proxy.port()))
            .isLessThanOrEqualTo(Duration.ofSeconds(30));
      }
    }
  }

  private static ConnectionSettings through(SilencingProxy proxy, ConnectionSettings direct) {
    ServerName server = new ServerName(direct.server().engine(), "localhost", proxy.port(), null);
    return direct.withServer(server);
  }

  @Test
  void aCanceledSessionRunsNothingMore() throws TargetException {
    try (TargetSession session = open()) {
      session.cancel();
      session.cancel();
      assertThat(errorOf(() -> session.run("SELECT 1", new Recorder())).kind())
          .isEqualTo(TargetError.Kind.CANCELED);
      assertThat(errorOf(() -> lock(session, "x", AT_ONCE)).kind())
          .isEqualTo(TargetError.Kind.CANCELED);
    }
  }

  @Test
  void aLockKeepsASecondSessionOutUntilTheFirstEnds() throws TargetException {
    try (TargetSession second = open()) {
      try (TargetSession first = open()) {
        lock(first, "execution-1", AT_ONCE);
        TargetError error = errorOf(() -> lock(second, "execution-1", Duration.ofMillis(100)));
        assertThat(error.kind())
            .isEqualTo(showsLockHolders() ? TargetError.Kind.LOCK : TargetError.Kind.UNSEEN_LOCK);
        assertThat(error.transientFailure()).isTrue();
        assertThat(error.message()).contains("Another attempt still runs");
        lock(second, "execution-2", AT_ONCE);
      }
      lock(second, "execution-1", LONG);
    }
  }

  @Test
  void aLockOfAnyLengthIsTaken() throws TargetException {
    try (TargetSession first = open();
        TargetSession second = open()) {
      lock(first, "x".repeat(1000) + "a", AT_ONCE);
      lock(second, "x".repeat(1000) + "b", AT_ONCE);
    }
  }

  @Test
  void waitingForALockIsCanceledWithinASecond() throws Exception {
    try (TargetSession holder = open();
        TargetSession waiting = open()) {
      lock(holder, "execution-3", AT_ONCE);
      FutureTask<TargetError> wait =
          started(() -> errorOf(() -> lock(waiting, "execution-3", LONG)));
      long canceled = cancelWhenRunning(waiting, wait);
      TargetError error = wait.get(10, TimeUnit.SECONDS);
      assertThat(Duration.ofNanos(System.nanoTime() - canceled)).isLessThan(cancelLimit());
      assertThat(error.kind()).isEqualTo(TargetError.Kind.CANCELED);
    }
  }

  /// Whether the server tells which session holds a lock.
  boolean showsLockHolders() {
    return true;
  }

  @Test
  void whatAnEarlierAttemptLeftBehindIsEndedAndItsLockTaken() throws Exception {
    assumeThat(showsLockHolders()).isTrue();
    List<String> log = new ArrayList<>();
    try (TargetSession leftover = open("edj:execution-4");
        TargetSession successor = open("edj:execution-4")) {
      lock(leftover, "execution-4", AT_ONCE);
      FutureTask<TargetError> run =
          started(() -> errorOf(() -> leftover.run(sleep(60), new Recorder())));
      successor.lock("execution-4", AT_ONCE, LONG, log::add);
      assertThat(run.get(10, TimeUnit.SECONDS).kind()).isEqualTo(TargetError.Kind.LOST);
      successor.run("SELECT 1", new Recorder());
    }
    assertThat(log).hasSize(1);
    assertThat(log.getFirst()).startsWith("ended the session ").contains("execution-4");
  }

  @Test
  void aSessionThatIsSomebodyElsesKeepsItsLock() throws TargetException {
    assumeThat(showsLockHolders()).isTrue();
    try (TargetSession other = open("somebody else");
        TargetSession successor = open("edj:execution-5")) {
      lock(other, "execution-5", AT_ONCE);
      TargetError error =
          errorOf(() ->
              successor.lock(
                  "execution-5", Duration.ofMillis(100), Duration.ofSeconds(2), Assertions::fail));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.FOREIGN_LOCK);
      assertThat(error.transientFailure()).isTrue();
      assertThat(error.message())
          .contains(
              "not known as an attempt",
              sessionId(other),
              "somebody else",
              "does not call itself 'edj");
    }
  }

  @Test
  void aSessionOpenedLaterKeepsItsLock() throws TargetException {
    assumeThat(showsLockHolders()).isTrue();
    try (TargetSession late = open("edj:execution-8");
        TargetSession successor = open("edj:execution-8")) {
      lock(successor, "execution-8", AT_ONCE);
      TargetError error =
          errorOf(() ->
              late.lock(
                  "execution-8", Duration.ofMillis(100), Duration.ofSeconds(2), Assertions::fail));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.LOCK);
      assertThat(error.message()).contains("opened later");
      successor.run("SELECT 1", new Recorder());
    }
  }

  /// A login that may do everything in the database and nothing on the server.
  abstract ConnectionSettings settingsOfAnother() throws TargetException;

  @Test
  void aLoginThatMayNotEndTheLeftoverSaysWhatItLacks() throws TargetException {
    assumeThat(showsLockHolders()).isTrue();
    ConnectionSettings weak = settingsOfAnother().withApplicationName("edj:execution-6");
    try (TargetSession leftover = open("edj:execution-6");
        TargetSession successor = weak.server().engine().open(weak)) {
      lock(leftover, "execution-6", AT_ONCE);
      TargetError error =
          errorOf(() ->
              successor.lock(
                  "execution-6", Duration.ofMillis(100), Duration.ofSeconds(2), Assertions::fail));
      // Of another user, so that it may be anybody's who borrowed the name.
      assertThat(error.kind()).isEqualTo(TargetError.Kind.FOREIGN_LOCK);
      assertThat(error.transientFailure()).isTrue();
      assertThat(error.message()).contains(missingPermission());
      leftover.run("SELECT 1", new Recorder());
    }
  }

  abstract String missingPermission();

  private String sessionId(TargetSession session) throws TargetException {
    Recorder recorder = new Recorder();
    session.run(selectSessionId(), recorder);
    return recorder.events.getFirst().replaceAll("\\D", "");
  }

  /// The ledger's name in the database.
  String ledger() {
    return "edj.ledger";
  }

  @Test
  void whatWasDoneOnceIsFoundDone() throws TargetException {
    LedgerEntry entry = entry(1);
    run("CREATE TABLE done (id INT)");
    try (TargetSession first = open()) {
      assertThat(first.begin(entry)).isEmpty();
      first.run("INSERT INTO done VALUES (1)", new Recorder());
      first.run("INSERT INTO done VALUES (2)", new Recorder());
      first.commit();
    }
    try (TargetSession second = open()) {
      LedgerEntry found = second.begin(entry(entry.executionId(), 2)).orElseThrow();
      assertThat(found.executionId()).isEqualTo(entry.executionId());
      assertThat(found.attempt()).isEqualTo(1);
      assertThat(found.content()).isEqualTo("Zoë's script, version 3");
      assertThat(found.endedAt()).matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }
    assertThat(valuesOf("SELECT COUNT(*) FROM done")).containsExactly("[[2]]");
    run("DROP TABLE done");
  }

  @Test
  void aFailureTakesTheWorkAndItsEntryBack() throws TargetException {
    LedgerEntry entry = entry(1);
    run("CREATE TABLE undone (id INT)");
    try (TargetSession first = open()) {
      first.begin(entry);
      first.run("INSERT INTO undone VALUES (1)", new Recorder());
      TargetError error = errorOf(() -> first.run("SELECT * FROM no_such_table", new Recorder()));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.STATEMENT);
    }
    try (TargetSession second = open()) {
      assertThat(second.begin(entry(entry.executionId(), 2))).isEmpty();
      second.run("INSERT INTO undone VALUES (2)", new Recorder());
      second.commit();
    }
    assertThat(valuesOf("SELECT id FROM undone")).containsExactly("[[2]]");
    run("DROP TABLE undone");
  }

  @Test
  void whatIsNotCommittedIsNotKept() throws TargetException {
    LedgerEntry entry = entry(1);
    run("CREATE TABLE cut (id INT)");
    try (TargetSession first = open()) {
      first.begin(entry);
      first.run("INSERT INTO cut VALUES (1)", new Recorder());
    }
    assertThat(valuesOf("SELECT COUNT(*) FROM cut")).containsExactly("[[0]]");
    assertThat(valuesOf(countOf(entry))).containsExactly("[[0]]");
    run("DROP TABLE cut");
  }

  @Test
  void aCommitWhoseAnswerIsLostIsFoundDone() throws Exception {
    LedgerEntry entry = entry(1);
    run("CREATE TABLE lost (id INT)");
    ConnectionSettings direct = settings();
    SilencingProxy proxy = new SilencingProxy(direct.server().portOrDefault());
    ConnectionSettings through = through(proxy, direct).withTls(TlsMode.DISABLE, null);
    try (TargetSession first = through.server().engine().open(through)) {
      first.begin(entry);
      first.run("INSERT INTO lost VALUES (1)", new Recorder());
      proxy.loseAnswersFrom("COMMIT");
      FutureTask<TargetError> commit = started(() -> errorOf(first::commit));
      while (!valuesOf(countOf(entry)).equals(List.of("[[1]]"))) {
        assertThat(commit.isDone()).isFalse();
      }
      proxy.close();
      assertThat(commit.get(10, TimeUnit.SECONDS).kind()).isEqualTo(TargetError.Kind.LOST);
    }
    try (TargetSession second = open()) {
      assertThat(second.begin(entry(entry.executionId(), 2))).isPresent();
    }
    assertThat(valuesOf("SELECT COUNT(*) FROM lost")).containsExactly("[[1]]");
    run("DROP TABLE lost");
  }

  @Test
  void aScriptThatEndsTheTransactionIsRefused() throws TargetException {
    try (TargetSession session = open()) {
      session.begin(entry(1));
      TargetError error = errorOf(() -> session.run("COMMIT", new Recorder()));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.TRANSACTION);
      assertThat(error.transientFailure()).isFalse();
      assertThat(error.message()).contains("exactly once", "COMMIT");
    }
  }

  @Test
  void aScriptThatRemovesItsOwnEntryIsRefusedAndKeepsNothing() throws TargetException {
    LedgerEntry entry = entry(1);
    run("CREATE TABLE unproven (id INT)");
    try (TargetSession session = open()) {
      session.begin(entry);
      session.run("INSERT INTO unproven VALUES (1)", new Recorder());
      session.run(
          "DELETE FROM %s WHERE execution_id = '%s'".formatted(ledger(), entry.executionId()),
          new Recorder());
      TargetError error = errorOf(session::commit);
      assertThat(error.kind()).isEqualTo(TargetError.Kind.TRANSACTION);
      assertThat(error.message()).contains("removed its own entry", ledger());
    }
    assertThat(valuesOf("SELECT COUNT(*) FROM unproven")).containsExactly("[[0]]");
    run("DROP TABLE unproven");
  }

  /// A ledger that somebody other than an administrator can make lie is refused, and stays unused.
  static void assertNotTrusted(ConnectionSettings settings, String flaw) throws TargetException {
    try (TargetSession session = settings.server().engine().open(settings)) {
      TargetError error = errorOf(() -> session.begin(entry(1)));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.TRANSACTION);
      assertThat(error.transientFailure()).isFalse();
      assertThat(error.message()).contains("cannot be trusted", flaw);
    }
  }

  /// A script that leaves its database for another is committed with its entry all the same.
  void assertDoneOnceAfter(String use) throws TargetException {
    LedgerEntry entry = entry(1);
    Recorder recorder = new Recorder();
    run("CREATE TABLE stayed (id INT)");
    try (TargetSession session = open()) {
      session.begin(entry);
      session.run("INSERT INTO stayed VALUES (1)", new Recorder());
      session.run(use, new Recorder());
      session.run(selectDatabase(), recorder);
      session.commit();
    }
    assertThat(recorder.events.getFirst()).doesNotContain(settings().database());
    try (TargetSession session = open()) {
      assertThat(session.begin(entry(entry.executionId(), 2))).isPresent();
    }
    assertThat(valuesOf("SELECT COUNT(*) FROM stayed")).containsExactly("[[1]]");
    run("DROP TABLE stayed");
  }

  /// One value: the database the session is in.
  String selectDatabase() {
    return "SELECT DATABASE()";
  }

  /// A script that commits where its words do not show it: noticed, and not run again.
  void assertNeverRunAgainAfter(String commit) throws TargetException {
    LedgerEntry entry = entry(1);
    try (TargetSession first = open()) {
      first.begin(entry);
      TargetError error =
          errorOf(() -> {
            first.run(commit, new Recorder());
            first.commit();
          });
      assertThat(error.kind()).isEqualTo(TargetError.Kind.TRANSACTION);
      assertThat(error.message()).contains("It is not run again");
    }
    try (TargetSession second = open()) {
      TargetError error = errorOf(() -> second.begin(entry(entry.executionId(), 2)));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.TRANSACTION);
      assertThat(error.message()).contains("In attempt 1 the script ended", ledger());
    }
  }

  @Test
  void entriesTooOldToMatterAreRemoved() throws TargetException {
    LedgerEntry old = entry(1);
    LedgerEntry young = entry(1);
    for (LedgerEntry entry : List.of(old, young)) {
      try (TargetSession session = open()) {
        session.begin(entry);
        session.commit();
      }
    }
    run(
        "UPDATE %s SET started_at = '2001-01-01' WHERE execution_id = '%s'"
            .formatted(ledger(), old.executionId()));
    try (TargetSession session = open()) {
      session.begin(entry(1));
    }
    assertThat(valuesOf(countOf(old))).containsExactly("[[0]]");
    assertThat(valuesOf(countOf(young))).containsExactly("[[1]]");
  }

  private static LedgerEntry entry(int attempt) {
    return entry(UUID.randomUUID(), attempt);
  }

  private static LedgerEntry entry(UUID executionId, int attempt) {
    return new LedgerEntry(executionId, attempt, "Zoë's script, version 3", null);
  }

  private String countOf(LedgerEntry entry) {
    return "SELECT COUNT(*) FROM %s WHERE ended_at IS NOT NULL AND execution_id = '%s'"
        .formatted(ledger(), entry.executionId());
  }

  final void run(String batch) throws TargetException {
    valuesOf(batch);
  }

  final List<String> valuesOf(String batch) throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run(batch, recorder);
    }
    return recorder.events;
  }

  @Test
  void aTrialSeesItsOwnWorkAndLeavesNothingBehind() throws TargetException {
    Recorder recorder = new Recorder();
    run("CREATE TABLE tried (id INT)");
    try (TargetSession session = open()) {
      session.beginTrial();
      session.run("INSERT INTO tried VALUES (1)", recorder);
      session.run("SELECT id FROM tried", recorder);
      session.foreseeCommit();
      session.rollBack();
    }
    assertThat(recorder.events).containsExactly("1 rows", "[[1]]");
    assertThat(valuesOf("SELECT COUNT(*) FROM tried")).containsExactly("[[0]]");
    run("DROP TABLE tried");
  }

  @Test
  void aTrialThatFailsIsRolledBackToo() throws TargetException {
    run("CREATE TABLE failed (id INT)");
    try (TargetSession session = open()) {
      session.beginTrial();
      session.run("INSERT INTO failed VALUES (1)", new Recorder());
      TargetError error = errorOf(() -> session.run("SELECT * FROM no_such_table", new Recorder()));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.STATEMENT);
      session.rollBack();
    }
    assertThat(valuesOf("SELECT COUNT(*) FROM failed")).containsExactly("[[0]]");
    run("DROP TABLE failed");
  }

  @Test
  void aTrialThatEndsItsTransactionIsRefused() throws TargetException {
    try (TargetSession session = open()) {
      session.beginTrial();
      TargetError error = errorOf(() -> session.run("COMMIT", new Recorder()));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.TRANSACTION);
      assertThat(error.message()).contains("a trial", "COMMIT");
    }
  }

  /// A trial that commits where its words do not show it says that something is left.
  void assertSaysWhatIsLeftAfter(String commit) throws TargetException {
    try (TargetSession session = open()) {
      session.beginTrial();
      assertThat(errorOf(() -> session.run(commit, new Recorder())).message())
          .contains("a trial", "is in the database");
      TargetError error = errorOf(session::rollBack);
      assertThat(error.kind()).isEqualTo(TargetError.Kind.TRANSACTION);
      assertThat(error.message()).startsWith("The transaction was over");
    }
  }

  /// Whether the engine has transactions that only read.
  boolean refusesWritesOfQueries() {
    return true;
  }

  @Test
  void aQueryReadsAndNothingThatItWritesStays() throws TargetException {
    Recorder recorder = new Recorder();
    run("CREATE TABLE asked (id INT)");
    run("INSERT INTO asked VALUES (7)");
    try (TargetSession session = open()) {
      session.beginReading();
      session.run("SELECT id FROM asked", recorder);
      session.rollBack();
    }
    assertThat(recorder.events).containsExactly("[[7]]");
    for (String write :
        List.of("INSERT INTO asked VALUES (8)", "UPDATE asked SET id = 9", "DELETE FROM asked")) {
      List<TargetError> errors = errorsOfQuery(write);
      assertThat(errors).as(write).hasSize(refusesWritesOfQueries() ? 1 : 0);
      errors.forEach(error -> {
        assertThat(error.kind()).isEqualTo(TargetError.Kind.STATEMENT);
        assertThat(error.transientFailure()).isFalse();
      });
    }
    assertThat(valuesOf("SELECT id FROM asked")).containsExactly("[[7]]");
    run("DROP TABLE asked");
  }

  @Test
  void aQueryThatEndsItsTransactionIsRefused() throws TargetException {
    try (TargetSession session = open()) {
      session.beginReading();
      TargetError error = errorOf(() -> session.run("COMMIT", new Recorder()));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.TRANSACTION);
      assertThat(error.message()).contains("a query", "COMMIT");
    }
  }

  /// What goes wrong in a query that goes on after each error, its rollback included.
  final List<TargetError> errorsOfQuery(String... batches) throws TargetException {
    List<TargetError> errors = new ArrayList<>();
    try (TargetSession session = open()) {
      session.beginReading();
      for (String batch : batches) {
        note(errors, () -> session.run(batch, new Recorder()));
      }
      note(errors, session::rollBack);
    }
    return errors;
  }

  private static void note(List<TargetError> errors, Failing call) {
    try {
      call.run();
    } catch (TargetException e) {
      errors.add(e.error());
    }
  }

  @Test
  void aSurveyTellsWhoIsWhereAndThatThereItCanBeWritten() throws TargetException {
    try (TargetSession session = open()) {
      Survey survey = session.survey();
      assertThat(survey.obstacle()).isEmpty();
      assertThat(survey.findings().getFirst()).contains(settings().database(), settings().user());
      assertThat(survey.findings()).anyMatch(finding -> finding.contains("may create"));
    }
  }

  @Test
  void anExaminedLedgerCanBeUsedAndIsLeftAsItWas() throws TargetException {
    LedgerEntry entry = entry(1);
    try (TargetSession session = open()) {
      session.begin(entry(1));
      session.commit();
    }
    try (TargetSession session = open()) {
      Survey survey = session.examineLedger(entry);
      assertThat(survey.obstacle()).isEmpty();
      assertThat(survey.findings().getFirst()).contains(ledger(), "can be used");
    }
    assertThat(
            valuesOf(
                "SELECT COUNT(*) FROM %s WHERE execution_id = '%s'"
                    .formatted(ledger(), entry.executionId())))
        .containsExactly("[[0]]");
  }

  @Test
  void aBatchThatIsReadIsNotRun() throws TargetException {
    run("CREATE TABLE unread (id INT)");
    try (TargetSession session = open()) {
      session.parse("INSERT INTO unread VALUES (1)");
      session.parse("INSERT INTO unread VALUES (2) -- SET PARSEONLY OFF");
      session.run("SELECT 1", new Recorder());
    }
    assertThat(valuesOf("SELECT COUNT(*) FROM unread")).containsExactly("[[0]]");
    run("DROP TABLE unread");
  }

  @Test
  void theServerShowsTheApplicationsName() throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = open()) {
      session.run(selectApplicationName(), recorder);
    }
    assertThat(recorder.events).containsExactly("[[edj-tests]]");
  }

  @Test
  void aKilledSessionIsLostAndMayBeTriedAgain() throws Exception {
    try (TargetSession victim = open();
        TargetSession killer = open()) {
      String id = sessionId(victim);
      FutureTask<TargetError> run =
          started(() -> errorOf(() -> victim.run(sleep(60), new Recorder())));
      killer.run(kill(id), new Recorder());
      TargetError error = run.get(10, TimeUnit.SECONDS);
      assertThat(error.kind()).isEqualTo(TargetError.Kind.LOST);
      assertThat(error.transientFailure()).isTrue();
    }
  }

  @Test
  void aWrongPasswordIsALoginErrorThatDoesNotPass() {
    ConnectionSettings right = settings();
    ConnectionSettings wrong = withPassword(right, "wr0ng-Passw0rd");
    TargetError error = errorOf(() -> right.server().engine().open(wrong).close());
    assertThat(error.kind()).isEqualTo(TargetError.Kind.LOGIN);
    assertThat(error.transientFailure()).isFalse();
    assertThat(error.message()).startsWith("Could not log in to ").doesNotContain("wr0ng");
    assertThat(error.stack()).doesNotContain("wr0ng");
  }

  @Test
  void aMissingDatabaseIsALoginErrorThatDoesNotPass() {
    ConnectionSettings missing = settings().withDatabase("no such / database?");
    TargetError error = errorOf(() -> missing.server().engine().open(missing).close());
    assertThat(error.kind()).isEqualTo(TargetError.Kind.LOGIN);
    assertThat(error.transientFailure()).isFalse();
    assertThat(error.message()).contains("no such / database?");
  }

  /// The login's own database would be another one.
  @Test
  void aDatabaseWithABlankNameIsThatDatabaseAndNoOther() {
    for (String blank : List.of(" ", "\u3000")) {
      ConnectionSettings missing = settings().withDatabase(blank);
      TargetError error = errorOf(() -> missing.server().engine().open(missing).close());
      assertThat(error.kind()).isEqualTo(TargetError.Kind.LOGIN);
      assertThat(error.transientFailure()).isFalse();
    }
  }

  @Test
  void databasesAreListedAndThoseOfTheSystemAreTold() throws TargetException {
    ConnectionSettings settings = settings();
    Engine engine = settings.server().engine();
    assertThat(engine.listDatabases(settings, LONG))
        .contains(settings.database())
        .containsAll(systemDatabases());
    assertThat(systemDatabases()).allMatch(engine::isSystemDatabase);
    assertThat(engine.isSystemDatabase(settings.database())).isFalse();
  }

  abstract List<String> systemDatabases();

  @Test
  void theServersClockIsToldAndItsCertificateShown() throws TargetException {
    List<X509Certificate> shown = new CopyOnWriteArrayList<>();
    ConnectionSettings settings = settings().withWitness(shown::add);

    // All of these servers are on this machine, or on one with the same time.
    assertThat(settings.server().engine().clockAhead(settings, LONG).abs())
        .isLessThan(Duration.ofSeconds(5));
    assertThat(shown.isEmpty()).isEqualTo(settings.protection().tls() == TlsMode.DISABLE);
  }

  @Test
  void aServerThatFallsSilentWhenItIsAskedForItsDatabasesIsLeftInTime() throws Exception {
    ConnectionSettings direct = settings();
    try (SilencingProxy proxy = new SilencingProxy(direct.server().portOrDefault())) {
      ConnectionSettings through = through(proxy, direct).withTls(TlsMode.DISABLE, null);
      proxy.loseAnswersFrom(wordOfListing());
      long start = System.nanoTime();
      TargetError error =
          errorOf(() -> through.server().engine().listDatabases(through, Duration.ofSeconds(1)));
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
      assertThat(error.kind()).isEqualTo(TargetError.Kind.LOST);
      assertThat(error.transientFailure()).isTrue();
      assertThat(error.message()).endsWith("did not name its databases within 1 s");
    }
  }

  /// In the statement that lists databases, and in none before it.
  abstract String wordOfListing();

  TargetSession open() throws TargetException {
    return open("edj-tests");
  }

  TargetSession open(String applicationName) throws TargetException {
    ConnectionSettings settings = settings().withApplicationName(applicationName);
    return settings.server().engine().open(settings);
  }

  static void runAll(TargetSession session, List<String> batches) throws TargetException {
    for (String batch : batches) {
      session.run(batch, new Recorder());
    }
  }

  /// Waits for the lock and ends nobody.
  static void lock(TargetSession session, String key, Duration wait) throws TargetException {
    session.lock(key, wait, wait, Assertions::fail);
  }

  interface Failing {
    void run() throws TargetException;
  }

  static TargetError errorOf(Failing call) {
    TargetException failure = catchThrowableOfType(TargetException.class, call::run);
    assertThat(failure).as("the failure").isNotNull();
    return failure.error();
  }

  static <T> FutureTask<T> started(Callable<T> call) {
    CountDownLatch running = new CountDownLatch(1);
    FutureTask<T> task =
        new FutureTask<>(() -> {
          running.countDown();
          return call.call();
        });
    Thread.ofVirtual().start(task);
    try {
      running.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return task;
  }

  /// Cancels at a moment when the call is most likely under way; the promise holds at any moment.
  private static long cancelWhenRunning(TargetSession session, FutureTask<?> call)
      throws Exception {
    assertThatCode(() -> call.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    long now = System.nanoTime();
    session.cancel();
    return now;
  }

  private static ConnectionSettings withPassword(ConnectionSettings settings, String password) {
    return withLogin(settings, settings.user(), password);
  }

  static ConnectionSettings withLogin(ConnectionSettings settings, String user, String password) {
    return settings.withIdentity(Identity.of(user, new Password(password)));
  }

  private static BatchListener countingInto(AtomicLong counted) {
    return new BatchListener() {
      @Override
      public void message(TargetMessage message) {}

      @Override
      public void rowCount(long rows) {
        counted.addAndGet(rows);
      }
    };
  }
}
