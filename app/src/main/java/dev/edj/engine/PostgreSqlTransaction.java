package dev.edj.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.postgresql.core.TransactionState;

/// PostgreSQL: DDL included, and told by the number of the transaction. One that only reads has
/// none, and could not have one on a standby: it is told by its time.
final class PostgreSqlTransaction implements OneTransaction {

  private static final Pattern ENDS =
      Pattern.compile(
          "(BEGIN|START|COMMIT|END|ABORT|ROLLBACK(?!\\s+((WORK|TRANSACTION)\\s+)?TO\\b))\\b",
          Pattern.CASE_INSENSITIVE);

  /// It takes the transaction out of the session, with what it did and its locks.
  private static final String PREPARE = "PREPARE";

  /// active_sql_transaction: VACUUM, CREATE DATABASE, CREATE INDEX CONCURRENTLY and their like;
  /// invalid_transaction_termination: COMMIT in a procedure.
  private static final Set<String> NOT_IN_A_TRANSACTION = Set.of("25001", "2D000");

  /// Types and operators are named with their schema, because a `search_path` may put others before
  /// them, and what is found runs with this login's rights.
  private static final LedgerSql LEDGER =
      new LedgerSql(
          "edj.ledger",
          """
          SELECT CASE
            WHEN c.relkind OPERATOR(pg_catalog.<>) 'r' OR c.relispartition
              OR c.relpersistence OPERATOR(pg_catalog.<>) 'p'
              THEN 'it is not an ordinary, logged table'
            WHEN c.relhasrules OR c.relrowsecurity OR EXISTS (
                SELECT FROM pg_catalog.pg_trigger t WHERE t.tgrelid OPERATOR(pg_catalog.=) c.oid)
              THEN 'it has triggers, rules or row security'
            WHEN EXISTS (
                SELECT FROM pg_catalog.pg_roles r
                WHERE r.oid OPERATOR(pg_catalog.=) ANY (ARRAY[c.relowner, n.nspowner])
                  AND NOT r.rolsuper AND r.rolname OPERATOR(pg_catalog.<>) current_user)
              THEN 'it or its schema belongs to somebody other than this login and superusers'
            ELSE '' END
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
          WHERE n.nspname OPERATOR(pg_catalog.=) 'edj' AND c.relname OPERATOR(pg_catalog.=) 'ledger'
          """,
          List.of(
              """
              DO $$
              BEGIN
                IF pg_catalog.to_regnamespace('edj') IS NULL THEN CREATE SCHEMA edj; END IF;
              END $$
              """,
              """
              CREATE TABLE IF NOT EXISTS edj.ledger (
                execution_id pg_catalog.uuid PRIMARY KEY,
                attempt      int NOT NULL,
                content      pg_catalog.text NOT NULL,
                started_at   pg_catalog.timestamptz NOT NULL DEFAULT pg_catalog.now(),
                ended_at     pg_catalog.timestamptz
              )
              """),
          """
          SELECT CASE WHEN pg_catalog.to_regnamespace('edj') IS NULL
            THEN pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
            ELSE pg_catalog.has_schema_privilege('edj', 'CREATE') END
          """,
          """
          SELECT attempt, content,
            pg_catalog.to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
          FROM edj.ledger WHERE execution_id OPERATOR(pg_catalog.=) CAST(? AS pg_catalog.uuid)
          """,
          """
          SELECT execution_id FROM edj.ledger
          WHERE started_at OPERATOR(pg_catalog.<)
            (pg_catalog.now() OPERATOR(pg_catalog.-) interval '90 days')
          ORDER BY execution_id LIMIT 100
          """,
          """
          DELETE FROM edj.ledger
          WHERE execution_id OPERATOR(pg_catalog.=) CAST(? AS pg_catalog.uuid)
          """,
          """
          INSERT INTO edj.ledger (execution_id, attempt, content)
          VALUES (CAST(? AS pg_catalog.uuid), ?, ?)
          """,
          """
          UPDATE edj.ledger SET ended_at = pg_catalog.clock_timestamp()
          WHERE execution_id OPERATOR(pg_catalog.=) CAST(? AS pg_catalog.uuid)
          """);

  private static final String NUMBER = "SELECT pg_catalog.txid_current()";

  /// In microseconds, which no setting of the session writes in another way.
  private static final String TIME =
      """
      SELECT CAST(pg_catalog.date_part('epoch', pg_catalog.now()) OPERATOR(pg_catalog.*) 1000000 AS pg_catalog.int8)
      """;

  private final BaseConnection connection;
  private String identity = NUMBER;
  private long begun;

  PostgreSqlTransaction(BaseConnection connection) {
    this.connection = connection;
  }

  @Override
  public void begin() throws SQLException {
    execute("BEGIN");
    begun = current();
  }

  /// To be asked for its identity gives it its snapshot, after which the server does not let it
  /// become one that writes.
  @Override
  public void beginReading() throws SQLException {
    execute("BEGIN READ ONLY");
    identity = TIME;
    begun = current();
  }

  @Override
  public void watch() {
    // After an error the server keeps the transaction, to be rolled back.
  }

  @Override
  public Optional<String> refusal(String batch) throws SQLException {
    return findEnd(batch, connection.getQueryExecutor().getStandardConformingStrings());
  }

  static Optional<String> findEnd(String batch, boolean standard) throws SQLException {
    for (NativeQuery statement : Parser.parseJdbcSql(batch, standard, false, true, false, true)) {
      String text = statement.nativeSql;
      int start = PostgreSqlDialogue.startOfFirstWord(text);
      if (ENDS.matcher(text).region(start, text.length()).lookingAt() || prepares(text, start)) {
        return Optional.of(PostgreSqlDialogue.firstWord(text));
      }
    }
    return Optional.empty();
  }

  /// There may be a comment between the words.
  private static boolean prepares(String statement, int start) {
    return PostgreSqlDialogue.firstWord(statement).equals(PREPARE)
        && PostgreSqlDialogue.firstWord(statement.substring(start + PREPARE.length()))
            .equals("TRANSACTION");
  }

  @Override
  public boolean mayBeOpen() {
    return connection.getQueryExecutor().getTransactionState() == TransactionState.OPEN;
  }

  @Override
  public boolean isOpen() throws SQLException {
    return mayBeOpen() && current() == begun;
  }

  @Override
  public void commit() throws SQLException {
    execute("COMMIT");
  }

  /// Constraints that are deferred, and constraint triggers.
  @Override
  public void checkDeferred() throws SQLException {
    execute("SET CONSTRAINTS ALL IMMEDIATE");
  }

  @Override
  public Optional<String> rollBack() throws SQLException {
    boolean failed = connection.getQueryExecutor().getTransactionState() == TransactionState.FAILED;
    boolean ours = failed || isOpen();
    execute("ROLLBACK");
    return ours ? Optional.empty() : Optional.of(OVER);
  }

  @Override
  public boolean forbids(TargetError error) {
    String state = error.sqlState();
    return state != null && NOT_IN_A_TRANSACTION.contains(state);
  }

  @Override
  public LedgerSql ledger() {
    return LEDGER;
  }

  private long current() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(identity)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
