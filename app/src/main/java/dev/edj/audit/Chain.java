package dev.edj.audit;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Links events that have none. Any number of controllers may do so: one at a time does.
public final class Chain {

  private static final int MOST_AT_ONCE = 1_000;

  private final Jdbi jdbi;

  public Chain(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// Links what is committed, and returns whether there may be more.
  public boolean extend() {
    return jdbi.inTransaction(Chain::extend);
  }

  private static boolean extend(Handle handle) {
    AuditStore store = handle.attach(AuditStore.class);
    if (!store.takeTurn()) {
      return false;
    }
    List<Long> taken = store.takePending(MOST_AT_ONCE);
    if (taken.isEmpty()) {
      return false;
    }
    Link last = store.head().orElse(Link.NONE);
    List<Link> links = new ArrayList<>();
    for (AuditRow event : store.unlinked(taken.toArray(Long[]::new))) {
      last = last.next(event);
      links.add(last);
    }
    store.insertLinks(
        links.stream().mapToLong(Link::number).toArray(),
        links.stream().mapToLong(Link::eventId).toArray(),
        links.stream().map(Link::hexadecimal).toArray(String[]::new));
    return taken.size() == MOST_AT_ONCE;
  }
}
