package dev.edj.notice;

import dev.edj.audit.Actor;
import dev.edj.audit.NewAuditEvent;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Removes what nothing can be done with any more. Deliveries go with their executions.
public final class NoticeHistory {

  private static final int MOST_DELETED = 500;

  private final Jdbi jdbi;

  public NoticeHistory(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// Removes notices of jobs that were deleted, once no execution is left that they could tell of,
  /// signing keys that are good no more, and tests that are older than the retention.
  public void remove(Duration retention) {
    jdbi.useTransaction(handle -> {
      handle.attach(NoticeStore.class).forgetOutdatedKeys();
      handle.attach(DeliveryStore.class).removeOldTests(retention.toMillis());
      removeOfDeletedJobs(handle);
    });
  }

  private static void removeOfDeletedJobs(Handle handle) {
    NoticeStore store = handle.attach(NoticeStore.class);
    List<NoticeRow> going = store.lockOfDeletedJobs(MOST_DELETED);
    going.forEach(row -> store.delete(row.noticeId()));
    NewAuditEvent.record(
        handle,
        going.stream()
            .map(row ->
                NewAuditEvent.of("notice.delete")
                    .named(row.name())
                    .before(row.notice(null))
                    .by(Actor.SERVICE))
            .toList());
  }
}
