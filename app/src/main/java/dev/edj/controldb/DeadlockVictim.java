package dev.edj.controldb;

import java.sql.SQLException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// A transaction that the control database took back to resolve a deadlock. Statements lock rows in
/// the order of their ids, but what follows from one child for others is found only on the way.
public final class DeadlockVictim {

  private static final String DEADLOCK_DETECTED = "40P01";
  private static final int MOST_TIMES = 5;

  private DeadlockVictim() {}

  /// Does the work in a transaction, again when it was the victim of a deadlock, five times at
  /// most.
  public static <T> T retry(Jdbi jdbi, HandleCallback<T, RuntimeException> work) {
    for (int time = 1; ; time++) {
      try {
        return jdbi.inTransaction(work);
      } catch (JdbiException e) {
        if (time == MOST_TIMES || !is(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean is(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e) {
        return DEADLOCK_DETECTED.equals(e.getSQLState());
      }
    }
    return false;
  }
}
