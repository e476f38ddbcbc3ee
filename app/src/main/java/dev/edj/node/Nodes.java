package dev.edj.node;

import dev.edj.audit.NewAuditEvent;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Shows, drains and resumes nodes. A `nameOrId` is a node's name or its id.
public final class Nodes {

  private static final int MOST_LISTED = 1_000;

  private final Jdbi jdbi;
  private final NodeStore store;

  public Nodes(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.store = jdbi.onDemand(NodeStore.class);
  }

  /// The nodes, those alive first, then the newest.
  ///
  /// @param gone whether all that are gone, too; else only those of the last day
  public List<ServiceNode> list(boolean gone) {
    return store.list(gone, MOST_LISTED).stream().map(row -> row.node(null)).toList();
  }

  /// One node with what it runs.
  public ServiceNode named(String nameOrId) {
    NodeRow row = row(nameOrId);
    return row.node(store.children(row.nodeId(), MOST_LISTED));
  }

  /// Tells a node to take nothing new; what runs goes on to its end.
  public ServiceNode drain(String nameOrId) {
    return tell(nameOrId, true, "node.drain");
  }

  /// Tells a node to take work again.
  public ServiceNode resume(String nameOrId) {
    return tell(nameOrId, false, "node.resume");
  }

  private ServiceNode tell(String nameOrId, boolean draining, String action) {
    NodeRow row = row(nameOrId);
    boolean told =
        jdbi.inTransaction(handle -> {
          if (handle.attach(NodeStore.class).tell(row.nodeId(), draining) == null) {
            return false;
          }
          NewAuditEvent.of(action).named(row.name()).id(row.nodeId()).record(handle);
          return true;
        });
    if (!told) {
      throw new EdjException(
          ErrorCode.NODE_GONE,
          null,
          "node '%s' is %s and takes no orders".formatted(row.name(), row(nameOrId).lifecycle()));
    }
    return named(Long.toString(row.nodeId()));
  }

  private NodeRow row(String nameOrId) {
    NodeRow row = store.find(id(nameOrId), nameOrId);
    if (row == null) {
      throw EdjException.notFound("node", nameOrId);
    }
    return row;
  }

  private static @Nullable Long id(String nameOrId) {
    try {
      return Long.valueOf(nameOrId);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
