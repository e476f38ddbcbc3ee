package dev.edj.controldb;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

/// Tells a lost control database from a statement that failed.
public final class ControlDatabaseLoss {

  private ControlDatabaseLoss() {}

  /// Whether the control database is away, as far as the first SQL exception among the causes
  /// tells.
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e) {
        return is(e);
      }
    }
    return false;
  }

  public static boolean is(SQLException e) {
    if (e instanceof SQLTransientConnectionException
        || e instanceof SQLNonTransientConnectionException
        || e instanceof SQLRecoverableException) {
      return true;
    }
    String state = e.getSQLState();
    // 08: connection; 53: no connections, memory or disk left; 57P0x: the server shuts down or
    // starts up.
    return state != null
        && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P0"));
  }
}
