package dev.edj.controldb;

import java.util.Objects;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Which of the control database's rules a statement broke: stores let the constraint decide,
/// because a check made before it can be overtaken.
public final class ConstraintViolation {

  private static final String INTEGRITY_VIOLATIONS = "23";

  private ConstraintViolation() {}

  /// The broken constraint's name; empty when it was something else.
  public static String constraint(JdbiException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException e) {
        return constraint(e);
      }
    }
    return "";
  }

  private static String constraint(PSQLException e) {
    ServerErrorMessage message = e.getServerErrorMessage();
    return message != null && String.valueOf(e.getSQLState()).startsWith(INTEGRITY_VIOLATIONS)
        ? Objects.requireNonNullElse(message.getConstraint(), "")
        : "";
  }
}
