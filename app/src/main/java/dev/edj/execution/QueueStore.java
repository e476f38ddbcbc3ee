package dev.edj.execution;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// The statements of a claim, to be run in one transaction and in this order.
public interface QueueStore {

  /// Prepares the transaction, and takes the turn: one claim at a time in the whole cluster, so
  /// that what a claim counts is still true when it takes. A claim lasts a few milliseconds.
  ///
  /// The claim is pinned to the partial indexes: after ANALYZE of a mostly finished run the planner
  /// would leave them for a scan and a sort, at a tenth of the speed. It does wait for the disk:
  /// were a claim undone by a crash of the control database, the same node could make it again with
  /// the same attempt, and the fence could not tell one's report from the other's.
  @SqlQuery(
      """
      SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
             set_config('enable_sort', 'off', true), set_config('enable_hashjoin', 'off', true),
             set_config('enable_mergejoin', 'off', true),
             pg_advisory_xact_lock(hashtext('edj claim'))
      """)
  String begin();

  /// Steps with children that wait, whose destination the node can reach.
  @SqlQuery(
      """
      SELECT s.step_execution_id, p.created - p.blocked + p.waiting_for_retry AS waiting, p.in_progress, s.max_parallelism,
             s.attempt_timeout_ms AS attempt_timeout,
             (extract(epoch FROM e.deadline_at - now()) * 1000)::bigint AS job_time_left,
             (SELECT max(server_id) FROM server) AS last_server_id
      FROM job_execution e
      JOIN step_execution s ON s.execution_id = e.execution_id
      JOIN step_progress p ON p.step_execution_id = s.step_execution_id
      WHERE e.ended_at IS NULL
        AND e.cancel_requested_at IS NULL
        AND e.halted_at IS NULL
        AND (e.deadline_at IS NULL OR e.deadline_at > now())
        AND p.created - p.blocked + p.waiting_for_retry > 0
        AND coalesce(
          (SELECT d.required_labels FROM server d WHERE d.server_id = s.destination_server_id)
            <@ (SELECT labels FROM node WHERE node_id = :node), true)
      """)
  @RegisterConstructorMapper(ClaimableStep.class)
  List<ClaimableStep> claimableSteps(@Bind("node") long nodeId);

  /// Takes up to `quota` ready children of a step, walking its servers from `fromServer` up. It
  /// steps from server to server along the index, so that one with a long queue and no free
  /// connection, or one that requires labels the node does not have, costs one look. A node that is
  /// to drain takes none. Running children are counted where they stand, never in a counter that
  /// could leak.
  @SqlQuery(CLAIM)
  @RegisterConstructorMapper(Taken.class)
  List<Taken> take(
      @Bind("step") long stepExecutionId,
      @Bind("node") long nodeId,
      @Bind("fromServer") int fromServer,
      @Bind("perServer") int perServer,
      @Bind("quota") int quota);

  String CLAIM =
      """
      WITH RECURSIVE lane (server_id) AS (
        (SELECT c.server_id
         FROM child_execution c
         WHERE c.step_execution_id = :step AND c.lifecycle IN ('Created', 'WaitingForRetry') AND c.blocks = 0
           AND c.server_id >= :fromServer
         ORDER BY c.server_id
         LIMIT 1)
        UNION ALL
        (SELECT following.server_id
         FROM lane
         CROSS JOIN LATERAL (
           SELECT c.server_id
           FROM child_execution c
           WHERE c.step_execution_id = :step AND c.lifecycle IN ('Created', 'WaitingForRetry') AND c.blocks = 0
             AND c.server_id > lane.server_id
           ORDER BY c.server_id
           LIMIT 1) following)
      ), candidate AS MATERIALIZED (
        SELECT ready.execution_id, ready.lifecycle
        FROM lane
        JOIN server ON server.server_id = lane.server_id
          AND server.required_labels <@ (SELECT labels FROM node WHERE node_id = :node AND NOT draining)
        CROSS JOIN LATERAL (
          SELECT count(*) AS connections
          FROM child_execution r
          WHERE r.server_id = lane.server_id AND r.lifecycle = 'InProgress') busy
        CROSS JOIN LATERAL (
          SELECT c.execution_id, c.lifecycle
          FROM child_execution c
          WHERE c.step_execution_id = :step AND c.server_id = lane.server_id
            AND c.lifecycle IN ('Created', 'WaitingForRetry') AND c.blocks = 0
            AND c.ready_at <= now()
          ORDER BY c.ready_at, c.execution_id
          LIMIT greatest(0, least(server.max_connections - busy.connections, :perServer))
          FOR UPDATE SKIP LOCKED) ready
        LIMIT :quota
      ), taken AS (
        UPDATE child_execution c
        SET lifecycle = 'InProgress', attempt = c.attempt + 1, node_id = :node,
            started_at = coalesce(c.started_at, now()), attempt_started_at = now()
        FROM candidate
        WHERE c.execution_id = candidate.execution_id
        RETURNING c.execution_id, c.server_id, c.database_name, c.attempt, c.failed_attempts, c.parameters, c.ready_at,
                  candidate.lifecycle
      )
      SELECT execution_id, server_id, database_name, attempt, failed_attempts, parameters,
             lifecycle = 'Created' AS first_time, (extract(epoch FROM now() - ready_at) * 1000)::bigint AS waited
      FROM taken
      """;

  /// Counts what was taken, of all steps at once and in the order of their ids, last: a report
  /// locks counters in that order, too.
  @SqlUpdate(
      """
      UPDATE step_progress p
      SET created = p.created - t.first_time, waiting_for_retry = p.waiting_for_retry - t.retried,
          in_progress = p.in_progress + t.first_time + t.retried
      FROM (SELECT * FROM unnest(:steps, :firstTime, :retried) AS t (step, first_time, retried) ORDER BY step) t
      WHERE p.step_execution_id = t.step
      """)
  void count(
      @Bind("steps") long[] steps,
      @Bind("firstTime") int[] firstTime,
      @Bind("retried") int[] retried);

  /// A row that a claim took.
  ///
  /// @param firstTime whether it was not tried before
  /// @param waited since it could have been taken
  record Taken(
      UUID executionId,
      int serverId,
      String databaseName,
      int attempt,
      int failedAttempts,
      @Nullable String parameters,
      boolean firstTime,
      Duration waited) {}
}
