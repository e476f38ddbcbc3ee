package dev.edj.dacpac.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Runs statements, one round trip each. It sets no limit for their time: that is the connection's.
record Query(Connection connection) {

  /// Makes one thing of one row.
  @FunctionalInterface
  interface RowReader<T> {
    T read(Row row) throws SQLException;
  }

  <T> List<T> rows(String sql, RowReader<T> reader) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      Row row = new Row(results);
      List<T> rows = new ArrayList<>();
      while (results.next()) {
        rows.add(reader.read(row));
      }
      return rows;
    }
  }
}
