package dev.edj.target;

import dev.edj.controldb.Recent;
import dev.edj.problem.EdjException;
import org.jdbi.v3.core.Jdbi;

/// How servers are dialled.
final class Servers {

  private final Recent<Integer, ServerRow> servers;

  Servers(Jdbi jdbi) {
    ServerStore store = jdbi.onDemand(ServerStore.class);
    this.servers =
        new Recent<>(
            id -> store.find(id).orElseThrow(() -> EdjException.notFound("server", "#" + id)));
  }

  ServerRow withId(int serverId) {
    return servers.of(serverId);
  }
}
