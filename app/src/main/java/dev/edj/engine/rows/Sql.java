package dev.edj.engine.rows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Short statements on a connection.
record Sql(Connection connection) {

  /// Makes something of a row.
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /// The first value of the last of the results of one or more statements, as text.
  Optional<String> lastValue(String sql) throws SQLException {
    Optional<String> last = Optional.empty();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      boolean isRows = statement.execute(sql);
      while (isRows || statement.getUpdateCount() >= 0) {
        if (isRows) {
          last = firstValue(statement.getResultSet());
        }
        isRows = statement.getMoreResults();
      }
    }
    return last;
  }

  private static Optional<String> firstValue(ResultSet rows) throws SQLException {
    try (rows) {
      Optional<String> first =
          rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
      while (rows.next()) {
        // Read to its end, so that the next result can come.
      }
      return first;
    }
  }

  <T> List<T> list(RowReader<T> reader, String sql, String... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<T> list = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          list.add(reader.read(rows));
        }
      }
      return list;
    }
  }
}
