package dev.edj.notice;

import dev.edj.audit.NewAuditEvent;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.scope.Bounds;
import dev.edj.scope.Right;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// What is to be sent and what was, for people.
public final class Deliveries {

  private static final int MOST = 1_000;

  private final Jdbi jdbi;

  public Deliveries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// Those of a notice, newest first.
  ///
  /// @param after the last one of the page before
  public List<Delivery> list(String notice, @Nullable UUID after, int limit) {
    if (limit < 1 || limit > MOST) {
      throw EdjException.invalid("limit", "must be from 1 to %,d".formatted(MOST));
    }
    return jdbi.withHandle(handle -> {
      requireNotice(handle, notice);
      return handle.attach(DeliveryStore.class).list(notice, after, limit).stream()
          .map(DeliveryRow::delivery)
          .toList();
    });
  }

  public SentDelivery named(String notice, UUID id) {
    return jdbi.withHandle(handle -> {
      DeliveryStore store = handle.attach(DeliveryStore.class);
      DeliveryRow row = store.find(notice, id).orElseThrow(() -> notFound(id));
      return new SentDelivery(row.delivery(), row.body(), store.attempts(id));
    });
  }

  /// Has a test sent, once, whether the notice is enabled or not.
  public Delivery test(String notice) {
    return jdbi.inTransaction(handle -> {
      NoticeRow row = requireNotice(handle, notice);
      Bounds.of(handle, Right.WRITE).requireNotice(notice);
      UUID id = handle.attach(DeliveryStore.class).insertTest(row.noticeId());
      Delivery created = named(handle, notice, id);
      NewAuditEvent.of("notice.test").named(notice).after(created).record(handle);
      return created;
    });
  }

  /// Has one that has come to its end sent again, with all of its attempts.
  public Delivery resend(String notice, UUID id) {
    return jdbi.inTransaction(handle -> {
      DeliveryStore store = handle.attach(DeliveryStore.class);
      DeliveryRow row = store.findForUpdate(notice, id).orElseThrow(() -> notFound(id));
      Bounds.of(handle, Right.WRITE).requireNotice(notice);
      if (!row.lifecycle().ended()) {
        throw new EdjException(
            ErrorCode.NOT_ENDED, null, "delivery %s waits to be sent already".formatted(id));
      }
      store.resend(id);
      Delivery after = named(handle, notice, id);
      NewAuditEvent.of("notice.resend")
          .named(notice)
          .before(row.delivery())
          .after(after)
          .record(handle);
      return after;
    });
  }

  private static NoticeRow requireNotice(Handle handle, String name) {
    return handle
        .attach(NoticeStore.class)
        .find(name)
        .orElseThrow(() -> EdjException.notFound(Notices.NOUN, name));
  }

  private static Delivery named(Handle handle, String notice, UUID id) {
    return handle
        .attach(DeliveryStore.class)
        .find(notice, id)
        .orElseThrow(() -> notFound(id))
        .delivery();
  }

  private static EdjException notFound(UUID id) {
    return EdjException.notFound("delivery", id.toString());
  }
}
