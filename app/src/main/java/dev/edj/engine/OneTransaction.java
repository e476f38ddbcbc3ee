package dev.edj.engine;

import java.sql.SQLException;
import java.util.Optional;

/// The one transaction in which a script runs whose effects must be there exactly once, as an
/// engine holds it. A script can end a transaction that it did not begin; what can be seen of that
/// beforehand is refused, and the rest is noticed.
sealed interface OneTransaction
    permits SqlServerTransaction, PostgreSqlTransaction, MySqlTransaction {

  void begin() throws SQLException;

  /// What the batch says that no part of the transaction may say, as far as its words show.
  Optional<String> refusal(String batch) throws SQLException;

  /// Whether the transaction may still be the one begun; asked after each batch, and cheap.
  boolean mayBeOpen() throws SQLException;

  /// Whether it is the one begun, and nothing but it is open; asked once, at the end. Brings a
  /// session that the script took to another database back to its own, where the ledger is.
  boolean isOpen() throws SQLException;

  void commit() throws SQLException;

  /// Whether the error says that a statement cannot be part of any transaction.
  boolean forbids(TargetError error);

  LedgerSql ledger();
}
