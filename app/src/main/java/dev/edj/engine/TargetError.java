package dev.edj.engine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What went wrong at a target, as the engine tells it.
///
/// @param number the engine's error number (SQL Server, MySQL, MariaDB)
/// @param severity SQL Server's severity, 11 to 25
/// @param line the line within the batch that was sent, from 1
/// @param transientFailure whether the engine's documentation says that it may pass by itself
/// @param message up to 16,384 characters of it
/// @param stack the driver's stack trace, up to 32,768 characters of it
public record TargetError(
    Kind kind,
    @Nullable Integer number,
    @Nullable String sqlState,
    @Nullable Integer severity,
    @Nullable Integer line,
    String message,
    boolean transientFailure,
    String stack) {

  private static final int LONGEST_MESSAGE = 16_384;
  private static final int LONGEST_STACK = 32_768;

  /// What a script says in an error is as long as the script likes; it is stored and shown many
  /// times.
  public TargetError {
    message = cut(message, LONGEST_MESSAGE);
    stack = cut(stack, LONGEST_STACK);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest
        ? text
        : text.substring(0, longest) + " [%,d more characters]".formatted(text.length() - longest);
  }

  /// What EDJ was doing when it went wrong.
  public enum Kind {
    /// The server could not be reached, or its identity not be checked.
    CONNECT,
    /// The server refused the login or the database.
    LOGIN,
    /// A statement failed.
    STATEMENT,
    /// Somebody called [TargetSession#cancel()] or interrupted the thread.
    CANCELED,
    /// The connection broke.
    LOST,
    /// An earlier attempt's session holds the application lock, as far as the server tells.
    LOCK,
    /// A session that the server does not tell of holds the application lock.
    UNSEEN_LOCK,
    /// A session that is no attempt of the same work holds the application lock.
    FOREIGN_LOCK,
    /// The script cannot run as the one transaction that exactly once, a trial or a query demands,
    /// or ended it; or the ledger cannot be trusted.
    TRANSACTION
  }

  public static TargetError of(
      Kind kind, String message, boolean transientFailure, @Nullable Throwable failure) {
    return new TargetError(
        kind, null, null, null, null, message, transientFailure, stackOf(failure));
  }

  static String stackOf(@Nullable Throwable failure) {
    if (failure == null) {
      return "";
    }
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /// Whether the error may pass by itself when a person's own lists are asked first. Entries are
  /// error numbers (`"1205"`), SQLSTATEs (`"40P01"`) or SQLSTATE classes (`"53"`), and
  /// `neverTransient` wins over `alsoTransient`. A cancel is never transient.
  public boolean transientFailure(Set<String> alsoTransient, Set<String> neverTransient) {
    if (kind == Kind.CANCELED || isNamedIn(neverTransient)) {
      return false;
    }
    return transientFailure || isNamedIn(alsoTransient);
  }

  public TargetError withMessage(String message) {
    return new TargetError(
        kind, number, sqlState, severity, line, message, transientFailure, stack);
  }

  /// Without the password, wherever the message or the stack has it.
  public TargetError scrubbed(Password password) {
    return new TargetError(
        kind,
        number,
        sqlState,
        severity,
        line,
        password.scrub(message),
        transientFailure,
        password.scrub(stack));
  }

  TargetError as(Kind kind) {
    return new TargetError(
        kind, number, sqlState, severity, line, message, transientFailure, stack);
  }

  public TargetError asCanceled() {
    return new TargetError(Kind.CANCELED, number, sqlState, severity, line, message, false, stack);
  }

  TargetError asRefused() {
    return new TargetError(
        Kind.TRANSACTION, number, sqlState, severity, line, message, false, stack);
  }

  public TargetError asLost() {
    return new TargetError(Kind.LOST, number, sqlState, severity, line, message, true, stack);
  }

  private boolean isNamedIn(Set<String> codes) {
    return (number != null && codes.contains(number.toString()))
        || (sqlState != null
            && (codes.contains(sqlState)
                || (sqlState.length() == 5 && codes.contains(sqlState.substring(0, 2)))));
  }
}
