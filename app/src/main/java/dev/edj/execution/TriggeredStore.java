package dev.edj.execution;

import dev.edj.execution.RunStore.StartableJob;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// The statements by which triggers start runs, many at a time.
interface TriggeredStore {

  @SqlQuery(
      """
      SELECT job_id, name, enabled, delete_requested_at IS NOT NULL AS deleting, current_version
      FROM job WHERE job_id = ANY (:jobIds)
      ORDER BY job_id
      FOR NO KEY UPDATE
      """)
  @RegisterConstructorMapper(StartableJob.class)
  List<StartableJob> lock(@Bind("jobIds") Long[] jobIds);

  /// The jobs among these of which a run has not ended.
  @SqlQuery(
      """
      SELECT job_id, count(*) FILTER (WHERE queued AND started_at IS NULL) AS waiting
      FROM job_execution
      WHERE job_id = ANY (:jobIds) AND ended_at IS NULL AND purpose = 'Run'
      GROUP BY job_id
      """)
  @RegisterConstructorMapper(ActiveRuns.class)
  List<ActiveRuns> active(@Bind("jobIds") Long[] jobIds);

  /// Created at the time of the clock, not of the transaction: those of one job come in the order
  /// in which their transactions had the job's row.
  @SqlUpdate(
      """
      INSERT INTO job_execution (execution_id, job_id, job_version, created_by, created_at, schedule_name, planned_at,
          follows_id, queued)
      SELECT r.execution_id, r.job_id, j.current_version, 'trigger', clock_timestamp(), r.schedule_name,
             CAST(r.planned_at AS timestamptz), r.follows_id, r.queued
      FROM unnest(:ids, :jobIds, :schedules, :planned, :follows, :queued)
        AS r (execution_id, job_id, schedule_name, planned_at, follows_id, queued)
      JOIN job j ON j.job_id = r.job_id
      ORDER BY r.execution_id
      """)
  void insertRuns(
      @Bind("ids") UUID[] runs,
      @Bind("jobIds") long[] jobIds,
      @Bind("schedules") @Nullable String[] schedules,
      @Bind("planned") @Nullable String[] planned,
      @Bind("follows") @Nullable UUID[] follows,
      @Bind("queued") Boolean[] queued);

  /// Once for all of them.
  @SqlUpdate("SELECT pg_notify('edj_execution_started', '')")
  void announceStarts();

  @SqlQuery(
      """
      UPDATE job_execution SET cancel_requested_at = now()
      WHERE job_id = ANY (:jobIds) AND ended_at IS NULL AND cancel_requested_at IS NULL
        AND execution_id <> ALL (:kept) AND purpose = 'Run'
      RETURNING execution_id, job_id
      """)
  @KeyColumn("execution_id")
  @ValueColumn("job_id")
  Map<UUID, Long> markOthers(@Bind("jobIds") Long[] jobIds, @Bind("kept") UUID[] kept);

  /// A job of which something has not ended.
  ///
  /// @param waiting how many wait for others of the job to end
  record ActiveRuns(long jobId, int waiting) {}
}
