package dev.edj.controller;

import dev.edj.controldb.DeadlockVictim;
import dev.edj.duty.Duty;
import dev.edj.execution.Reports;
import dev.edj.execution.SweepStore;
import java.time.Duration;
import java.util.function.ToIntBiFunction;
import org.jdbi.v3.core.Jdbi;

/// Honours stops and job time-outs for whatever no worker holds, and ends runs that have nothing
/// left open.
final class EndRunsEarly implements Duty {

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 5_000;

  /// How much longer than the look through all active runs the pause after it is: with ten thousand
  /// of them it would else take a good part of the control database's time.
  private static final int PAUSE_TO_LOOK = 20;

  private final Jdbi jdbi;
  private final SweepStore store;
  private final Reports reports;
  private long nextLookAtNanos = System.nanoTime();

  EndRunsEarly(Jdbi jdbi, Reports reports) {
    this.jdbi = jdbi;
    this.store = jdbi.onDemand(SweepStore.class);
    this.reports = reports;
  }

  @Override
  public Duration perform() {
    int ended = sweep(SweepStore::cancelWaiting) + sweep(SweepStore::timeOutWaiting);
    store.endUnexpandedRuns();
    endRuns();
    return ended > 0 ? Duration.ZERO : POLL;
  }

  private int sweep(ToIntBiFunction<SweepStore, Integer> sweep) {
    return DeadlockVictim.retry(
        jdbi, handle -> sweep.applyAsInt(handle.attach(SweepStore.class), MOST_AT_ONCE));
  }

  private void endRuns() {
    long begin = System.nanoTime();
    if (begin - nextLookAtNanos >= 0) {
      reports.endRuns(store.runsToEnd());
      nextLookAtNanos = System.nanoTime() + PAUSE_TO_LOOK * (System.nanoTime() - begin);
    }
  }
}
