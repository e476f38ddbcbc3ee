package dev.edj.engine;

import static java.util.Objects.requireNonNullElse;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The session that holds an application lock, as its server shows it.
///
/// @param session the server's number for it
/// @param user whom it is logged in as; empty when the server does not tell
/// @param application the name under which it shows up; null when the server does not tell
/// @param earlier whether it was opened before the session that asks, as far as the server tells
/// @param sameUser whether it is logged in as the session that asks is
record LockHolder(
    long session, String user, @Nullable String application, boolean earlier, boolean sameUser) {

  /// The holder in the first row, if there is one, from its columns in the order of this record. A
  /// user or name that the server does not tell is empty.
  static Optional<LockHolder> first(ResultSet rows) throws SQLException {
    return rows.next()
        ? Optional.of(
            new LockHolder(
                rows.getLong(1),
                requireNonNullElse(rows.getString(2), ""),
                requireNonNullElse(rows.getString(3), ""),
                rows.getBoolean(4),
                rows.getBoolean(5)))
        : Optional.empty();
  }

  /// Whether it may belong to an attempt that calls itself `name`. Where the server does not tell
  /// names, the lock decides, which carries the same one.
  boolean isOf(String name) {
    return application == null || application.equals(name);
  }

  @Override
  public String toString() {
    return "session "
        + session
        + (user.isEmpty() ? "" : " of user '" + user + "'")
        + (application == null ? "" : " (" + application + ")");
  }
}
