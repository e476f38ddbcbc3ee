package dev.edj.engine.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.engine.LockNames;
import dev.edj.engine.TargetError;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

class PostgreSqlRowStoreTest extends RowStoreContract {

  @SuppressWarnings("NullAway.Init")
  private static Site site;

  @BeforeAll
  static void createDatabase() {
    site = Site.postgreSql();
  }

  @Override
  Site site() {
    return site;
  }

  @Override
  String quoted(String name) {
    return PostgreSqlDestination.quoted(name);
  }

  @Override
  String selectIndexes(String table) {
    return "SELECT indexname FROM pg_indexes WHERE tablename = '" + table + "'";
  }

  @Override
  String selectTables(String begin) {
    return "SELECT relname FROM pg_class WHERE relname LIKE '" + begin + "%'";
  }

  @Override
  String uuid() {
    return "uuid";
  }

  @Override
  int longestName() {
    return 63;
  }

  @Override
  String integer() {
    return "integer";
  }

  @Override
  String destinationType(ColumnType type) {
    return TypeNames.postgreSql(type);
  }

  /// Neither `statement_timeout` nor any other limit ends a session that waits for the next byte of
  /// a `COPY`.
  @Test
  void aWriterThatFallsSilentInTheMiddleOfItsRowsIsEnded() throws Exception {
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    write(table, child, spool(List.of(COLUMN), "1"));
    WriteLimits limits =
        WriteLimits.USUAL.withLockWait(Duration.ofSeconds(2)).withSilence(Duration.ofSeconds(1));
    Connection silent = site.engine().connect(site.settings());
    try (Statement statement = silent.createStatement()) {
      statement.execute(
          """
          BEGIN;
          SET LOCAL statement_timeout = 100;
          SET LOCAL idle_in_transaction_session_timeout = 100;
          SELECT pg_advisory_xact_lock(%d)
          """
              .formatted(LockNames.number("rows:" + child)));
      CopyIn copy =
          silent
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY %s FROM STDIN".formatted(table.name()));
      copy.writeToCopy(new byte[] {'1'}, 0, 1);
      copy.flushCopy();
      try (RowStore store = open(limits)) {
        store.replace(table, origin(child), spool(List.of(COLUMN), "2"), true, () -> true);
      }
      assertThatThrownBy(copy::endCopy).isInstanceOf(SQLException.class);
    } finally {
      silent.abort(Runnable::run);
    }
    assertThat(stored(table, child)).containsExactly(List.of("2"));
  }

  @Test
  void aStoreWhoseWaitForALockWasCanceledCanBeUsedAgain() throws Exception {
    RowTable table = newTable();
    UUID child = UUID.randomUUID();
    write(table, child, spool(List.of(COLUMN), "1"));
    try (Connection other = site.engine().connect(site.settings());
        Statement statement = other.createStatement();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        RowStore store = open()) {
      long lock = LockNames.number("rows:" + child);
      statement.execute("SELECT pg_advisory_lock(%d)".formatted(lock));
      Future<TargetError> failure =
          threads.submit(() ->
              errorOf(() ->
                  store.replace(
                      table, origin(child), spool(List.of(COLUMN), "2"), true, () -> true)));
      cancelWaiting(statement);
      assertThat(failure.get(20, TimeUnit.SECONDS).sqlState()).isEqualTo("57014");
      statement.execute("SELECT pg_advisory_unlock(%d)".formatted(lock));
      assertThat(store.isUsable()).isTrue();
      store.replace(table, origin(child), spool(List.of(COLUMN), "3"), true, () -> true);
    }
    assertThat(stored(table, child)).containsExactly(List.of("3"));
  }

  private static void cancelWaiting(Statement statement) throws SQLException {
    String cancel =
        """
        SELECT pg_cancel_backend(a.pid) FROM pg_stat_activity a
        WHERE a.datname = current_database() AND a.wait_event = 'advisory'
        """;
    for (int i = 0; i < 200; i++) {
      try (ResultSet canceled = statement.executeQuery(cancel)) {
        if (canceled.next()) {
          return;
        }
      }
      sleep(50);
    }
    throw new AssertionError("nobody waits for the lock");
  }

  @Test
  void anIndexFindsANameWhereATableWasRenamed() throws Exception {
    RowTable table = newTable();
    write(table, UUID.randomUUID(), spool(List.of(COLUMN), "1"));
    site.run("ALTER TABLE %1$s RENAME TO %1$s_old".formatted(table.name()));
    write(table, UUID.randomUUID(), spool(List.of(COLUMN), "2"));
    assertThat(values(selectIndexes(table.name())))
        .containsExactly(List.of("IX_" + table.name() + "_Internal_Execution_ID_2"));
  }

  @Test
  void aTextWithANulCharacterIsRefusedWithTheColumnsName() throws Exception {
    Column text = new Column("words", ColumnType.text(null));
    assertThat(failure(newTable(), spool(List.of(text), "a\0b")).message())
        .contains("column 'words'", "NUL");
  }

  @Test
  void typesOfOnesOwnAreReadAsTextAndWrittenFromIt() throws Exception {
    site.run(
        "CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE DOMAIN age AS int CHECK (VALUE > 0)");
    RowSpool rows =
        site.collect(
            """
            SELECT 'good'::mood AS m, ARRAY[1, 2] AS a, '[1,3)'::int4range AS r, '1 day'::interval AS i,
              7::age AS g, '10.0.0.1'::inet AS n, B'101' AS bits, '<a/>'::xml AS x, '{"b":1}'::jsonb AS j,
              '12:00:00+02'::timetz AS tz, '$1,234.50'::money AS cash, NULL AS nothing, 1
            """);
    assertThat(Site.values(rows).getFirst())
        .containsExactly(
            "good",
            "{1,2}",
            "[1,3)",
            "1 day",
            "7",
            "10.0.0.1",
            "101",
            "<a/>",
            "{\"b\": 1}",
            "12:00:00+02",
            "1234.50",
            null,
            "1");
    assertThat(rows.columns().getLast().name()).isEqualTo("column13");
    RowTable table =
        existing(
            "m mood",
            "a int[]",
            "r int4range",
            "i interval",
            "g age",
            "n inet",
            "bits bit(3)",
            "x xml",
            "j jsonb",
            "tz timetz",
            "cash money",
            "nothing text",
            "column13 int");
    UUID child = UUID.randomUUID();
    write(table, child, rows);
    assertThat(stored(table, child)).isEqualTo(Site.values(rows));
  }

  private static final Column COLUMN = new Column("n", ColumnType.of(ColumnType.Kind.TEXT));
}
