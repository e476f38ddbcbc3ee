package dev.edj.engine;

import java.util.Optional;

/// Runs the batches of an attempt, a trial or a query, as one transaction that is taken back, the
/// same for all engines.
final class Trial {

  private final JdbcSession session;
  private final OneTransaction transaction;
  private final Confinement confinement;
  private final boolean onlyReads;

  Trial(JdbcSession session, OneTransaction transaction, boolean onlyReads) {
    this.session = session;
    this.transaction = transaction;
    this.confinement = new Confinement(session, transaction, onlyReads ? "a query" : "a trial");
    this.onlyReads = onlyReads;
  }

  void begin() throws TargetException {
    session.perform(() -> {
      if (onlyReads) {
        transaction.beginReading();
      } else {
        transaction.begin();
      }
      transaction.watch();
      return true;
    });
  }

  void run(String text, Confinement.Batch batch) throws TargetException {
    confinement.run(text, batch);
  }

  void foreseeCommit() throws TargetException {
    session.perform(() -> {
      transaction.checkDeferred();
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
