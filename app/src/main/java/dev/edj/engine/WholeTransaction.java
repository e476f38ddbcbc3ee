package dev.edj.engine;

import java.util.Optional;

/// Runs batches as one transaction that is committed at its end, the same for all engines. A
/// session can have several, one after the other.
final class WholeTransaction {

  private final JdbcSession session;
  private final OneTransaction transaction;
  private final Confinement confinement;

  WholeTransaction(JdbcSession session, OneTransaction transaction) {
    this.session = session;
    this.transaction = transaction;
    this.confinement = new Confinement(session, transaction, "a deployment");
  }

  void begin() throws TargetException {
    session.perform(() -> {
      transaction.begin();
      transaction.watch();
      return true;
    });
  }

  void run(String text, Confinement.Batch batch) throws TargetException {
    confinement.run(text, batch);
  }

  void commit() throws TargetException {
    if (!session.perform(transaction::isOpen)) {
      throw confinement.ended();
    }
    session.perform(() -> {
      transaction.commit();
      return true;
    });
  }

  void rollBack() throws TargetException {
    Optional<String> kept = session.perform(transaction::rollBack);
    if (kept.isPresent()) {
      throw Confinement.refused(kept.get());
    }
  }
}
