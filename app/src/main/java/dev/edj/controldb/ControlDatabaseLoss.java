package dev.edj.controldb;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

/// Tells a lost control database from a statement that failed.
public final class ControlDatabaseLoss {

  private static final String READ_ONLY = "25006";
  private static final String SILENT_IN_A_TRANSACTION = "25P03";

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
    // starts up; 25006: after a failover this is the standby; 25P03: it has ended the session.
    return state != null
        && (state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57P0")
            || state.equals(READ_ONLY)
            || state.equals(SILENT_IN_A_TRANSACTION));
  }

  /// What is the matter, to follow "the control database".
  public static String reason(SQLException e) {
    return switch (String.valueOf(e.getSQLState())) {
      case "53100" -> "has no space left on its disk";
      case "53200" -> "has no memory left";
      case "53300" -> "has no connection left";
      case "57P01", "57P02" -> "is shutting down";
      case "57P03" -> "is starting up";
      case READ_ONLY -> "is read-only, as a standby is";
      case SILENT_IN_A_TRANSACTION -> "has ended a session that stood still for too long";
      default -> "does not answer";
    };
  }

  /// Has the pool drop connections to a server that became a standby: they live on and would refuse
  /// every change, while a new connection finds the primary. And those that the server has ended.
  /// Public because the pool creates it.
  public static final class OfConnection implements SQLExceptionOverride {

    @java.lang.Override
    public Override adjudicate(SQLException e) {
      return READ_ONLY.equals(e.getSQLState()) || SILENT_IN_A_TRANSACTION.equals(e.getSQLState())
          ? Override.MUST_EVICT
          : Override.CONTINUE_EVICT;
    }
  }
}
