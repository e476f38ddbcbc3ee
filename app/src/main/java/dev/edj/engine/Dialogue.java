package dev.edj.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// How one engine's driver is spoken to in one session; [JdbcSession] adds what is common to all.
/// Only [#cancelStatement()] may be called from another thread.
sealed interface Dialogue permits SqlServerDialogue, PostgreSqlDialogue, MySqlDialogue {

  /// The name under which the server shows this session.
  String applicationName();

  /// Runs one batch to its end and throws the first error.
  void run(String batch, BatchListener listener) throws SQLException;

  /// Whether the lock was obtained within `wait`.
  boolean tryLock(String key, Duration wait) throws SQLException;

  /// The session that holds the lock at this moment, if any.
  Optional<LockHolder> findHolder(String key) throws SQLException;

  /// Ends the session if it still holds the lock; returns whether it did. Throws when the server
  /// does not let this login.
  boolean endHolder(String key, LockHolder holder) throws SQLException;

  /// What the server asks of who wants to see which session holds a lock, for people to grant.
  String permissionToLook();

  /// What the server asks of who wants to end another's session, for people to grant.
  String permissionToEnd();

  /// A transaction of this session, not yet begun; all batches that follow are its own.
  OneTransaction newTransaction();

  /// Who this session is here, what it may do, and whether anything can be written.
  Survey survey() throws SQLException;

  /// Has the server read a batch, and run nothing of it; throws what is wrong with it. Returns
  /// false where the server has no way to do so that is sure to run nothing.
  boolean parse(String batch) throws SQLException;

  /// Asks the server to stop what runs. Without effect when nothing does.
  void cancelStatement() throws SQLException;

  /// What an exception of the methods above means.
  TargetError explain(SQLException failure);
}
