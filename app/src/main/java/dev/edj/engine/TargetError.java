package dev.edj.engine;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What went wrong at a target, as the engine tells it.
///
/// @param number the engine's error number (SQL Server, MySQL, MariaDB)
/// @param severity SQL Server's severity, 11 to 25
/// @param line the line within the batch that was sent, from 1
/// @param transientFailure whether the engine's documentation says that it may pass by itself
/// @param stack the driver's stack trace
public record TargetError(
    Kind kind,
    @Nullable Integer number,
    @Nullable String sqlState,
    @Nullable Integer severity,
    @Nullable Integer line,
    String message,
    boolean transientFailure,
    String stack) {

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
    /// Another session holds the application lock.
    LOCK
  }

  /// Whether the error may pass by itself when a person's own lists are asked first. Entries are
  /// error numbers (`"1205"`), SQLSTATEs (`"40P01"`) or SQLSTATE classes (`"53"`), and
  /// `neverTransient` wins over `alsoTransient`.
  public boolean transientFailure(Set<String> alsoTransient, Set<String> neverTransient) {
    if (isNamedIn(neverTransient)) {
      return false;
    }
    return transientFailure || isNamedIn(alsoTransient);
  }

  private boolean isNamedIn(Set<String> codes) {
    return (number != null && codes.contains(number.toString()))
        || (sqlState != null
            && (codes.contains(sqlState)
                || (sqlState.length() == 5 && codes.contains(sqlState.substring(0, 2)))));
  }
}
