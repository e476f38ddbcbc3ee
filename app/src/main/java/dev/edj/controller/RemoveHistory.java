package dev.edj.controller;

import dev.edj.duty.Duty;
import dev.edj.execution.History;
import dev.edj.execution.HistoryStore;
import dev.edj.schedule.Firings;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes runs and firings older than the retention, nodes gone for longer than that, and jobs
/// that were deleted once their last run has ended.
final class RemoveHistory implements Duty {

  private static final Logger log = LoggerFactory.getLogger(RemoveHistory.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final History history;
  private final HistoryStore store;
  private final Firings firings;
  private final Duration retention;

  RemoveHistory(Jdbi jdbi, Firings firings, Duration retention) {
    this.history = new History(jdbi);
    this.store = jdbi.onDemand(HistoryStore.class);
    this.firings = firings;
    this.retention = retention;
  }

  @Override
  public Duration perform() {
    boolean more = history.removeExpired(retention);
    for (String job : store.removeDeletedJobs()) {
      log.info("job '{}' and its history are deleted", job);
    }
    firings.forgetOlderThan(retention);
    store.removeGoneNodes(retention.toMillis());
    return more ? Duration.ZERO : POLL;
  }
}
