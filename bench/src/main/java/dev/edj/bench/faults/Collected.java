package dev.edj.bench.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What the destination has: the rows of every session whose rows came there, counted, and the
/// indexes of their table, which EDJ has to make.
record Collected(List<Rows> rows, List<String> indexes) {

  static final String DATABASE = "results";
  static final String TABLE = "collected";

  /// The one index that the table is to have.
  static final String INDEX = "IX_collected_Internal_Execution_ID";

  /// As long as there is no table.
  static final Collected NOTHING = new Collected(List.of(), List.of());

  private static final String LOCK_LIMIT = "1s";

  /// Rows that one session of a child's script marked as its own.
  ///
  /// @param total how many rows the session had, as each of them says
  /// @param count how many are there
  /// @param numbers how many different numbers they have
  record Rows(
      UUID child, String session, int total, long count, long numbers, int least, int greatest) {

    /// Whether they are all rows of the session's first result set, each once, and nothing else.
    boolean areWhole() {
      return count == total && numbers == total && least == 1 && greatest == total;
    }
  }

  /// One look, which no transaction can come in between of.
  private static final String ROWS =
      """
      SELECT internal_execution_id, session, total, count(*), count(DISTINCT number), min(number), max(number)
      FROM collected
      GROUP BY internal_execution_id, session, total
      """;

  private static final String INDEXES =
      "SELECT indexname FROM pg_indexes WHERE tablename = 'collected' ORDER BY indexname";

  /// Creates the database, and the login that owns it. The table is EDJ's to make.
  static void prepare(Server server, String login, String password) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(login, password));
      statement.execute("CREATE DATABASE %s OWNER %s".formatted(DATABASE, login));
    }
  }

  static Collected read(Server server) throws SQLException {
    try (Connection connection = server.connect(DATABASE);
        Statement statement = connection.createStatement()) {
      return isThere(statement) ? new Collected(rows(statement), indexes(statement)) : NOTHING;
    }
  }

  /// Locks the table against everybody else, for as long as the connection that it returns is open.
  static Connection lock(Server server) throws SQLException {
    Connection connection = server.connect(DATABASE);
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET LOCAL lock_timeout = '%s'".formatted(LOCK_LIMIT));
      statement.execute("LOCK TABLE collected IN ACCESS EXCLUSIVE MODE");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static boolean isThere(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT to_regclass('collected') IS NOT NULL")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static List<Rows> rows(Statement statement) throws SQLException {
    List<Rows> rows = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(ROWS)) {
      while (row.next()) {
        rows.add(
            new Rows(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getInt(3),
                row.getLong(4),
                row.getLong(5),
                row.getInt(6),
                row.getInt(7)));
      }
    }
    return rows;
  }

  private static List<String> indexes(Statement statement) throws SQLException {
    List<String> indexes = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(INDEXES)) {
      while (row.next()) {
        indexes.add(row.getString(1));
      }
    }
    return indexes;
  }
}
