package dev.edj.target;

import dev.edj.problem.EdjException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/// How servers are dialled, kept for up to a second: 10,000 children of one server need not ask
/// 10,000 times.
final class Servers {

  private static final long FRESH_NANOSECONDS = Duration.ofSeconds(1).toNanos();
  private static final int MOST_KEPT = 10_000;

  private record Kept(ServerRow server, long readAt) {

    boolean isFresh() {
      return System.nanoTime() - readAt < FRESH_NANOSECONDS;
    }
  }

  private final ServerStore store;
  private final Map<Integer, Kept> kept = new ConcurrentHashMap<>();

  Servers(Jdbi jdbi) {
    this.store = jdbi.onDemand(ServerStore.class);
  }

  ServerRow withId(int serverId) {
    Kept found = kept.get(serverId);
    return found != null && found.isFresh() ? found.server() : read(serverId);
  }

  private ServerRow read(int serverId) {
    long readAt = System.nanoTime();
    ServerRow server =
        store.find(serverId).orElseThrow(() -> EdjException.notFound("server", "#" + serverId));
    if (kept.size() >= MOST_KEPT) {
      kept.clear();
    }
    kept.put(serverId, new Kept(server, readAt));
    return server;
  }
}
