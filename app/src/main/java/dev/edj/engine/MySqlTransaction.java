package dev.edj.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.mariadb.jdbc.Connection;
import org.mariadb.jdbc.util.constants.ServerStatus;

/// MySQL and MariaDB: no DDL, which commits. What the words of a statement do not show, a procedure
/// that commits, is told by the server's flag and by a savepoint, which goes with its transaction.
///
/// Source of the list: MySQL 8.4 Reference Manual, "Statements That Cause an Implicit Commit";
/// MariaDB, "SQL statements That Cause an Implicit Commit".
final class MySqlTransaction implements OneTransaction {

  private static final Pattern ENDS =
      Pattern.compile(
          "(?:COMMIT|ROLLBACK(?!\\s+(?:WORK\\s+)?TO\\b)|BEGIN(?!\\s+NOT\\s+ATOMIC)|START|XA"
              + "|CREATE(?!\\s+(?:OR\\s+REPLACE\\s+)?TEMPORARY\\b)|ALTER"
              + "|DROP(?!\\s+(?:TEMPORARY|PREPARE)\\b)|RENAME|TRUNCATE|GRANT|REVOKE|LOCK|UNLOCK"
              + "|(?:ANALYZE|CHECK|OPTIMIZE|REPAIR)(?:\\s+(?:LOCAL|NO_WRITE_TO_BINLOG))?\\s+TABLES?"
              + "|CACHE|LOAD\\s+INDEX|FLUSH|RESET|INSTALL|UNINSTALL|CHANGE|STOP|SET\\s+PASSWORD)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern BLANKS_AND_COMMENTS =
      Pattern.compile("(?:\\s|#[^\\n]*|--(?=\\s|$)[^\\n]*|/\\*(?![!M])(?s:.*?)\\*/)*+");

  /// What stands in `/*!80000 … */` is run.
  private static final Pattern EXECUTABLE_COMMENT = Pattern.compile("/\\*M?!\\d*");

  private static final String COMMENT_END = "*/";

  private static final LedgerSql LEDGER =
      new LedgerSql(
          "edj_ledger",
          """
          SELECT CASE
            WHEN TABLE_TYPE <> 'BASE TABLE' OR ENGINE <> 'InnoDB'
              THEN 'it is not an ordinary table of the engine InnoDB'
            WHEN EXISTS (SELECT 1 FROM information_schema.TRIGGERS
                WHERE EVENT_OBJECT_SCHEMA = DATABASE() AND EVENT_OBJECT_TABLE = 'edj_ledger')
              THEN 'it has triggers'
            ELSE '' END
          FROM information_schema.TABLES
          WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'edj_ledger'
          """,
          List.of(
              """
              CREATE TABLE IF NOT EXISTS edj_ledger (
                execution_id CHAR(36) CHARACTER SET ascii NOT NULL PRIMARY KEY,
                attempt      INT NOT NULL,
                content      VARCHAR(200) CHARACTER SET utf8mb4 NOT NULL,
                started_at   DATETIME NOT NULL,
                ended_at     DATETIME NULL
              ) ENGINE = InnoDB
              """),
          // Grants go by patterns and roles; the check shows them.
          "SELECT NULL",
          """
          SELECT attempt, content, DATE_FORMAT(ended_at, '%Y-%m-%dT%H:%i:%sZ')
          FROM edj_ledger WHERE execution_id = ?
          """,
          """
          SELECT execution_id FROM edj_ledger
          WHERE started_at < UTC_TIMESTAMP() - INTERVAL 90 DAY
          ORDER BY execution_id LIMIT 100
          """,
          "DELETE FROM edj_ledger WHERE execution_id = ?",
          """
          INSERT INTO edj_ledger (execution_id, attempt, content, started_at)
          VALUES (?, ?, ?, UTC_TIMESTAMP())
          """,
          "UPDATE edj_ledger SET ended_at = UTC_TIMESTAMP() WHERE execution_id = ?");

  private static final int NO_SUCH_SAVEPOINT = 1305;

  /// Some changed tables are of an engine without transactions.
  private static final int NOT_ROLLED_BACK = 1196;

  private final Connection connection;
  private final String database;
  private final String savepoint = "edj_" + UUID.randomUUID().toString().replace('-', '_');

  MySqlTransaction(Connection connection, String database) {
    this.connection = connection;
    this.database = database;
  }

  @Override
  public void begin() throws SQLException {
    begin("START TRANSACTION");
  }

  /// The session's transactions after it only read, too: what a procedure does behind a commit of
  /// its own writes nothing, unless the procedure sets that anew.
  @Override
  public void beginReading() throws SQLException {
    execute("SET SESSION TRANSACTION READ ONLY");
    begin("START TRANSACTION READ ONLY");
  }

  private void begin(String statement) throws SQLException {
    execute(statement);
    execute("SAVEPOINT " + savepoint);
  }

  @Override
  public void watch() {
    // A temporary table would take a privilege that a run does not need.
  }

  @Override
  public Optional<String> refusal(String batch) {
    return findEnd(batch);
  }

  /// A server runs what stands in an executable comment, or, where it is of an older version than
  /// the comment names, what stands behind it.
  static Optional<String> findEnd(String batch) {
    boolean inComment = false;
    int at = 0;
    while (true) {
      at = endOf(BLANKS_AND_COMMENTS, batch, at);
      int inside = endOf(EXECUTABLE_COMMENT, batch, at);
      if (inside > at) {
        inComment = true;
        at = inside;
        continue;
      }
      int end = endOf(ENDS, batch, at);
      if (end > at) {
        return Optional.of(batch.substring(at, end).toUpperCase(Locale.ROOT));
      }
      int behind = inComment ? batch.indexOf(COMMENT_END, at) : -1;
      if (behind < 0) {
        return Optional.empty();
      }
      inComment = false;
      at = behind + COMMENT_END.length();
    }
  }

  /// Where a match that begins at `from` ends; `from` itself when there is none.
  private static int endOf(Pattern pattern, String text, int from) {
    Matcher matcher = pattern.matcher(text).region(from, text.length());
    return matcher.lookingAt() ? matcher.end() : from;
  }

  @Override
  public boolean mayBeOpen() {
    int status = connection.getClient().getContext().getServerStatus();
    return (status & ServerStatus.IN_TRANSACTION) != 0;
  }

  @Override
  public boolean isOpen() throws SQLException {
    try {
      execute("RELEASE SAVEPOINT " + savepoint);
      connection.setCatalog(database);
      return mayBeOpen();
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_SAVEPOINT) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void commit() throws SQLException {
    execute("COMMIT");
  }

  @Override
  public void checkDeferred() {
    // Nothing is put off to the commit.
  }

  @Override
  public Optional<String> rollBack() throws SQLException {
    boolean ours = hasSavepoint();
    execute("ROLLBACK");
    boolean complete = warnings().noneMatch(number -> number == NOT_ROLLED_BACK);
    if (!complete) {
      return Optional.of(
          "What the script changed in tables of an engine without transactions is in the database.");
    }
    return ours ? Optional.empty() : Optional.of(OVER);
  }

  private boolean hasSavepoint() throws SQLException {
    try {
      execute("ROLLBACK TO SAVEPOINT " + savepoint);
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_SAVEPOINT) {
        return false;
      }
      throw e;
    }
  }

  /// The numbers of the last statement's warnings.
  private IntStream warnings() throws SQLException {
    IntStream.Builder numbers = IntStream.builder();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW WARNINGS")) {
      while (rows.next()) {
        numbers.add(rows.getInt(2));
      }
    }
    return numbers.build();
  }

  @Override
  public boolean forbids(TargetError error) {
    return false;
  }

  @Override
  public LedgerSql ledger() {
    return LEDGER;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
