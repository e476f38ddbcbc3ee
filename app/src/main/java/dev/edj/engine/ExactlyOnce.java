package dev.edj.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// Runs the batches of an attempt as one transaction together with a row of the ledger, the same
/// for all engines: whoever finds the row knows that the work is done, and nobody finds it when it
/// is not.
final class ExactlyOnce {

  private final JdbcSession session;
  private final OneTransaction transaction;
  private final Confinement confinement;
  private final Ledger ledger;
  private final LedgerEntry entry;

  ExactlyOnce(
      JdbcSession session, Connection connection, OneTransaction transaction, LedgerEntry entry) {
    this.session = session;
    this.transaction = transaction;
    this.confinement = new Confinement(session, transaction, "exactly once");
    this.ledger = new Ledger(connection, transaction.ledger());
    this.entry = entry;
  }

  /// Begins, unless the work is found done.
  Optional<LedgerEntry> begin() throws TargetException {
    String flaw = session.perform(ledger::open);
    if (!flaw.isEmpty()) {
      throw Confinement.refused(
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
      throw Confinement.refused(
          "The ledger %s did not take the entry of this attempt. Nothing was run."
              .formatted(ledger.table()));
    }
    return Optional.empty();
  }

  private LedgerEntry checked(LedgerEntry earlier) throws TargetException {
    if (earlier.endedAt() == null) {
      throw Confinement.refused(
          "In attempt %d the script ended the transaction that exactly once demands, so a part of"
                  .formatted(earlier.attempt())
              + " its work is in this database (%s tells) and it is not run again."
                  .formatted(ledger.table()));
    }
    return earlier;
  }

  void run(String text, Confinement.Batch batch) throws TargetException {
    confinement.run(text, batch);
  }

  /// An answer that is lost is no matter: the next attempt finds the row, or does not.
  void commit() throws TargetException {
    if (!session.perform(transaction::isOpen)) {
      throw confinement.ended();
    }
    if (!session.perform(() -> ledger.finish(entry.executionId()))) {
      throw Confinement.refused(
          "The script changed or removed its own entry in the ledger %s, so later attempts could not tell that its"
                  .formatted(ledger.table())
              + " work is done. Nothing of it was kept.");
    }
    session.perform(() -> {
      transaction.commit();
      return true;
    });
  }

  /// Whether [#begin] would find a ledger that it can use. An entry is written and rolled back
  /// where there is one.
  Survey examine() throws TargetException {
    Optional<String> flaw = session.perform(ledger::inspect);
    if (flaw.isEmpty()) {
      return examineCreation();
    }
    if (!flaw.get().isEmpty()) {
      return Survey.obstacle(
          "exactly once: the ledger %s cannot be trusted: %s"
              .formatted(ledger.table(), flaw.get()));
    }
    try {
      boolean entered = session.perform(this::enterOnTrial);
      return entered
          ? Survey.clear("exactly once: the ledger %s can be used".formatted(ledger.table()))
          : Survey.obstacle("exactly once: the ledger %s takes no entry".formatted(ledger.table()));
    } catch (TargetException e) {
      if (e.error().kind() != TargetError.Kind.STATEMENT) {
        throw e;
      }
      session.perform(transaction::rollBack);
      return Survey.obstacle(
          "exactly once: the ledger %s cannot be used: %s"
              .formatted(ledger.table(), e.error().message()));
    }
  }

  private Survey examineCreation() throws TargetException {
    Optional<Boolean> may = session.perform(ledger::mayBeCreated);
    String missing = "exactly once: there is no ledger %s yet".formatted(ledger.table());
    return may.orElse(true)
        ? Survey.clear(
            "%s; the first attempt creates it, which this login may: %s"
                .formatted(missing, Survey.answer(may.orElse(null))))
        : Survey.obstacle(missing + ", and this login may not create it");
  }

  private boolean enterOnTrial() throws SQLException {
    transaction.begin();
    ledger.find(entry.executionId());
    boolean entered = ledger.insert(entry) && ledger.finish(entry.executionId());
    transaction.rollBack();
    return entered;
  }
}
