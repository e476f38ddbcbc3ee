package dev.edj.execution;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// The statements that carry a run from its start to its children.
public interface RunStore {

  /// Locks the job's row so that it is neither disabled nor deleted while a run of it is inserted.
  @SqlQuery(
      """
      SELECT job_id, name, enabled, delete_requested_at IS NOT NULL AS deleting, current_version
      FROM job WHERE name = :name
      FOR SHARE
      """)
  @RegisterConstructorMapper(StartableJob.class)
  @Nullable StartableJob startable(@Bind("name") String name);

  @SqlUpdate(
      """
      INSERT INTO job_execution (execution_id, job_id, job_version, created_by, retry_of, parameters)
      VALUES (:run, :jobId, :version, :createdBy, CAST(:retryOf AS uuid), jsonb_object(:keys, :values))
      """)
  void insertRun(
      @Bind("run") UUID run,
      @Bind("jobId") long jobId,
      @Bind("version") int version,
      @Bind("createdBy") String createdBy,
      @Bind("retryOf") @Nullable UUID retryOf,
      @Bind("keys") List<String> keys,
      @Bind("values") List<String> values);

  @SqlQuery(
      """
      SELECT jsonb_object_keys(parameters) FROM job_version
      WHERE job_id = :jobId AND version = :version
      ORDER BY 1
      """)
  List<String> parameters(@Bind("jobId") long jobId, @Bind("version") int version);

  /// What was given at the start of a run.
  @SqlQuery(
      "SELECT p.key, p.value FROM job_execution, jsonb_each_text(parameters) p WHERE execution_id = :run")
  @KeyColumn("key")
  @ValueColumn("value")
  Map<String, String> givenParameters(@Bind("run") UUID run);

  /// Pins content version and policy of every step of the runs. Before a first step nothing can be
  /// waited for.
  @SqlUpdate(
      """
      INSERT INTO step_execution (execution_id, step_id, step_name, content_id, content_version, credential_id,
          target_id, policy_name, job_timeout_ms, attempt_timeout_ms, initial_retry_interval_ms,
          maximum_retry_interval_ms, retry_interval_backoff_coefficient, maximum_attempts, retry, transient_errors,
          permanent_errors, max_parallelism, exactly_once, barrier, run_created_at)
      SELECT e.execution_id, s.step_id, s.name, s.content_id, coalesce(s.content_version, c.latest_version),
          s.credential_id,
          s.target_id, p.name, p.job_timeout_ms, p.attempt_timeout_ms, p.initial_retry_interval_ms,
          p.maximum_retry_interval_ms, p.retry_interval_backoff_coefficient, p.maximum_attempts, p.retry,
          p.transient_errors, p.permanent_errors, s.max_parallelism, s.exactly_once,
          s.barrier AND s.step_id > 1, e.created_at
      FROM job_execution e
      JOIN job_step s ON s.job_id = e.job_id AND s.version = e.job_version
      JOIN content c ON c.content_id = s.content_id
      JOIN execution_policy p ON p.policy_id = s.policy_id
      WHERE e.execution_id = ANY (:runs)
      """)
  void insertSteps(@Bind("runs") UUID... runs);

  @SqlUpdate(
      """
      INSERT INTO step_progress (step_execution_id)
      SELECT step_execution_id FROM step_execution WHERE execution_id = ANY (:runs)
      """)
  void insertProgress(@Bind("runs") UUID... runs);

  @SqlUpdate("SELECT pg_notify('edj_execution_started', :run::text)")
  void announceStart(@Bind("run") UUID run);

  /// Takes runs whose own tasks are to be done by this node: none while it is to drain, and none
  /// that would have it ask a server which requires labels it does not have. A run that is queued
  /// waits for the others of its job.
  @SqlQuery(
      """
      UPDATE job_execution e
      SET lifecycle = 'InProgress', node_id = :node, attempt = e.attempt + 1,
          started_at = coalesce(e.started_at, now()),
          deadline_at = coalesce(e.deadline_at, now() + (
            SELECT CASE WHEN count(*) = count(s.job_timeout_ms) THEN max(s.job_timeout_ms) END
            FROM step_execution s WHERE s.execution_id = e.execution_id) * interval '1 millisecond')
      WHERE e.execution_id IN (
        SELECT r.execution_id
        FROM job_execution r
        WHERE r.ended_at IS NULL AND r.lifecycle IN ('Created', 'WaitingForRetry') AND r.ready_at <= now()
          AND r.cancel_requested_at IS NULL AND (r.deadline_at IS NULL OR r.deadline_at > now())
          AND NOT (r.queued AND r.started_at IS NULL AND EXISTS (
            SELECT FROM job_execution other
            WHERE other.job_id = r.job_id AND other.ended_at IS NULL AND other.execution_id <> r.execution_id
              AND (other.started_at IS NOT NULL OR NOT other.queued
                OR (other.created_at, other.execution_id) < (r.created_at, r.execution_id))))
          AND EXISTS (SELECT FROM node WHERE node_id = :node AND NOT draining)
          AND NOT EXISTS (
            SELECT FROM step_execution s
            JOIN target_label l ON l.target_id = s.target_id
            WHERE s.execution_id = r.execution_id
              AND l.label <> ALL (SELECT unnest(labels) FROM node WHERE node_id = :node))
        ORDER BY r.execution_id
        LIMIT :limit
        FOR UPDATE OF r SKIP LOCKED)
      RETURNING e.execution_id, e.job_id, e.attempt, e.failed_attempts, e.next_task_number AS task_number,
        e.retry_of
      """)
  @RegisterConstructorMapper(ClaimedRun.class)
  List<ClaimedRun> claim(@Bind("node") long nodeId, @Bind("limit") int limit);

  @SqlQuery(
      """
      SELECT step_execution_id, step_id, content_id, content_version, credential_id, target_id, barrier
      FROM step_execution WHERE execution_id = :run
      ORDER BY step_id
      """)
  @RegisterConstructorMapper(PinnedStep.class)
  List<PinnedStep> pinnedSteps(@Bind("run") UUID run);

  /// Locks the run if it is still this node's, at this attempt: the fence of its own tasks.
  @SqlQuery(
      """
      SELECT execution_id FROM job_execution
      WHERE execution_id = :run AND node_id = :node AND attempt = :attempt AND lifecycle = 'InProgress'
      FOR UPDATE
      """)
  @Nullable UUID held(
      @Bind("run") UUID run, @Bind("node") long nodeId, @Bind("attempt") int attempt);

  @SqlUpdate(
      """
      INSERT INTO task_execution (execution_id, task_number, type, lifecycle, node_id, created_at, started_at,
          ended_at, message, stack)
      VALUES (:run, :number, :type, :lifecycle, :node, now() - :elapsedMs * interval '1 millisecond',
          now() - :elapsedMs * interval '1 millisecond', now(), :message, :stack)
      """)
  void recordTask(
      @Bind("run") UUID run,
      @Bind("number") int number,
      @Bind("type") TaskType type,
      @Bind("lifecycle") Lifecycle lifecycle,
      @Bind("node") long nodeId,
      @Bind("elapsedMs") long elapsedMilliseconds,
      @Bind("message") @Nullable String message,
      @Bind("stack") @Nullable String stack);

  @SqlUpdate(
      "UPDATE job_execution SET next_task_number = next_task_number + :tasks WHERE execution_id = :run")
  void advanceTaskNumber(@Bind("run") UUID run, @Bind("tasks") int tasks);

  /// Two runs of one job expand one after the other, so that the later one sees where the earlier
  /// one runs.
  @SqlQuery(
      "SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtext('edj expand'), :jobId::int)) taken")
  int takeExpansionTurn(@Bind("jobId") long jobId);

  /// How the run's job version goes out to its databases.
  @SqlQuery(
      """
      SELECT v.waves, v.wave_pause_ms AS pause, v.wave_approval AS approval, v.failure_limit
      FROM job_execution e JOIN job_version v ON v.job_id = e.job_id AND v.version = e.job_version
      WHERE e.execution_id = :run
      """)
  @RegisterConstructorMapper(Rollout.class)
  Rollout rollout(@Bind("run") UUID run);

  /// Databases on which another run of the job has not ended.
  @SqlQuery(
      """
      SELECT DISTINCT c.server_id, c.database_name
      FROM job_execution e
      CROSS JOIN LATERAL (
        SELECT step_execution_id FROM step_execution WHERE execution_id = e.execution_id OFFSET 0) s
      CROSS JOIN LATERAL (
        SELECT server_id, database_name FROM child_execution
        WHERE step_execution_id = s.step_execution_id AND ended_at IS NULL OFFSET 0) c
      WHERE e.job_id = :jobId AND e.execution_id <> :run AND e.ended_at IS NULL
      """)
  @RegisterConstructorMapper(Place.class)
  Set<Place> busy(@Bind("run") UUID run, @Bind("jobId") long jobId);

  /// Databases on which the step of this name did not succeed in an earlier run; of a step that the
  /// earlier run did not have, those on which any did not.
  @SqlQuery(
      """
      WITH same AS (
        SELECT s.step_execution_id
        FROM step_execution s JOIN step_execution n ON n.step_name = s.step_name
        WHERE s.execution_id = :earlier AND n.step_execution_id = :step)
      SELECT DISTINCT c.server_id, c.database_name
      FROM step_execution s
      JOIN child_execution c ON c.step_execution_id = s.step_execution_id
      WHERE s.execution_id = :earlier AND c.lifecycle <> 'Succeeded'
        AND (s.step_execution_id IN (SELECT step_execution_id FROM same) OR NOT EXISTS (SELECT FROM same))
      """)
  @RegisterConstructorMapper(Place.class)
  Set<Place> unsuccessful(@Bind("earlier") UUID earlierRun, @Bind("step") long stepExecutionId);

  /// Inserts children of a step, counts them in its progress, and returns how many they are.
  @SqlQuery(
      """
      WITH inserted AS (
        INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name, wave, blocks, successor,
            lifecycle, ended_at)
        SELECT d.execution_id, :step, server.server_id, d.database_name, d.wave, d.blocks, d.successor,
               CASE WHEN d.skipped THEN 'Skipped' ELSE 'Created' END, CASE WHEN d.skipped THEN now() END
        FROM unnest(:ids, :serverIds, :databases, :waves, :blocks, :successors, :skipped)
          AS d (execution_id, server_id, database_name, wave, blocks, successor, skipped)
        JOIN server ON server.server_id = d.server_id
        RETURNING lifecycle, blocks
      ), total AS (
        SELECT count(*) FILTER (WHERE lifecycle = 'Created')::int AS created,
               count(*) FILTER (WHERE lifecycle = 'Created' AND blocks > 0)::int AS blocked,
               count(*) FILTER (WHERE lifecycle = 'Skipped')::int AS skipped
        FROM inserted
      ), counted AS (
        UPDATE step_progress p
        SET created = p.created + total.created, blocked = p.blocked + total.blocked,
            skipped = p.skipped + total.skipped
        FROM total
        WHERE p.step_execution_id = :step
      )
      SELECT created + skipped FROM total
      """)
  int insertChildren(@Bind("step") long stepExecutionId, @BindMethods NewChildren children);

  @SqlUpdate(
      """
      UPDATE job_execution
      SET lifecycle = 'WaitingForChildJobExecutions', node_id = NULL, message = :message, waves = :waves,
          failure_limit = :failureLimit
      WHERE execution_id = :run
      """)
  void waitForChildren(
      @Bind("run") UUID run,
      @Bind("message") @Nullable String message,
      @Bind("waves") int waves,
      @Bind("failureLimit") @Nullable Integer failureLimit);

  @SqlUpdate("SELECT pg_notify('edj_work', :run::text)")
  void announceWork(@Bind("run") UUID run);

  @SqlUpdate(
      """
      UPDATE job_execution
      SET lifecycle = 'WaitingForRetry', node_id = NULL, failed_attempts = failed_attempts + 1, message = :message,
          ready_at = now() + :waitMs * interval '1 millisecond'
      WHERE execution_id = :run
      """)
  void retryLater(
      @Bind("run") UUID run, @Bind("waitMs") long waitMs, @Bind("message") String message);

  /// Hands a run back that could not be launched through a fault of EDJ's own.
  @SqlUpdate(
      """
      UPDATE job_execution
      SET lifecycle = 'WaitingForRetry', node_id = NULL, ready_at = now() + interval '5 seconds',
          message = coalesce(:message, message)
      WHERE execution_id = :run AND node_id = :node AND attempt = :attempt AND lifecycle = 'InProgress'
      """)
  void giveBack(
      @Bind("run") UUID run,
      @Bind("node") long nodeId,
      @Bind("attempt") int attempt,
      @Bind("message") @Nullable String message);

  @SqlUpdate(
      """
      WITH ended AS (
        UPDATE job_execution
        SET lifecycle = 'Failed', node_id = NULL, failed_attempts = failed_attempts + 1, message = :message,
            ended_at = now()
        WHERE execution_id = :run
        RETURNING execution_id, lifecycle
      ), noted AS (
        UPDATE step_execution s SET run_lifecycle = ended.lifecycle
        FROM ended
        WHERE s.execution_id = ended.execution_id
      )
      SELECT pg_notify('edj_execution_ended', execution_id::text) FROM ended
      """)
  void fail(@Bind("run") UUID run, @Bind("message") String message);

  /// A database by its server's id.
  record Place(int serverId, String databaseName) {}

  /// A job as far as a start needs it.
  record StartableJob(
      long jobId, String name, boolean enabled, boolean deleting, int currentVersion) {}

  /// A run whose own tasks a node has taken.
  ///
  /// @param taskNumber the next free task number
  /// @param retryOf the run of whose databases it takes those that did not succeed
  record ClaimedRun(
      UUID executionId,
      long jobId,
      int attempt,
      int failedAttempts,
      int taskNumber,
      @Nullable UUID retryOf) {}

  /// A step as the run pinned it.
  record PinnedStep(
      long stepExecutionId,
      int stepId,
      long contentId,
      int contentVersion,
      long credentialId,
      UUID targetId,
      boolean barrier) {}
}
