package dev.edj.execution;

import java.time.Duration;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// The processes of the service, each with one heartbeat row.
public interface NodeStore {

  @SqlQuery("INSERT INTO node (name, lease_ms) VALUES (:name, :leaseMs) RETURNING node_id")
  long register(@Bind("name") String name, @Bind("leaseMs") long leaseMilliseconds);

  /// Returns 0 when the node was given up in the meantime.
  @SqlUpdate(
      """
      UPDATE node SET heartbeat_at = now()
      WHERE node_id = :node AND stopped_at IS NULL AND heartbeat_at + lease_ms * interval '1 millisecond' >= now()
      """)
  int renew(@Bind("node") long nodeId);

  @SqlUpdate("UPDATE node SET stopped_at = now() WHERE node_id = :node AND stopped_at IS NULL")
  void stop(@Bind("node") long nodeId);

  default long register(String name, Duration lease) {
    return register(name, lease.toMillis());
  }
}
