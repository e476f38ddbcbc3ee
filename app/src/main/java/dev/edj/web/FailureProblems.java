package dev.edj.web;

import dev.edj.controldb.ControlDatabaseLoss;
import dev.edj.problem.Category;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.firewall.RequestRejectedException;

/// What a failure is to whoever asked: what EDJ says of it, that it lost its control database, that
/// the request is none, or an id under which the service's log has the cause.
public final class FailureProblems {

  private static final Logger log = LoggerFactory.getLogger(FailureProblems.class);

  private FailureProblems() {}

  public static Problem of(Exception failure) {
    return failure instanceof EdjException edj && edj.category() != Category.INTERNAL
        ? Problem.of(edj)
        : ofAnything(failure);
  }

  private static Problem ofAnything(Exception failure) {
    SQLException sql = find(SQLException.class, failure);
    if (sql != null && ControlDatabaseLoss.is(sql)) {
      String matter = "the control database " + ControlDatabaseLoss.reason(sql);
      log.warn("{}: {}", matter, sql.getMessage());
      return Problem.of(
          HttpStatus.SERVICE_UNAVAILABLE,
          ErrorCode.CONTROL_DATABASE_UNAVAILABLE,
          null,
          matter + "; what was asked may or may not be done, so look before you repeat it");
    }
    // A header is looked at when somebody asks for it.
    if (find(RequestRejectedException.class, failure) != null) {
      return Problem.of(
          EdjException.invalid("header", "holds a control character, or is no text; take it out"));
    }
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    log.error("internal error {}", id, failure);
    return Problem.internal(id);
  }

  private static <E extends Throwable> @Nullable E find(Class<E> type, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
