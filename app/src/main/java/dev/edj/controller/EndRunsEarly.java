package dev.edj.controller;

import dev.edj.duty.Duty;
import dev.edj.execution.Reports;
import dev.edj.execution.SweepStore;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/// Honours stops and job time-outs for whatever no worker holds, and ends runs that have nothing
/// left open.
final class EndRunsEarly implements Duty {

  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 5_000;

  private final SweepStore store;
  private final Reports reports;

  EndRunsEarly(Jdbi jdbi, Reports reports) {
    this.store = jdbi.onDemand(SweepStore.class);
    this.reports = reports;
  }

  @Override
  public Duration perform() {
    int ended = store.cancelWaiting(MOST_AT_ONCE) + store.timeOutWaiting(MOST_AT_ONCE);
    store.endUnexpandedRuns();
    reports.endRuns(store.runsToEnd());
    return ended > 0 ? Duration.ZERO : POLL;
  }
}
