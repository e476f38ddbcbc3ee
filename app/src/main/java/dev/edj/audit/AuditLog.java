package dev.edj.audit;

import dev.edj.problem.EdjException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Shows what was done, and whether what it shows is what was written.
public final class AuditLog {

  private final Jdbi jdbi;

  public AuditLog(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  public AuditPage list(AuditFilter filter) {
    if (filter.from() != null && filter.to() != null && filter.from().isAfter(filter.to())) {
      throw EdjException.invalid("to", "must not be earlier than %s".formatted(filter.from()));
    }
    List<AuditEvent> events =
        jdbi.inTransaction(handle -> {
          AuditStore store = handle.attach(AuditStore.class);
          store.begin();
          return store.list(filter).stream().map(AuditRow::event).toList();
        });
    return new AuditPage(
        events, events.size() < filter.limit() ? null : Long.toString(events.getLast().id()));
  }

  public AuditEvent event(long id) {
    return jdbi.withExtension(AuditStore.class, store -> store.find(id))
        .orElseThrow(() -> EdjException.notFound("audit event", Long.toString(id)))
        .event();
  }

  /// Writes down what changes nothing else.
  public void record(NewAuditEvent event) {
    jdbi.useTransaction(event::record);
  }

  /// How far the chain has come.
  public ChainHead head() {
    return jdbi.withExtension(AuditStore.class, AuditStore::head)
        .map(Link::head)
        .orElse(ChainHead.NONE);
  }

  /// Goes along the chain.
  ///
  /// @param after where to begin, taken for right; null for the beginning
  /// @param expected a head of before, which the chain must still go through; null for none
  public Verification verify(@Nullable ChainHead after, @Nullable ChainHead expected) {
    return new Verifier(jdbi).verify(after, expected);
  }

  /// Writes the linked events as lines of JSON.
  ///
  /// @param after the number after which to begin; 0 for the beginning
  public void export(long after, OutputStream out) throws IOException {
    new AuditExport(jdbi).write(after, out);
  }
}
