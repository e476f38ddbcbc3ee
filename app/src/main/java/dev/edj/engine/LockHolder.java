package dev.edj.engine;

import org.jspecify.annotations.Nullable;

/// The session that holds an application lock, as its server shows it.
///
/// @param session the server's number for it
/// @param user whom it is logged in as; empty when the server does not tell
/// @param application the name under which it shows up; null when the server does not tell
/// @param earlier whether it was opened before the session that asks, as far as the server tells
record LockHolder(long session, String user, @Nullable String application, boolean earlier) {

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
