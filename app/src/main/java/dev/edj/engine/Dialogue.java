package dev.edj.engine;

import java.sql.SQLException;
import java.time.Duration;

/// How one engine's driver is spoken to in one session; [JdbcSession] adds what is common to all.
/// Only [#cancelStatement()] may be called from another thread.
interface Dialogue {

  /// Runs one batch to its end and throws the first error.
  void run(String batch, BatchListener listener) throws SQLException;

  /// Whether the lock was obtained within `wait`.
  boolean tryLock(String key, Duration wait) throws SQLException;

  /// Asks the server to stop what runs. Without effect when nothing does.
  void cancelStatement() throws SQLException;

  /// What an exception of [#run] or [#tryLock] means.
  TargetError explain(SQLException failure);
}
