package dev.edj.controller;

import dev.edj.content.Packages;
import dev.edj.duty.Duty;
import dev.edj.execution.History;
import dev.edj.execution.HistoryStore;
import dev.edj.execution.Retention;
import dev.edj.notice.NoticeHistory;
import dev.edj.schedule.Firings;
import dev.edj.schedule.Triggers;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes runs and firings older than the retention, kept results and plans older than theirs,
/// nodes gone for longer than the runs' retention, jobs that were deleted once their last run has
/// ended, with their triggers and notices, packages that nothing has any more, tests of notices,
/// and what queries leave behind.
final class RemoveHistory implements Duty {

  private static final Logger log = LoggerFactory.getLogger(RemoveHistory.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final History history;
  private final HistoryStore store;
  private final Packages packages;
  private final Firings firings;
  private final Triggers triggers;
  private final NoticeHistory notices;
  private final Retention retention;

  RemoveHistory(
      Jdbi jdbi, Packages packages, Firings firings, Triggers triggers, Retention retention) {
    this.history = new History(jdbi);
    this.store = jdbi.onDemand(HistoryStore.class);
    this.packages = packages;
    this.firings = firings;
    this.triggers = triggers;
    this.notices = new NoticeHistory(jdbi);
    this.retention = retention;
  }

  @Override
  public Duration perform() {
    boolean moreRuns = history.removeExpired(retention.runs());
    boolean moreResults = history.removeExpiredResults(retention.results());
    boolean morePlans = history.removeExpiredPlans(retention.results());
    triggers.deleteOfDeletedJobs();
    notices.remove(retention.runs());
    for (String job : store.removeDeletedJobs()) {
      log.info("job '{}' and its history are deleted", job);
    }
    store.removeAdHocJobs();
    store.removeAdHocContents();
    packages.removeUnused();
    firings.forgetOlderThan(retention.runs());
    store.removeGoneNodes(retention.runs().toMillis());
    return moreRuns || moreResults || morePlans ? Duration.ZERO : POLL;
  }
}
