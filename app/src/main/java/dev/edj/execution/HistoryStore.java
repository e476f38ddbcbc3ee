package dev.edj.execution;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/// Removal of what has ended. A job that is being deleted keeps its active runs to their end.
@RegisterConstructorMapper(HistoryStore.EndedRun.class)
public interface HistoryStore {

  /// Ended runs that are older than the retention and not being tried again, or whose job is to be
  /// deleted; those of no job go after an hour. Before that, what follows them has to be started,
  /// and notices of them sent or at least tried: with the last run of a job that is to be deleted
  /// go the triggers that wait for its ends, and its notices.
  @SqlQuery(
      """
      WITH removable AS (
        (SELECT e.execution_id FROM job_execution e
         WHERE e.ended_at < now() - :retentionMs * interval '1 millisecond' AND e.followed
           AND NOT EXISTS (
             SELECT FROM job_execution again WHERE again.retry_of = e.execution_id AND again.ended_at IS NULL)
         LIMIT :limit)
        UNION
        (SELECT e.execution_id
         FROM job j
         JOIN job_execution e ON e.job_id = j.job_id
         WHERE j.delete_requested_at IS NOT NULL AND e.ended_at IS NOT NULL AND e.followed
           AND NOT EXISTS (
             SELECT FROM notice_delivery d WHERE d.execution_id = e.execution_id AND d.lifecycle = 'Created')
         LIMIT :limit)
        UNION
        (SELECT e.execution_id
         FROM job j
         JOIN job_execution e ON e.job_id = j.job_id
         WHERE j.ad_hoc AND e.ended_at < now() - interval '1 hour' AND e.followed
         LIMIT :limit)
        LIMIT :limit)
      """
          + WITH_CHILDREN)
  List<EndedRun> removableRuns(@Bind("retentionMs") long retentionMs, @Bind("limit") int limit);

  /// Ended runs, of one job or of all, that ended before a time, are not being tried again, and for
  /// which the jobs that wait for their end have been started.
  @SqlQuery(
      """
      WITH removable AS (
        SELECT e.execution_id FROM job_execution e
        WHERE e.ended_at < :before AND e.followed
          AND (CAST(:jobId AS bigint) IS NULL OR e.job_id = :jobId)
          AND NOT EXISTS (
            SELECT FROM job_execution again WHERE again.retry_of = e.execution_id AND again.ended_at IS NULL)
        LIMIT :limit)
      """
          + WITH_CHILDREN)
  List<EndedRun> purgeableRuns(
      @Bind("jobId") @Nullable Long jobId,
      @Bind("before") Instant before,
      @Bind("limit") int limit);

  /// By the counters.
  String WITH_CHILDREN =
      """
      SELECT r.execution_id, (
        SELECT coalesce(sum(p.succeeded + p.failed + p.timed_out + p.canceled + p.skipped), 0)
        FROM step_execution s JOIN step_progress p ON p.step_execution_id = s.step_execution_id
        WHERE s.execution_id = r.execution_id) AS children
      FROM removable r
      """;

  @SqlQuery("SELECT job_id FROM job WHERE name = :name AND NOT ad_hoc")
  @Nullable Long job(@Bind("name") String name);

  /// Removes ended runs with their children, tasks, batches, logs and kept results, in one
  /// transaction, and returns which: none of those that somebody else is about to remove.
  @Transaction
  default List<UUID> removeRuns(UUID... runs) {
    stayOnIndexes();
    UUID[] taken = unneeded(takeEnded(runs).toArray(UUID[]::new)).toArray(UUID[]::new);
    if (taken.length > 0) {
      removeLogs(taken);
      removeBatches(taken);
      removeTasks(taken);
      removePieces(taken);
      removeResults(taken);
      removeUnsent(taken);
      removePlans(taken);
      removeChildren(taken);
      removeRunRows(taken);
    }
    return List.of(taken);
  }

  /// Without statistics of the runs' sizes the planner would read all tasks there are.
  @SqlUpdate("SET LOCAL enable_seqscan = off")
  void stayOnIndexes();

  @SqlQuery(
      """
      SELECT execution_id FROM job_execution
      WHERE execution_id = ANY (:runs) AND ended_at IS NOT NULL
      ORDER BY execution_id
      FOR UPDATE SKIP LOCKED
      """)
  List<UUID> takeEnded(@Bind("runs") UUID... runs);

  /// Of these, which are locked, those that nobody has begun to try again: a retry locks what it is
  /// of, so that it is seen here or finds it gone.
  @SqlQuery(
      """
      SELECT r.execution_id FROM unnest(:runs) AS r (execution_id)
      WHERE NOT EXISTS (
        SELECT FROM job_execution again WHERE again.retry_of = r.execution_id AND again.ended_at IS NULL)
      """)
  List<UUID> unneeded(@Bind("runs") UUID... lockedRuns);

  String OF_RUNS =
      """
      USING (
        SELECT unnest(CAST(:runs AS uuid[])) AS execution_id
        UNION ALL
        SELECT c.execution_id
        FROM step_execution s JOIN child_execution c ON c.step_execution_id = s.step_execution_id
        WHERE s.execution_id = ANY (:runs)) of_runs
      WHERE x.execution_id = of_runs.execution_id
      """;

  @SqlUpdate("DELETE FROM task_log x " + OF_RUNS)
  void removeLogs(@Bind("runs") UUID... runs);

  @SqlUpdate("DELETE FROM batch_execution x " + OF_RUNS)
  void removeBatches(@Bind("runs") UUID... runs);

  @SqlUpdate("DELETE FROM task_execution x " + OF_RUNS)
  void removeTasks(@Bind("runs") UUID... runs);

  @SqlUpdate("DELETE FROM kept_result_piece x " + OF_RUNS)
  void removePieces(@Bind("runs") UUID... runs);

  @SqlUpdate("DELETE FROM kept_result x " + OF_RUNS)
  void removeResults(@Bind("runs") UUID... runs);

  @SqlUpdate("DELETE FROM unsent_result x " + OF_RUNS)
  void removeUnsent(@Bind("runs") UUID... runs);

  @SqlUpdate("DELETE FROM kept_plan x " + OF_RUNS)
  void removePlans(@Bind("runs") UUID... runs);

  @SqlUpdate(
      """
      DELETE FROM child_execution c
      USING step_execution s
      WHERE s.execution_id = ANY (:runs) AND c.step_execution_id = s.step_execution_id
      """)
  void removeChildren(@Bind("runs") UUID... runs);

  @SqlUpdate("DELETE FROM job_execution WHERE execution_id = ANY (:runs)")
  void removeRunRows(@Bind("runs") UUID... runs);

  /// Kept results that are older than the retention, the oldest first: none of those that somebody
  /// else is about to remove. Returns how many.
  @SqlUpdate(
      """
      WITH old AS (
        SELECT execution_id FROM kept_result
        WHERE kept_at < now() - :retentionMs * interval '1 millisecond'
        ORDER BY kept_at
        LIMIT :limit
        FOR UPDATE SKIP LOCKED),
      pieces AS (
        DELETE FROM kept_result_piece p USING old WHERE p.execution_id = old.execution_id)
      DELETE FROM kept_result k USING old WHERE k.execution_id = old.execution_id
      """)
  int removeOldResults(@Bind("retentionMs") long retentionMs, @Bind("limit") int limit);

  /// Plans that are older than the retention, likewise.
  @SqlUpdate(
      """
      DELETE FROM kept_plan k
      USING (
        SELECT execution_id FROM kept_plan
        WHERE planned_at < now() - :retentionMs * interval '1 millisecond'
        ORDER BY planned_at
        LIMIT :limit
        FOR UPDATE SKIP LOCKED) old
      WHERE k.execution_id = old.execution_id
      """)
  int removeOldPlans(@Bind("retentionMs") long retentionMs, @Bind("limit") int limit);

  /// Jobs that were deleted, when their executions, their triggers and their notices are gone, of
  /// which the audit log has each trigger and notice.
  @SqlQuery(
      """
      DELETE FROM job j
      WHERE j.delete_requested_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM job_execution e WHERE e.job_id = j.job_id)
        AND NOT EXISTS (SELECT FROM job_trigger t WHERE j.job_id IN (t.job_id, t.after_job_id))
        AND NOT EXISTS (SELECT FROM notice n WHERE n.job_id = j.job_id)
      RETURNING j.name
      """)
  List<String> removeDeletedJobs();

  /// Jobs that were made for one run, when that is gone.
  @SqlUpdate(
      """
      DELETE FROM job j WHERE j.ad_hoc AND NOT EXISTS (SELECT FROM job_execution e WHERE e.job_id = j.job_id)
      """)
  void removeAdHocJobs();

  /// Their contents, after them.
  @SqlUpdate(
      """
      DELETE FROM content c WHERE c.ad_hoc AND NOT EXISTS (SELECT FROM job_step s WHERE s.content_id = c.content_id)
      """)
  void removeAdHocContents();

  /// Nodes that were last heard of longer ago than the retention, and that hold nothing.
  @SqlUpdate(
      """
      DELETE FROM node n
      WHERE n.heartbeat_at < now() - :retentionMs * interval '1 millisecond'
        AND n.node_id NOT IN (SELECT node_id FROM live_node)
        AND NOT EXISTS (SELECT FROM child_execution c WHERE c.lifecycle = 'InProgress' AND c.node_id = n.node_id)
        AND NOT EXISTS (SELECT FROM job_execution e WHERE e.node_id = n.node_id)
      """)
  int removeGoneNodes(@Bind("retentionMs") long retentionMs);

  /// A run that may be removed, with how many children it has.
  record EndedRun(UUID executionId, long children) {}
}
