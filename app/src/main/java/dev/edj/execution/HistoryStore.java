package dev.edj.execution;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/// Removal of what has ended. A job that is being deleted keeps its active runs to their end.
public interface HistoryStore {

  /// Ended runs that are older than the retention and not being tried again, or whose job is to be
  /// deleted. Before that, what follows them has to be started: with the last run of a job that is
  /// to be deleted go the triggers that wait for its ends.
  @SqlQuery(
      """
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
       LIMIT :limit)
      LIMIT :limit
      """)
  List<UUID> removableRuns(@Bind("retentionMs") long retentionMs, @Bind("limit") int limit);

  /// Removes an ended run with its children, tasks, batches and logs; nothing, when another
  /// controller is about to.
  @Transaction
  default void removeRun(UUID run) {
    if (takeEnded(run) == null) {
      return;
    }
    removeLogs(run);
    removeBatches(run);
    removeTasks(run);
    removeChildren(run);
    removeRunRow(run);
  }

  @SqlQuery(
      """
      SELECT execution_id FROM job_execution
      WHERE execution_id = :run AND ended_at IS NOT NULL
      FOR UPDATE SKIP LOCKED
      """)
  @Nullable UUID takeEnded(@Bind("run") UUID run);

  String OF_RUN =
      """
      USING (
        SELECT CAST(:run AS uuid) AS execution_id
        UNION ALL
        SELECT c.execution_id
        FROM step_execution s JOIN child_execution c ON c.step_execution_id = s.step_execution_id
        WHERE s.execution_id = :run) of_run
      WHERE x.execution_id = of_run.execution_id
      """;

  @SqlUpdate("DELETE FROM task_log x " + OF_RUN)
  void removeLogs(@Bind("run") UUID run);

  @SqlUpdate("DELETE FROM batch_execution x " + OF_RUN)
  void removeBatches(@Bind("run") UUID run);

  @SqlUpdate("DELETE FROM task_execution x " + OF_RUN)
  void removeTasks(@Bind("run") UUID run);

  @SqlUpdate(
      """
      DELETE FROM child_execution c
      USING step_execution s
      WHERE s.execution_id = :run AND c.step_execution_id = s.step_execution_id
      """)
  void removeChildren(@Bind("run") UUID run);

  @SqlUpdate("DELETE FROM job_execution WHERE execution_id = :run")
  void removeRunRow(@Bind("run") UUID run);

  @SqlQuery(
      """
      DELETE FROM job j
      WHERE j.delete_requested_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM job_execution e WHERE e.job_id = j.job_id)
      RETURNING j.name
      """)
  List<String> removeDeletedJobs();

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
}
