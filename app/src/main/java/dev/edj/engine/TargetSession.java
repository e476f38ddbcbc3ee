package dev.edj.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// One login to one database, in which the batches of one attempt run in order.
///
/// A session belongs to one thread, but [#cancel()] may be called from any.
public interface TargetSession extends AutoCloseable {

  /// Takes the application lock `key` in this database and keeps it until the session ends, so that
  /// two attempts of the same work never overlap. Another session of the same application name that
  /// holds it for longer than `patience` is what an earlier attempt left behind: it is ended, and
  /// `log` is told. Fails with kind `LOCK`, `UNSEEN_LOCK` or `FOREIGN_LOCK`, as transient, when the
  /// lock is not free within `limit`, with a message that names the session and, where this login
  /// may not end it, the permission.
  void lock(String key, Duration patience, Duration limit, Consumer<String> log)
      throws TargetException;

  /// Begins the one transaction in which the batches that follow run, and writes the entry into the
  /// ledger of this database as its part; the ledger is created where there is none. Returns the
  /// ledger's own entry, and begins nothing, when the execution's work is done already.
  ///
  /// From here on a batch that cannot be part of the transaction, or ends it, fails with kind
  /// `TRANSACTION`, and so does this method when an earlier attempt's batch did, or when somebody
  /// else may have the ledger's word. Nothing is kept of what is not committed before the session
  /// ends.
  Optional<LedgerEntry> begin(LedgerEntry entry) throws TargetException;

  /// Commits what [#begin] began, work and entry together.
  void commit() throws TargetException;

  /// Begins the one transaction in which the batches that follow run on trial, as confined as after
  /// [#begin], but without a ledger.
  void beginTrial() throws TargetException;

  /// Begins the one transaction in which the batches of a query run: confined as on trial, and one
  /// that only reads where the engine has that (SQL Server has not).
  void beginReading() throws TargetException;

  /// Fails where a commit of the trial would, as far as the server can be asked.
  void foreseeCommit() throws TargetException;

  /// Rolls the trial or the query back, also after a batch that failed. Fails with kind
  /// `TRANSACTION`, and a message that says so, when something may have been kept.
  void rollBack() throws TargetException;

  /// Begins a transaction in which the batches that follow run, as confined as after [#begin],
  /// until [#commitTransaction] or [#rollBackTransaction]. A session can have several, one after
  /// the other, and batches between them.
  void beginTransaction() throws TargetException;

  void commitTransaction() throws TargetException;

  /// Rolls it back, also after a batch that failed. Fails with kind `TRANSACTION`, and a message
  /// that says so, when something may have been kept.
  void rollBackTransaction() throws TargetException;

  /// Lends the connection to somebody who only asks this database things. A cancel gives the
  /// connection up.
  <T> T read(Reading<T> reading) throws TargetException;

  /// Asks a database things.
  interface Reading<T> {
    T read(Connection connection) throws SQLException;
  }

  /// Who this session is here, what it may do, and whether anything can be written.
  Survey survey() throws TargetException;

  /// Whether [#begin] would find a ledger that it can use; nothing is left in it.
  Survey examineLedger(LedgerEntry entry) throws TargetException;

  /// Has the server read a batch, and run nothing of it; fails as [#run] would. Returns false where
  /// the server has no way to do so that is sure to run nothing.
  boolean parse(String batch) throws TargetException;

  /// Runs one batch and reads everything it returns to the end, so that an error behind a result
  /// set is an error. When a batch goes on after an error, the first one is thrown after the last
  /// message, count and result set was delivered.
  void run(String batch, BatchListener listener) throws TargetException;

  /// Stops what runs in this session, and makes whatever runs later fail with kind `CANCELED`.
  /// Returns at once; a server that does not react within a few seconds loses its connection.
  void cancel();

  /// Ends the session. Never throws; a server that does not answer is left after a few seconds.
  @Override
  void close();
}
