package dev.edj.engine.rows;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A column of a result set, and how its values are read.
///
/// @param name as the server says; empty when it has none
record ResultColumn(String name, ColumnType type, ValueReader reader) {

  /// Reads the value of one column, from 1, in the row on which the result set stands.
  interface ValueReader {
    byte @Nullable [] read(ResultSet rows, int column) throws SQLException;
  }

  static final byte[] TRUE = Moments.ascii("true");
  static final byte[] FALSE = Moments.ascii("false");

  /// What the driver hands out as text.
  static byte @Nullable [] text(ResultSet rows, int column) throws SQLException {
    String text = rows.getString(column);
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
