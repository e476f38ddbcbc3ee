package dev.edj.controller;

import dev.edj.controldb.DeadlockVictim;
import dev.edj.duty.Duty;
import dev.edj.execution.SweepStore;
import dev.edj.metric.Metric;
import dev.edj.metric.Tally;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Returns to the queue what a node held that let its lease run out or was stopped.
final class GiveBackLostWork implements Duty {

  private static final Logger log = LoggerFactory.getLogger(GiveBackLostWork.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 1_000;

  private final Jdbi jdbi;
  private final Tally tally;
  private final SweepStore store;

  GiveBackLostWork(Jdbi jdbi, Tally tally) {
    this.jdbi = jdbi;
    this.tally = tally;
    this.store = jdbi.onDemand(SweepStore.class);
  }

  @Override
  public Duration perform() {
    int children =
        DeadlockVictim.retry(
            jdbi, handle -> handle.attach(SweepStore.class).giveBackChildren(MOST_AT_ONCE));
    tally.count(Metric.CHILDREN_GIVEN_BACK, children);
    int runs = store.giveBackRuns();
    if (children + runs > 0) {
      log.warn("gave back {} children and {} runs of nodes that are gone", children, runs);
      store.announceGivenBack();
    }
    return children == MOST_AT_ONCE ? Duration.ZERO : POLL;
  }
}
