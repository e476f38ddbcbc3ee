package dev.edj.engine.rows;

import java.time.Duration;

/// What keeps a write from holding others up.
///
/// @param lockWait the longest wait for a lock
/// @param silence a server with such a limit ends a session that says nothing for so long in the
///   middle of a transaction, or of a portion of rows
/// @param statement the longest time for one statement, of which there is one for every portion of
///   rows, where the server has such a limit
record WriteLimits(Duration lockWait, Duration silence, Duration statement) {

  static final WriteLimits USUAL =
      new WriteLimits(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofMinutes(10));

  WriteLimits withLockWait(Duration lockWait) {
    return new WriteLimits(lockWait, silence, statement);
  }

  WriteLimits withSilence(Duration silence) {
    return new WriteLimits(lockWait, silence, statement);
  }
}
