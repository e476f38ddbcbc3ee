package dev.edj.metric;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/// What is now, read from where it is kept. Each statement looks at what is active, never at
/// history.
@RegisterConstructorMapper(GaugeStore.OfTwo.class)
@RegisterConstructorMapper(GaugeStore.LiveNode.class)
@RegisterConstructorMapper(GaugeStore.Children.class)
@RegisterConstructorMapper(GaugeStore.Connections.class)
@RegisterConstructorMapper(GaugeStore.Lag.class)
@RegisterConstructorMapper(GaugeStore.Unlinked.class)
interface GaugeStore {

  /// Statements that take longer than this do without an answer, and stay on the indexes of what is
  /// active, as a claim does.
  @SqlQuery(
      """
      SELECT set_config('statement_timeout', '2s', true), set_config('enable_seqscan', 'off', true),
             set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true)
      """)
  String begin();

  @SqlQuery(
      """
      SELECT lifecycle AS first, purpose AS second, count(*) AS value
      FROM job_execution
      WHERE ended_at IS NULL
      GROUP BY lifecycle, purpose
      """)
  List<OfTwo> executions();

  @SqlQuery(
      """
      SELECT coalesce(sum(p.created), 0) AS created, coalesce(sum(p.blocked), 0) AS blocked,
             coalesce(sum(p.in_progress), 0) AS in_progress, coalesce(sum(p.waiting_for_retry), 0) AS waiting_for_retry
      FROM job_execution e
      JOIN step_execution s ON s.execution_id = e.execution_id
      JOIN step_progress p ON p.step_execution_id = s.step_execution_id
      WHERE e.ended_at IS NULL
      """)
  Children children();

  /// Of each step that waits and of each server the child that comes next there, from server to
  /// server along the index of the claims; of 10,000 at most.
  @SqlQuery(
      """
      WITH RECURSIVE next (step_execution_id, server_id, ready_at) AS (
        (SELECT s.step_execution_id, c.server_id, c.ready_at
         FROM job_execution e
         JOIN step_execution s ON s.execution_id = e.execution_id
         JOIN step_progress p ON p.step_execution_id = s.step_execution_id
         CROSS JOIN LATERAL (
           SELECT c.server_id, c.ready_at
           FROM child_execution c
           WHERE c.step_execution_id = s.step_execution_id AND c.lifecycle IN ('Created', 'WaitingForRetry') AND c.blocks = 0
           ORDER BY c.server_id, c.ready_at
           LIMIT 1) c
         WHERE e.ended_at IS NULL AND e.cancel_requested_at IS NULL AND e.halted_at IS NULL
           AND p.created - p.blocked + p.waiting_for_retry > 0)
        UNION ALL
        (SELECT next.step_execution_id, c.server_id, c.ready_at
         FROM next
         CROSS JOIN LATERAL (
           SELECT c.server_id, c.ready_at
           FROM child_execution c
           WHERE c.step_execution_id = next.step_execution_id AND c.lifecycle IN ('Created', 'WaitingForRetry')
             AND c.blocks = 0 AND c.server_id > next.server_id
           ORDER BY c.server_id, c.ready_at
           LIMIT 1) c)
      )
      SELECT coalesce(greatest(0, extract(epoch FROM now() - min(ready_at))), 0)
      FROM (SELECT ready_at FROM next LIMIT 10000) bounded
      """)
  double oldestSeconds();

  @SqlQuery(
      """
      SELECT state.lifecycle AS first, role AS second, count(*) AS value
      FROM node n
      CROSS JOIN LATERAL (
        SELECT CASE
          WHEN n.heartbeat_at + n.lease_ms * interval '1 millisecond' <= now() THEN 'Lost'
          WHEN n.draining THEN 'Draining'
          ELSE 'Active'
        END AS lifecycle) state
      CROSS JOIN LATERAL unnest(n.roles) AS role
      WHERE n.stopped_at IS NULL AND n.heartbeat_at > now() - interval '1 day'
      GROUP BY state.lifecycle, role
      """)
  List<OfTwo> nodes();

  @SqlQuery(
      """
      SELECT n.name, sum(coalesce(busy.children, 0)) AS children,
             (array_agg(n.clock_ahead_ms ORDER BY abs(n.clock_ahead_ms) DESC NULLS LAST))[1] / 1000.0 AS clock_ahead
      FROM live_node live
      JOIN node n ON n.node_id = live.node_id
      LEFT JOIN (
        SELECT node_id, count(*) AS children
        FROM child_execution
        WHERE lifecycle = 'InProgress'
        GROUP BY node_id) busy ON busy.node_id = n.node_id
      GROUP BY n.name
      ORDER BY children DESC, n.name
      LIMIT 100
      """)
  List<LiveNode> liveNodes();

  @SqlQuery(
      """
      SELECT count(*)
      FROM child_execution c
      JOIN node n ON n.node_id = c.node_id
      WHERE c.lifecycle = 'InProgress'
        AND (n.stopped_at IS NOT NULL OR n.heartbeat_at + n.lease_ms * interval '1 millisecond' < now())
      """)
  double childrenOfLostNodes();

  @SqlQuery(
      """
      SELECT s.name AS server, busy.connections, s.max_connections AS most
      FROM (SELECT server_id, count(*) AS connections
            FROM child_execution
            WHERE lifecycle = 'InProgress'
            GROUP BY server_id) busy
      JOIN server s ON s.server_id = busy.server_id
      ORDER BY busy.connections::float / s.max_connections DESC, s.name
      LIMIT 50
      """)
  List<Connections> connections();

  @SqlQuery(
      """
      SELECT coalesce(greatest(0, extract(epoch FROM now() - min(next_at))), 0) AS seconds,
             count(*) FILTER (WHERE obstacle IS NOT NULL) AS hindered
      FROM job_trigger
      WHERE enabled AND next_at IS NOT NULL
      """)
  Lag lag();

  @SqlQuery(
      """
      SELECT count(*) AS events, greatest(0, extract(epoch FROM now() - min(e.occurred_at))) AS seconds
      FROM (SELECT event_id FROM audit_pending ORDER BY event_id LIMIT 10000) pending
      JOIN audit_event e ON e.event_id = pending.event_id
      """)
  Unlinked unlinked();

  /// Those of one name are one: a name is not unique.
  ///
  /// @param clockAhead in seconds; null of one that does not tell
  record LiveNode(String name, double children, @Nullable Double clockAhead) {}

  /// Values of a metric with two labels.
  record OfTwo(String first, String second, double value) {}

  /// Children of executions that have not ended.
  record Children(double created, double blocked, double inProgress, double waitingForRetry) {}

  /// What is in use at a server.
  ///
  /// @param most the server's limit
  record Connections(String server, double connections, double most) {}

  /// How late triggers are.
  ///
  /// @param hindered triggers whose schedule cannot be read
  record Lag(double seconds, double hindered) {}

  /// Events that are not in the chain yet.
  ///
  /// @param seconds null when there are no events
  record Unlinked(double events, @Nullable Double seconds) {}
}
