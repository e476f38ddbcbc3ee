package dev.edj.worker;

import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import dev.edj.engine.rows.RowOrigin;
import dev.edj.engine.rows.RowSpool;
import dev.edj.engine.rows.RowStore;
import dev.edj.execution.PinnedDestination;
import dev.edj.policy.Backoff;
import dev.edj.policy.Retries;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Sends what an attempt's script returned to its destination, trying again what may pass, so that
/// the script need not run again for it.
final class Sending {

  /// For a few seconds: what takes longer is the policy's, which runs the script again.
  private static final Retries BRIEF =
      new Retries(new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), 3), 4, true);

  private final Destinations destinations;
  private final RunningAttempt attempt;
  private final StepPlan plan;
  private final PinnedDestination destination;
  private final RowOrigin origin;

  /// @param server where the rows come from
  Sending(
      Destinations destinations,
      RunningAttempt attempt,
      StepPlan plan,
      PinnedDestination destination,
      String server) {
    this.destinations = destinations;
    this.attempt = attempt;
    this.plan = plan;
    this.destination = destination;
    this.origin = new RowOrigin(attempt.child().executionId(), server, attempt.child().database());
  }

  /// Fails when the destination cannot be reached, so that no script runs for nothing.
  void requireReachable() throws Unsent {
    try {
      destinations.requireReachable(destination);
    } catch (TargetException e) {
      throw new Unsent(
          e.error(), "The script was not run; its destination cannot be reached: ", false);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /// Returns when all of them are in the destination, as the only ones of this child.
  void send(RowSpool rows) throws Unsent {
    perform((store, mayBeThere) ->
        store.replace(destination.rowTable(), origin, rows, mayBeThere, attempt::mayAct));
    attempt.record().log().line("sent %s to %s".formatted(ErrorText.rows(rows.count()), where()));
  }

  /// Returns when nothing is in the destination that an earlier attempt has sent: to be called when
  /// this one has, or may have, nothing to send.
  void removeEarlier() throws Unsent {
    if (attempt.child().attempt() > 1) {
      perform((store, _) ->
          store.remove(destination.rowTable(), origin.executionId(), attempt::mayAct));
    }
  }

  /// Changes the destination.
  private interface Change {

    /// @param mayBeThere whether rows of this child may be there
    void make(RowStore store, boolean mayBeThere) throws TargetException, IOException;
  }

  private void perform(Change change) throws Unsent {
    for (int failed = 0; ; failed++) {
      try {
        perform(change, attempt.child().attempt() > 1 || failed > 0);
        return;
      } catch (TargetException e) {
        pauseAfter(e.error(), failed);
      } catch (InterruptedException e) {
        throw interrupted();
      } finally {
        attempt.sent();
      }
    }
  }

  private void perform(Change change, boolean mayBeThere)
      throws TargetException, InterruptedException {
    try (Destinations.Borrowed borrowed = borrow()) {
      attempt.sending(borrowed.store()::abort);
      try {
        change.make(borrowed.store(), mayBeThere);
      } finally {
        attempt.sent(); // before the connection is anybody else's
      }
    } catch (IOException e) {
      throw new TargetException(error(TargetError.Kind.STATEMENT, "this node lost them: " + e));
    }
  }

  private Destinations.Borrowed borrow() throws TargetException, InterruptedException {
    attempt.sending(() -> {});
    return destinations.borrow(destination);
  }

  /// What an attempt that came to nothing may have sent is no result, also when it was stopped.
  void takeBack() {
    try (Destinations.Borrowed borrowed = destinations.borrow(destination)) {
      borrowed.store().remove(destination.rowTable(), origin.executionId(), attempt::isHeld);
    } catch (TargetException e) {
      attempt
          .record()
          .log()
          .line(
              "its rows could not be taken out of %s: %s".formatted(where(), e.error().message()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether rows of this child are there, once nobody can be about to send some any more.
  boolean isThere() throws Unsent {
    try (Destinations.Borrowed borrowed = borrow()) {
      attempt.sending(borrowed.store()::abort);
      try {
        return borrowed
            .store()
            .contains(destination.rowTable(), origin.executionId(), attempt::mayAct);
      } finally {
        attempt.sent(); // before the connection is anybody else's
      }
    } catch (TargetException e) {
      throw new Unsent(e.error(), "The destination cannot be asked for the rows: ", false);
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      attempt.sent();
    }
  }

  private void pauseAfter(TargetError error, int failed) throws Unsent {
    Optional<Duration> wait = wait(error, failed);
    if (wait.isEmpty() || !attempt.mayAct()) {
      throw new Unsent(error, "The rows could not be sent to %s: ".formatted(where()), true);
    }
    attempt
        .record()
        .log()
        .line(
            "the rows could not be sent to %s; trying again in %d ms: %s"
                .formatted(where(), wait.get().toMillis(), error.message()));
    try {
      attempt.sending(() -> {});
      Thread.sleep(wait.get());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private Optional<Duration> wait(TargetError error, int failed) {
    boolean mayPass = plan.pinned().mayPass(error);
    return plan.pinned().triesWriteAlone()
        ? plan.pinned().retries().afterFailure(attempt.child().failedAttempts() + failed, mayPass)
        : BRIEF.afterFailure(failed, mayPass);
  }

  private String where() {
    return destination.schema() == null
        ? destination.table()
        : destination.schema() + "." + destination.table();
  }

  private static Unsent interrupted() {
    Thread.currentThread().interrupt();
    return new Unsent(
        error(TargetError.Kind.CANCELED, "the attempt was stopped"),
        "The rows were not sent: ",
        true);
  }

  private static TargetError error(TargetError.Kind kind, String message) {
    return new TargetError(kind, null, null, null, null, message, false, "");
  }

  /// The rows are not in their destination.
  static final class Unsent extends Exception {

    private final transient TargetError error;
    private final boolean scriptRan;

    Unsent(TargetError error, String what, boolean scriptRan) {
      super(what + error.message());
      this.error = error;
      this.scriptRan = scriptRan;
    }

    /// Whether this attempt has run the script.
    boolean scriptRan() {
      return scriptRan;
    }

    TargetError error() {
      return error;
    }

    String text() {
      return String.valueOf(getMessage());
    }
  }
}
