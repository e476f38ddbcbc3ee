package dev.edj.execution;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// The statements that record what happened to children, and what follows for their run. Rows are
/// touched in the order child, progress, run, and children in the order of their ids; in runs of
/// several steps progress comes first, see [#lockCounters].
interface ReportStore {

  /// Prepares the transaction: children are found by their ids. Without statistics of a fresh run
  /// the planner would rather read all of them. For the same reason the fence does not ask for the
  /// lifecycle, which would offer the index of running children, full of those that ran before: a
  /// child has a node only while it is in progress.
  @SqlQuery(
      """
      SELECT set_config('enable_seqscan', 'off', true), set_config('enable_mergejoin', 'off', true)
      """)
  String begin();

  /// Locks the counters of all steps of those runs that have several, in the order of the steps.
  /// What ends there is followed by children of later steps, whose counters come after those of
  /// other runs: without this, two reports of several runs would wait for each other.
  @SqlQuery(
      """
      SELECT step_execution_id FROM step_progress
      WHERE step_execution_id = ANY (ARRAY(
        SELECT every.step_execution_id
        FROM step_execution own
        JOIN step_execution every ON every.execution_id = own.execution_id
        WHERE own.step_execution_id = ANY (:steps)
          AND EXISTS (SELECT FROM step_execution WHERE execution_id = own.execution_id AND step_id > 1)))
      ORDER BY step_execution_id
      FOR NO KEY UPDATE
      """)
  List<Long> lockCounters(@Bind("steps") long[] steps);

  /// Ends attempts, with all that is to be kept of them, moves their children from in progress to
  /// where they stand now, and returns the attempts that were still this node's to end: the fence.
  @SqlQuery(END_ATTEMPTS)
  @RegisterConstructorMapper(Accepted.class)
  List<Accepted> endAttempts(
      @BindMethods Ends ends, @BindMethods Details details, @BindMethods Kept kept);

  /// Keeps what running attempts have done so far, of those that this node still holds.
  @SqlUpdate(
      """
      WITH held AS (
        SELECT c.execution_id, c.attempt, c.attempt_started_at
        FROM unnest(:ids, :attempts, :nodes) AS r (execution_id, attempt, node_id)
        JOIN child_execution c ON c.execution_id = r.execution_id
        WHERE c.execution_id = ANY (:ids) AND c.attempt = r.attempt AND c.node_id = r.node_id
        ORDER BY c.execution_id
        FOR UPDATE OF c
      ),
      """
          + DETAILS
          + "SELECT FROM held")
  void recordProgress(
      @Bind("ids") UUID[] ids,
      @Bind("attempts") int[] attempts,
      @Bind("nodes") long[] nodes,
      @BindMethods Details details);

  /// Inserts [Details] of attempts that are `held`.
  String DETAILS =
      """
      batches AS (
        INSERT INTO batch_execution (execution_id, task_number, batch_number, lifecycle, started_at, ended_at, message)
        SELECT h.execution_id, h.attempt, b.number, b.lifecycle,
               h.attempt_started_at + b.started_after_ms * interval '1 millisecond',
               h.attempt_started_at + b.ended_after_ms * interval '1 millisecond', b.message
        FROM unnest(:batchOwners, :batchAttempts, :batchNumbers, :batchLifecycles, :startedAfterMs, :endedAfterMs,
                    :batchMessages)
          AS b (execution_id, attempt, number, lifecycle, started_after_ms, ended_after_ms, message)
        JOIN held h ON h.execution_id = b.execution_id AND h.attempt = b.attempt
        ON CONFLICT (execution_id, task_number, batch_number) DO UPDATE
        SET lifecycle = excluded.lifecycle, ended_at = excluded.ended_at, message = excluded.message
      ), log AS (
        INSERT INTO task_log (execution_id, task_number, piece, text)
        SELECT h.execution_id, h.attempt, l.piece, l.text
        FROM unnest(:logOwners, :logAttempts, :pieces, :texts) AS l (execution_id, attempt, piece, text)
        JOIN held h ON h.execution_id = l.execution_id AND h.attempt = l.attempt
        ON CONFLICT DO NOTHING
      )
      """;

  String END_ATTEMPTS =
      """
      WITH held AS (
        UPDATE child_execution c
        -- A child that is to be stopped is not tried again, however its attempt ended.
        SET lifecycle = CASE WHEN r.child_lifecycle = 'WaitingForRetry' AND c.cancel_requested THEN 'Canceled'
                             ELSE r.child_lifecycle END,
            node_id = NULL,
            failed_attempts = c.failed_attempts + r.counted,
            ready_at = coalesce(now() + r.retry_after_ms * interval '1 millisecond', c.ready_at),
            ended_at = CASE WHEN r.child_lifecycle <> 'WaitingForRetry' OR c.cancel_requested THEN now() END
        FROM unnest(:ids, :attempts, :nodes, :types, :attemptLifecycles, :childLifecycles, :retryAfterMs, :counted,
                    :messages, :stacks, :returnedRows)
          AS r (execution_id, attempt, node_id, type, attempt_lifecycle, child_lifecycle, retry_after_ms, counted,
                message, stack, returned_rows)
        WHERE c.execution_id = r.execution_id
          AND c.execution_id = ANY (:ids)
          AND c.attempt = r.attempt
          AND c.node_id = r.node_id
        RETURNING c.execution_id, c.step_execution_id, c.attempt, c.attempt_started_at, c.lifecycle, c.successor,
                  r.type, r.attempt_lifecycle, r.node_id, r.message, r.stack, r.returned_rows
      ), recorded AS (
        INSERT INTO task_execution (execution_id, task_number, type, lifecycle, node_id, created_at, started_at,
            ended_at, message, stack)
        SELECT execution_id, attempt, type, attempt_lifecycle, node_id, attempt_started_at, attempt_started_at,
            now(), message, stack
        FROM held
      ), kept AS (
        INSERT INTO kept_result AS own (execution_id, step_execution_id, columns, row_count, kept_rows, digest, rows)
        SELECT h.execution_id, h.step_execution_id, k.columns, k.row_count,
               CASE WHEN p.kept_bytes < :mostKept THEN k.kept_rows ELSE 0 END, decode(k.digest, 'base64'),
               CASE WHEN p.kept_bytes < :mostKept THEN decode(k.rows, 'base64') ELSE '' END
        FROM unnest(:resultOwners, :resultAttempts, :resultColumns, :resultCounts, :keptRows, :digests, :rows)
          AS k (execution_id, attempt, columns, row_count, kept_rows, digest, rows)
        JOIN held h ON h.execution_id = k.execution_id AND h.attempt = k.attempt
        JOIN step_progress p ON p.step_execution_id = h.step_execution_id
        WHERE h.lifecycle = 'Succeeded'
        RETURNING own.execution_id, length(own.rows) AS bytes
      ), counted AS (
        UPDATE step_progress p
        SET in_progress = p.in_progress - d.ended,
            waiting_for_retry = p.waiting_for_retry + d.waiting_for_retry,
            succeeded = p.succeeded + d.succeeded,
            failed = p.failed + d.failed,
            timed_out = p.timed_out + d.timed_out,
            canceled = p.canceled + d.canceled,
            returned_rows = p.returned_rows + d.returned_rows,
            kept_bytes = p.kept_bytes + d.kept_bytes
        FROM (SELECT step_execution_id, count(*) AS ended,
                     count(*) FILTER (WHERE lifecycle = 'WaitingForRetry') AS waiting_for_retry,
                     count(*) FILTER (WHERE lifecycle = 'Succeeded') AS succeeded,
                     count(*) FILTER (WHERE lifecycle = 'Failed') AS failed,
                     count(*) FILTER (WHERE lifecycle = 'TimedOut') AS timed_out,
                     count(*) FILTER (WHERE lifecycle = 'Canceled') AS canceled,
                     count(*) FILTER (WHERE lifecycle = 'Succeeded' AND returned_rows) AS returned_rows,
                     coalesce(sum(k.bytes), 0) AS kept_bytes
              FROM held
              LEFT JOIN kept k USING (execution_id)
              GROUP BY step_execution_id
              -- Two reports that meet lock the counters in the same order.
              ORDER BY step_execution_id) d
        WHERE p.step_execution_id = d.step_execution_id
        RETURNING p.step_execution_id, p.created + p.in_progress + p.waiting_for_retry AS open
      ),
      """
          + DETAILS
          + """
          SELECT held.execution_id, held.attempt, held.lifecycle, held.successor, step.execution_id AS finished_run
          FROM held
          JOIN counted ON counted.step_execution_id = held.step_execution_id
          LEFT JOIN step_execution step ON step.step_execution_id = held.step_execution_id AND counted.open = 0
          """;

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
        RETURNING e.execution_id, e.lifecycle
      ),
      """
          + TELL_OF_ENDED)
  List<UUID> endRuns(@Bind("runs") UUID[] runs);

  /// What follows the end of runs, those that have `ended` with their lifecycle: their steps note
  /// it, for the listings by target and content, whoever has a notice of it will get it, and
  /// whoever waits is told. Returns the runs.
  String TELL_OF_ENDED =
      """
      noted AS (
        UPDATE step_execution s SET run_lifecycle = ended.lifecycle
        FROM ended
        WHERE s.execution_id = ended.execution_id
      ), occasion AS (
        SELECT execution_id, CASE WHEN lifecycle = 'SucceededWithSkipped' THEN 'Succeeded' ELSE lifecycle END AS event,
               CAST(NULL AS int) AS wave
        FROM ended
      ),
      """
          + Occasions.RAISE_NOTICES
          + """
          SELECT execution_id FROM ended, pg_notify('edj_execution_ended', ended.execution_id::text)
          """;

  /// An attempt that this node was still allowed to end.
  ///
  /// @param lifecycle how its child stands now
  /// @param successor the child of the next step on its database
  /// @param finishedRun the run of which a step has nothing open any more; else null
  record Accepted(
      UUID executionId,
      int attempt,
      Lifecycle lifecycle,
      @Nullable UUID successor,
      @Nullable UUID finishedRun) {}
}
