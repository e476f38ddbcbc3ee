package dev.edj.engine;

import java.sql.Connection;
import java.util.Optional;

/// Runs the batches of an attempt as one transaction together with a row of the ledger, the same
/// for all engines: whoever finds the row knows that the work is done, and nobody finds it when it
/// is not.
final class ExactlyOnce {

  private final JdbcSession session;
  private final OneTransaction transaction;
  private final Ledger ledger;
  private final LedgerEntry entry;

  interface Batch {
    void run() throws TargetException;
  }

  ExactlyOnce(
      JdbcSession session, Connection connection, OneTransaction transaction, LedgerEntry entry) {
    this.session = session;
    this.transaction = transaction;
    this.ledger = new Ledger(connection, transaction.ledger());
    this.entry = entry;
  }

  /// Begins, unless the work is found done.
  Optional<LedgerEntry> begin() throws TargetException {
    String flaw = session.perform(ledger::open);
    if (!flaw.isEmpty()) {
      throw refused(
          "The ledger %s cannot be trusted to tell what was done: %s. Nothing was run."
              .formatted(ledger.table(), flaw));
    }
    Optional<LedgerEntry> earlier = session.perform(() -> ledger.find(entry.executionId()));
    if (earlier.isPresent()) {
      return Optional.of(checked(earlier.get()));
    }
    boolean entered =
        session.perform(() -> {
          ledger.prune();
          transaction.begin();
          return ledger.insert(entry);
        });
    if (!entered) {
      throw refused(
          "The ledger %s did not take the entry of this attempt. Nothing was run."
              .formatted(ledger.table()));
    }
    return Optional.empty();
  }

  private LedgerEntry checked(LedgerEntry earlier) throws TargetException {
    if (earlier.endedAt() == null) {
      throw refused(
          "In attempt %d the script ended the transaction that exactly once demands, so a part of"
                  .formatted(earlier.attempt())
              + " its work is in this database (%s tells) and it is not run again."
                  .formatted(ledger.table()));
    }
    return earlier;
  }

  void run(String text, Batch batch) throws TargetException {
    Optional<String> refusal = session.perform(() -> transaction.refusal(text));
    if (refusal.isPresent()) {
      throw refused(
          "The batch cannot be part of the one transaction that exactly once demands: it says %s."
                  .formatted(refusal.get())
              + " Nothing of the script was kept.");
    }
    try {
      batch.run();
    } catch (TargetException e) {
      throw transaction.forbids(e.error()) ? new TargetException(e.error().asRefused()) : e;
    }
    if (!session.perform(transaction::mayBeOpen)) {
      throw ended();
    }
  }

  /// An answer that is lost is no matter: the next attempt finds the row, or does not.
  void commit() throws TargetException {
    if (!session.perform(transaction::isOpen)) {
      throw ended();
    }
    if (!session.perform(() -> ledger.finish(entry.executionId()))) {
      throw refused(
          "The script changed or removed its own entry in the ledger %s, so later attempts could not tell that its"
                  .formatted(ledger.table())
              + " work is done. Nothing of it was kept.");
    }
    session.perform(() -> {
      transaction.commit();
      return true;
    });
  }

  private static TargetException ended() {
    return refused(
        "The script ended the one transaction that exactly once demands, or began another in it:"
            + " what it had done before a COMMIT of its own is in the database, the rest is not."
            + " It is not run again.");
  }

  private static TargetException refused(String message) {
    return new TargetException(TargetError.of(TargetError.Kind.TRANSACTION, message, false, null));
  }
}
