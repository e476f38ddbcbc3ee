package dev.edj.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Reads all that a statement returns, in the order in which JDBC gives it.
final class Results {

  private Results() {}

  /// @param rowsFirst what `execute` returned
  static void drain(Statement statement, boolean rowsFirst, BatchListener listener)
      throws SQLException {
    boolean rows = rowsFirst;
    while (true) {
      if (rows) {
        drain(statement, listener);
      } else {
        long count = statement.getLargeUpdateCount();
        if (count < 0) {
          return;
        }
        listener.rowCount(count);
      }
      rows = statement.getMoreResults();
    }
  }

  private static void drain(Statement statement, BatchListener listener) throws SQLException {
    try (ResultSet resultSet = statement.getResultSet()) {
      listener.resultSet(resultSet);
      while (!resultSet.isClosed() && resultSet.next()) {
        // An error may stand behind any row.
      }
    }
  }
}
