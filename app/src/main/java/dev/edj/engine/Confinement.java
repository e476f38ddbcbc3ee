package dev.edj.engine;

import java.util.Optional;

/// Keeps the batches of an attempt within one transaction, the same for all engines.
final class Confinement {

  private final JdbcSession session;
  private final OneTransaction transaction;
  private final String reason;

  interface Batch {
    void run() throws TargetException;
  }

  /// @param reason what demands the transaction, for people
  Confinement(JdbcSession session, OneTransaction transaction, String reason) {
    this.session = session;
    this.transaction = transaction;
    this.reason = reason;
  }

  void run(String text, Batch batch) throws TargetException {
    Optional<String> refusal = session.perform(() -> transaction.refusal(text));
    if (refusal.isPresent()) {
      throw refused(
          "The batch cannot be part of the one transaction that %s demands: it says %s."
                  .formatted(reason, refusal.get())
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

  TargetException ended() {
    return refused(
        "The script ended the one transaction that %s demands, or began another in it:"
                .formatted(reason)
            + " what it had done before a COMMIT of its own is in the database, the rest is not."
            + " It is not run again.");
  }

  static TargetException refused(String message) {
    return new TargetException(TargetError.of(TargetError.Kind.TRANSACTION, message, false, null));
  }
}
