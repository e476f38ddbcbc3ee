package dev.edj.node;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// The processes of the service, each with one heartbeat row.
interface NodeStore {

  String NODES =
      """
      SELECT n.node_id, n.name,
             CASE
               WHEN n.stopped_at IS NOT NULL THEN 'Stopped'
               WHEN n.heartbeat_at + n.lease_ms * interval '1 millisecond' <= now() THEN 'Lost'
               WHEN n.draining THEN 'Draining'
               ELSE 'Active'
             END AS lifecycle,
             n.roles, n.labels, n.version, n.lease_ms AS lease, n.started_at, n.heartbeat_at, n.stopped_at,
             n.facts, n.clock_ahead_ms AS clock_ahead,
             coalesce(busy.children, 0) AS in_progress
      FROM node n
      LEFT JOIN (
        SELECT node_id, count(*) AS children
        FROM child_execution
        WHERE lifecycle = 'InProgress'
        GROUP BY node_id) busy ON busy.node_id = n.node_id
      """;

  @SqlQuery(
      """
      INSERT INTO node (name, lease_ms, roles, labels, version, facts, clock_ahead_ms, draining)
      VALUES (:name, :leaseMs, :roles, :labels, :version, :facts,
              :clockMs - (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
              coalesce((SELECT draining FROM node WHERE node_id = :previous), false))
      RETURNING node_id
      """)
  long register(
      @Bind("name") String name,
      @Bind("leaseMs") long leaseMilliseconds,
      @Bind("roles") String[] roles,
      @Bind("labels") String[] labels,
      @Bind("version") String version,
      @Bind("facts") String[] facts,
      @Bind("clockMs") long clockMilliseconds,
      @Bind("previous") long previousId);

  /// Returns whether the node is to drain, or nothing when it was given up in the meantime.
  @SqlQuery(
      """
      UPDATE node
      SET heartbeat_at = now(), clock_ahead_ms = :clockMs - (extract(epoch FROM clock_timestamp()) * 1000)::bigint
      WHERE node_id = :node AND stopped_at IS NULL AND heartbeat_at + lease_ms * interval '1 millisecond' >= now()
      RETURNING draining
      """)
  @Nullable Boolean renew(@Bind("node") long nodeId, @Bind("clockMs") long clockMilliseconds);

  @SqlUpdate("UPDATE node SET stopped_at = now() WHERE node_id = :node AND stopped_at IS NULL")
  void stop(@Bind("node") long nodeId);

  /// Tells a live node to drain, or to take work again, and wakes it. Returns nothing when it is
  /// not alive.
  @SqlQuery(
      """
      WITH told AS (
        UPDATE node SET draining = :draining
        WHERE node_id = :node AND node_id IN (SELECT node_id FROM live_node)
        RETURNING node_id
      )
      SELECT told.node_id FROM told, pg_notify('edj_node', told.node_id::text)
      """)
  @Nullable Long tell(@Bind("node") long nodeId, @Bind("draining") boolean draining);

  /// Those alive first. Without `gone`, of the others only those of the last day.
  @SqlQuery(
      NODES
          + """
          WHERE :gone OR n.node_id IN (SELECT node_id FROM live_node) OR n.heartbeat_at > now() - interval '1 day'
          ORDER BY n.stopped_at IS NULL AND n.heartbeat_at + n.lease_ms * interval '1 millisecond' > now() DESC,
                   n.node_id DESC
          LIMIT :limit
          """)
  @RegisterConstructorMapper(NodeRow.class)
  List<NodeRow> list(@Bind("gone") boolean gone, @Bind("limit") int limit);

  /// By id, else by name: a name may come again, and then the one that is alive is meant, else the
  /// newest.
  @SqlQuery(
      NODES
          + """
          WHERE n.node_id = :id OR n.name = :name
          ORDER BY n.node_id = :id DESC NULLS LAST,
                   n.stopped_at IS NULL AND n.heartbeat_at + n.lease_ms * interval '1 millisecond' > now() DESC,
                   n.node_id DESC
          LIMIT 1
          """)
  @RegisterConstructorMapper(NodeRow.class)
  @Nullable NodeRow find(@Bind("id") @Nullable Long id, @Bind("name") String name);

  @SqlQuery(
      """
      SELECT c.execution_id AS id, s.execution_id AS parent_id, j.name AS job, sv.name AS server,
             c.database_name AS database, c.attempt, c.attempt_started_at AS started_at
      FROM child_execution c
      JOIN step_execution s ON s.step_execution_id = c.step_execution_id
      JOIN job_execution e ON e.execution_id = s.execution_id
      JOIN job j ON j.job_id = e.job_id
      JOIN server sv ON sv.server_id = c.server_id
      WHERE c.lifecycle = 'InProgress' AND c.node_id = :node
      ORDER BY c.attempt_started_at, c.execution_id
      LIMIT :limit
      """)
  @RegisterConstructorMapper(RunningChild.class)
  List<RunningChild> children(@Bind("node") long nodeId, @Bind("limit") int limit);
}
