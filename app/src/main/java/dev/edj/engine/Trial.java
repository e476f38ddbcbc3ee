package dev.edj.engine;

import java.util.Optional;

/// Runs the batches of an attempt as one transaction that is taken back, the same for all engines.
final class Trial {

  private final JdbcSession session;
  private final OneTransaction transaction;
  private final Confinement confinement;

  Trial(JdbcSession session, OneTransaction transaction) {
    this.session = session;
    this.transaction = transaction;
    this.confinement = new Confinement(session, transaction, "a trial");
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
