package dev.edj.engine;

import java.sql.SQLException;
import java.util.Optional;

/// The one transaction in which a script runs whose effects must be there exactly once, as an
/// engine holds it. A script can end a transaction that it did not begin; what can be seen of that
/// beforehand is refused, and the rest is noticed.
sealed interface OneTransaction
    permits SqlServerTransaction, PostgreSqlTransaction, MySqlTransaction {

  /// What [#rollBack] says of a transaction that was not there any more.
  String OVER =
      "The transaction was over before it could be rolled back: the server ended it, and kept nothing;"
          + " or the script did, and what it had committed is in the database.";

  void begin() throws SQLException;

  /// Begins it as one that only reads, and that the script cannot turn into another, where the
  /// engine has such.
  void beginReading() throws SQLException;

  /// Has a commit leave a trace in the session, where there is a way, so that [#rollBack] can tell
  /// it from a rollback of the server's own. Asked once, right after the beginning.
  void watch() throws SQLException;

  /// What the batch says that no part of the transaction may say, as far as its words show.
  Optional<String> refusal(String batch) throws SQLException;

  /// Whether the transaction may still be the one begun; asked after each batch, and cheap.
  boolean mayBeOpen() throws SQLException;

  /// Whether it is the one begun, and nothing but it is open; asked once, at the end. Brings a
  /// session that the script took to another database back to its own, where the ledger is.
  boolean isOpen() throws SQLException;

  void commit() throws SQLException;

  /// Has the server check now what it would check at the commit only.
  void checkDeferred() throws SQLException;

  /// Rolls back, also after a failure, and says what may be kept all the same, if anything.
  Optional<String> rollBack() throws SQLException;

  /// Whether the error says that a statement cannot be part of any transaction.
  boolean forbids(TargetError error);

  LedgerSql ledger();
}
