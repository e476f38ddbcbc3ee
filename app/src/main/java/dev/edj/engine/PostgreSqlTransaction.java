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

/// PostgreSQL: DDL included, and told by the number of the transaction.
final class PostgreSqlTransaction implements OneTransaction {

  private static final Pattern ENDS =
      Pattern.compile(
          "(BEGIN|START|COMMIT|END|ABORT|ROLLBACK(?!\\s+((WORK|TRANSACTION)\\s+)?TO\\b)"
              + "|PREPARE\\s+TRANSACTION)\\b",
          Pattern.CASE_INSENSITIVE);

  /// active_sql_transaction: VACUUM, CREATE DATABASE, CREATE INDEX CONCURRENTLY and their like;
  /// invalid_transaction_termination: COMMIT in a procedure.
  private static final Set<String> NOT_IN_A_TRANSACTION = Set.of("25001", "2D000");

  private static final LedgerSql LEDGER =
      new LedgerSql(
          "edj.ledger",
          "SELECT pg_catalog.to_regclass('edj.ledger') IS NOT NULL",
          List.of(
              """
              DO $$
              BEGIN
                IF pg_catalog.to_regnamespace('edj') IS NULL THEN CREATE SCHEMA edj; END IF;
              END $$
              """,
              """
              CREATE TABLE IF NOT EXISTS edj.ledger (
                execution_id uuid PRIMARY KEY,
                attempt      int NOT NULL,
                content      text NOT NULL,
                started_at   timestamptz NOT NULL DEFAULT pg_catalog.now(),
                ended_at     timestamptz
              )
              """),
          """
          SELECT attempt, content,
            pg_catalog.to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
          FROM edj.ledger WHERE execution_id = CAST(? AS uuid)
          """,
          """
          SELECT execution_id FROM edj.ledger
          WHERE started_at < pg_catalog.now() - interval '90 days'
          ORDER BY execution_id LIMIT 100
          """,
          "DELETE FROM edj.ledger WHERE execution_id = CAST(? AS uuid)",
          "INSERT INTO edj.ledger (execution_id, attempt, content) VALUES (CAST(? AS uuid), ?, ?)",
          """
          UPDATE edj.ledger SET ended_at = pg_catalog.clock_timestamp()
          WHERE execution_id = CAST(? AS uuid)
          """);

  private final BaseConnection connection;
  private long number;

  PostgreSqlTransaction(BaseConnection connection) {
    this.connection = connection;
  }

  @Override
  public void begin() throws SQLException {
    execute("BEGIN");
    number = current();
  }

  @Override
  public Optional<String> refusal(String batch) throws SQLException {
    boolean standard = connection.getQueryExecutor().getStandardConformingStrings();
    for (NativeQuery statement : Parser.parseJdbcSql(batch, standard, false, true, false, true)) {
      String text = statement.nativeSql;
      if (ENDS.matcher(text)
          .region(PostgreSqlDialogue.startOfFirstWord(text), text.length())
          .lookingAt()) {
        return Optional.of(PostgreSqlDialogue.firstWord(text));
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean mayBeOpen() {
    return connection.getQueryExecutor().getTransactionState() == TransactionState.OPEN;
  }

  @Override
  public boolean isOpen() throws SQLException {
    return mayBeOpen() && current() == number;
  }

  @Override
  public void commit() throws SQLException {
    execute("COMMIT");
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
        ResultSet row = statement.executeQuery("SELECT pg_catalog.txid_current()")) {
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
