package dev.edj.engine;

import java.util.Set;

/// Which of PostgreSQL's SQLSTATEs may pass by themselves. Source: PostgreSQL 18 documentation,
/// appendix A, "PostgreSQL Error Codes".
final class PostgreSqlErrors {

  private static final Set<String> CLASSES =
      Set.of(
          "08", // connection exception
          "53"); // insufficient resources: disk, memory, connections

  private static final Set<String> STATES =
      Set.of(
          "40001", // serialization_failure
          "40P01", // deadlock_detected
          "40003", // statement_completion_unknown
          "55006", // object_in_use: somebody is connected to the database to drop
          "55P03", // lock_not_available: lock_timeout, NOWAIT
          "57P01", // admin_shutdown: also pg_terminate_backend
          "57P02", // crash_shutdown
          "57P03", // cannot_connect_now: starting up, shutting down, in recovery
          "57P05", // idle_session_timeout
          "58030"); // io_error

  /// Within the classes above, but the same again next time.
  private static final Set<String> PERMANENT =
      Set.of(
          "08004", // sqlserver_rejected_establishment_of_sqlconnection; the driver's own refusals
          "08P01"); // protocol_violation

  /// The server ended the session along with the statement.
  private static final Set<String> SESSION_ENDED = Set.of("57P01", "57P02", "57P04", "57P05");

  private PostgreSqlErrors() {}

  static boolean isTransient(String sqlState) {
    return !PERMANENT.contains(sqlState)
        && (STATES.contains(sqlState)
            || (sqlState.length() == 5 && CLASSES.contains(sqlState.substring(0, 2))));
  }

  static boolean endsSession(String sqlState) {
    return sqlState.startsWith("08") || SESSION_ENDED.contains(sqlState);
  }
}
