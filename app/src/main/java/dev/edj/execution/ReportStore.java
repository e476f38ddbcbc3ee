package dev.edj.execution;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// The statements that record what happened to children, and what follows for their run. Rows are
/// always touched in the order child, progress, run, and children in the order of their ids.
interface ReportStore {

  /// Prepares the transaction: children are found by their ids, one after the other. Without
  /// statistics of a fresh run the planner would rather read all of them. For the same reason the
  /// fence does not ask for the lifecycle, which would offer the index of running children, full of
  /// those that ran before: a child has a node only while it is in progress.
  @SqlQuery(
      """
      SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
             set_config('enable_mergejoin', 'off', true)
      """)
  String begin();

  /// Ends attempts, and returns those that were still this node's to end: the fence.
  @SqlQuery(END_ATTEMPTS)
  @RegisterConstructorMapper(Accepted.class)
  List<Accepted> endAttempts(
      @Bind("ids") UUID[] ids,
      @Bind("attempts") int[] attempts,
      @Bind("nodes") long[] nodes,
      @Bind("types") String[] types,
      @Bind("attemptLifecycles") String[] attemptLifecycles,
      @Bind("childLifecycles") String[] childLifecycles,
      @Bind("retryAfterMs") Long[] retryAfterMs,
      @Bind("counted") int[] counted,
      @Bind("messages") String[] messages,
      @Bind("stacks") String[] stacks);

  String END_ATTEMPTS =
      """
      WITH accepted AS (
        UPDATE child_execution c
        SET lifecycle = r.child_lifecycle,
            node_id = NULL,
            failed_attempts = c.failed_attempts + r.counted,
            ready_at = coalesce(now() + r.retry_after_ms * interval '1 millisecond', c.ready_at),
            ended_at = CASE WHEN r.child_lifecycle <> 'WaitingForRetry' THEN now() END
        FROM unnest(:ids, :attempts, :nodes, :types, :attemptLifecycles, :childLifecycles, :retryAfterMs, :counted,
                    :messages, :stacks)
          AS r (execution_id, attempt, node_id, type, attempt_lifecycle, child_lifecycle, retry_after_ms, counted,
                message, stack)
        WHERE c.execution_id = r.execution_id
          AND c.attempt = r.attempt
          AND c.node_id = r.node_id
        RETURNING c.execution_id, c.attempt, c.attempt_started_at, r.type, r.attempt_lifecycle, r.node_id,
                  r.message, r.stack
      ), recorded AS (
        INSERT INTO task_execution (execution_id, task_number, type, lifecycle, node_id, created_at, started_at,
            ended_at, message, stack)
        SELECT execution_id, attempt, type, attempt_lifecycle, node_id, attempt_started_at, attempt_started_at,
            now(), message, stack
        FROM accepted
      )
      SELECT execution_id, attempt_started_at FROM accepted
      """;

  @SqlUpdate(
      """
      INSERT INTO batch_execution (execution_id, task_number, batch_number, lifecycle, started_at, ended_at, message)
      SELECT b.execution_id, b.task_number, b.batch_number, b.lifecycle,
             to_timestamp(b.started_ms / 1000.0), to_timestamp(b.ended_ms / 1000.0), b.message
      FROM unnest(:ids, :tasks, :numbers, :lifecycles, :startedMs, :endedMs, :messages)
        AS b (execution_id, task_number, batch_number, lifecycle, started_ms, ended_ms, message)
      ON CONFLICT (execution_id, task_number, batch_number) DO UPDATE
      SET lifecycle = excluded.lifecycle, ended_at = excluded.ended_at, message = excluded.message
      """)
  void recordBatches(
      @Bind("ids") UUID[] ids,
      @Bind("tasks") int[] tasks,
      @Bind("numbers") int[] numbers,
      @Bind("lifecycles") String[] lifecycles,
      @Bind("startedMs") Long[] startedMs,
      @Bind("endedMs") Long[] endedMs,
      @Bind("messages") String[] messages);

  @SqlUpdate(
      """
      INSERT INTO task_log (execution_id, task_number, piece, text)
      SELECT * FROM unnest(:ids, :tasks, :pieces, :texts)
      ON CONFLICT DO NOTHING
      """)
  void recordLog(
      @Bind("ids") UUID[] ids,
      @Bind("tasks") int[] tasks,
      @Bind("pieces") int[] pieces,
      @Bind("texts") String[] texts);

  /// The attempts of `ids` that this node still holds, locked for the transaction.
  @SqlQuery(
      """
      SELECT c.execution_id, c.attempt_started_at
      FROM unnest(:ids, :attempts, :nodes) AS held (execution_id, attempt, node_id)
      JOIN child_execution c ON c.execution_id = held.execution_id
      WHERE c.attempt = held.attempt AND c.node_id = held.node_id
      ORDER BY c.execution_id
      FOR UPDATE OF c
      """)
  @RegisterConstructorMapper(Accepted.class)
  List<Accepted> held(
      @Bind("ids") UUID[] ids, @Bind("attempts") int[] attempts, @Bind("nodes") long[] nodes);

  /// Moves children of steps from in progress to where they stand now, and returns the runs of the
  /// steps that have nothing open any more.
  @SqlQuery(
      """
      WITH counted AS (
        UPDATE step_progress p
        SET in_progress = p.in_progress - d.ended,
            waiting_for_retry = p.waiting_for_retry + d.waiting_for_retry,
            succeeded = p.succeeded + d.succeeded,
            failed = p.failed + d.failed,
            timed_out = p.timed_out + d.timed_out,
            canceled = p.canceled + d.canceled
        FROM unnest(:steps, :ended, :waitingForRetry, :succeeded, :failed, :timedOut, :canceled)
               AS d (step_execution_id, ended, waiting_for_retry, succeeded, failed, timed_out, canceled),
             step_execution s
        WHERE p.step_execution_id = d.step_execution_id AND s.step_execution_id = p.step_execution_id
        RETURNING s.execution_id, p.created + p.in_progress + p.waiting_for_retry AS open
      )
      SELECT execution_id FROM counted WHERE open = 0
      """)
  List<UUID> countEnded(
      @Bind("steps") long[] steps,
      @Bind("ended") int[] ended,
      @Bind("waitingForRetry") int[] waitingForRetry,
      @Bind("succeeded") int[] succeeded,
      @Bind("failed") int[] failed,
      @Bind("timedOut") int[] timedOut,
      @Bind("canceled") int[] canceled);

  /// Ends the runs whose children have all ended, says so to whoever waits, and returns them.
  @SqlQuery(
      """
      WITH total AS (
        SELECT s.execution_id, sum(p.failed) AS failed, sum(p.timed_out) AS timed_out,
               sum(p.canceled) AS canceled, sum(p.skipped) AS skipped,
               sum(p.created + p.in_progress + p.waiting_for_retry) AS open
        FROM step_execution s
        JOIN step_progress p ON p.step_execution_id = s.step_execution_id
        WHERE s.execution_id = ANY (:runs)
        GROUP BY s.execution_id
      ), ended AS (
        UPDATE job_execution e
        SET ended_at = now(),
            lifecycle = CASE
              WHEN e.cancel_requested_at IS NOT NULL AND t.canceled > 0 THEN 'Canceled'
              WHEN e.deadline_at <= now() AND t.timed_out > 0 THEN 'TimedOut'
              WHEN t.failed > 0 THEN 'Failed'
              WHEN t.timed_out > 0 THEN 'TimedOut'
              WHEN t.canceled > 0 THEN 'Canceled'
              WHEN t.skipped > 0 THEN 'SucceededWithSkipped'
              ELSE 'Succeeded'
            END
        FROM total t
        WHERE e.execution_id = t.execution_id AND t.open = 0 AND e.lifecycle = 'WaitingForChildJobExecutions'
        RETURNING e.execution_id
      )
      SELECT execution_id FROM ended, pg_notify('edj_execution_ended', ended.execution_id::text)
      """)
  List<UUID> endRuns(@Bind("runs") UUID[] runs);

  /// An attempt that this node was still allowed to report.
  record Accepted(UUID executionId, Instant attemptStartedAt) {}
}
