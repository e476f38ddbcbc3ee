package dev.edj.engine;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Receives, in the order of the server, what a batch returns. Called on the thread that runs it.
public interface BatchListener {

  void message(TargetMessage message);

  /// The rows a statement changed or, unless [#resultSet] is overridden, returned.
  void rowCount(long rows);

  /// A result set, standing before its first row and open only during this call. Rows left unread
  /// are read and dropped by the caller. A `SQLException` counts as the batch's own error. A
  /// runtime exception, here or above, comes out of [TargetSession#run] once the rest was read and
  /// dropped.
  default void resultSet(ResultSet rows) throws SQLException {
    long count = 0;
    Portions portions = Portions.of(rows);
    while (portions.next()) {
      count++;
    }
    rowCount(count);
  }
}
