package dev.edj.api.http;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

/// Tells a lost control database from a statement that failed.
final class ControlDatabaseLoss {

  private ControlDatabaseLoss() {}

  static boolean is(SQLException e) {
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
