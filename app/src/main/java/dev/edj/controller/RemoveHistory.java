package dev.edj.controller;

import dev.edj.duty.Duty;
import dev.edj.execution.HistoryStore;
import dev.edj.schedule.Firings;
import java.time.Duration;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes runs and firings older than the retention, nodes gone for longer than that, and jobs
/// that were deleted once their last run has ended.
final class RemoveHistory implements Duty {

  private static final Logger log = LoggerFactory.getLogger(RemoveHistory.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 10;

  private final HistoryStore store;
  private final Firings firings;
  private final Duration retention;

  RemoveHistory(Jdbi jdbi, Firings firings, Duration retention) {
    this.store = jdbi.onDemand(HistoryStore.class);
    this.firings = firings;
    this.retention = retention;
  }

  @Override
  public Duration perform() {
    var runs = store.removableRuns(retention.toMillis(), MOST_AT_ONCE);
    for (UUID run : runs) {
      store.removeRun(run);
    }
    for (String job : store.removeDeletedJobs()) {
      log.info("job '{}' and its history are deleted", job);
    }
    firings.forgetOlderThan(retention);
    store.removeGoneNodes(retention.toMillis());
    return runs.size() == MOST_AT_ONCE ? Duration.ZERO : POLL;
  }
}
