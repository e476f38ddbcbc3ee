package dev.edj.execution;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
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
      FROM job WHERE name = :name AND NOT ad_hoc
      FOR SHARE
      """)
  @RegisterConstructorMapper(StartableJob.class)
  @Nullable StartableJob startable(@Bind("name") String name);

  @SqlUpdate(
      """
      INSERT INTO job_execution (execution_id, job_id, job_version, purpose, followed, created_by, retry_of, parameters)
      VALUES (:run, :jobId, :version, :purpose, CAST(:purpose AS text) <> 'Run', :createdBy, CAST(:retryOf AS uuid),
          CAST(:parameters AS jsonb))
      """)
  void insertRun(
      @Bind("run") UUID run,
      @Bind("jobId") long jobId,
      @Bind("version") int version,
      @Bind("purpose") Purpose purpose,
      @Bind("createdBy") String createdBy,
      @Bind("retryOf") @Nullable UUID retryOf,
      @Bind("parameters") String parameters);

  /// What the job declares, in JSON.
  @SqlQuery("SELECT parameters FROM job_version WHERE job_id = :jobId AND version = :version")
  String parameters(@Bind("jobId") long jobId, @Bind("version") int version);

  /// Keeps an ended run from being removed from the history until the transaction ends; null when
  /// it is gone.
  @SqlQuery(
      """
      SELECT execution_id FROM job_execution WHERE execution_id = :run AND ended_at IS NOT NULL
      FOR SHARE
      """)
  @Nullable UUID keep(@Bind("run") UUID endedRun);

  /// What was given at the start of a run, in JSON.
  @SqlQuery("SELECT parameters FROM job_execution WHERE execution_id = :run")
  String givenParameters(@Bind("run") UUID run);

  /// Pins content version, policy and destination of every step of the runs, whose ids are in the
  /// order of the steps. Before a first step nothing can be waited for. Nothing that a check asks
  /// takes five minutes: where it does, that is the answer.
  ///
  /// @return the scripts and packages that are pinned, in the order of the steps
  @SqlQuery(
      """
      WITH pinned AS (
        INSERT INTO step_execution (execution_id, step_id, step_name, content_id, content_version, credential_id,
            target_id, policy_name, job_timeout_ms, attempt_timeout_ms, initial_retry_interval_ms,
            maximum_retry_interval_ms, retry_interval_backoff_coefficient, maximum_attempts, retry, transient_errors,
            permanent_errors, max_parallelism, exactly_once, barrier, run_created_at, results, destination_server_id,
            destination_database, destination_schema, destination_table, destination_credential_id, destination_drift,
            destination_source_columns, on_destination_failure, publish_options, package_sha256)
        SELECT e.execution_id, s.step_id, s.name, s.content_id, coalesce(s.content_version, c.latest_version),
            s.credential_id,
            s.target_id, p.name, p.job_timeout_ms,
            least(p.attempt_timeout_ms, CASE WHEN e.purpose = 'Check' THEN 300000 END), p.initial_retry_interval_ms,
            p.maximum_retry_interval_ms, p.retry_interval_backoff_coefficient, p.maximum_attempts, p.retry,
            p.transient_errors, p.permanent_errors, s.max_parallelism, s.exactly_once,
            s.barrier AND s.step_id > 1 AND e.purpose = 'Run', e.created_at, s.results, s.destination_server_id,
            s.destination_database, s.destination_schema, s.destination_table, s.destination_credential_id,
            s.destination_drift, s.destination_source_columns, p.on_destination_failure, s.publish_options,
            (SELECT v.package_sha256 FROM content_version v
             WHERE v.content_id = s.content_id AND v.version = coalesce(s.content_version, c.latest_version))
        FROM job_execution e
        JOIN job_step s ON s.job_id = e.job_id AND s.version = e.job_version
        JOIN content c ON c.content_id = s.content_id
        JOIN execution_policy p ON p.policy_id = s.policy_id
        WHERE e.execution_id = ANY (:runs)
        ORDER BY e.execution_id, s.step_id
        RETURNING execution_id, step_id, content_id, content_version
      )
      SELECT p.execution_id, coalesce(v.sha256, v.package_sha256) AS sha256
      FROM pinned p
      JOIN content_version v ON v.content_id = p.content_id AND v.version = p.content_version
      WHERE coalesce(v.sha256, v.package_sha256) IS NOT NULL
      ORDER BY p.execution_id, p.step_id
      """)
  @RegisterConstructorMapper(PinnedScript.class)
  List<PinnedScript> insertSteps(@Bind("runs") UUID... runs);

  /// What a query demands itself instead of having it from a policy.
  @SqlUpdate(
      """
      UPDATE step_execution SET job_timeout_ms = :timeoutMs, most_rows = :mostRows WHERE execution_id = :run
      """)
  void limit(
      @Bind("run") UUID run, @Bind("timeoutMs") long timeoutMs, @Bind("mostRows") int mostRows);

  /// Whether the run's job was made for it alone.
  @SqlQuery(
      """
      SELECT j.ad_hoc FROM job_execution e JOIN job j ON j.job_id = e.job_id WHERE e.execution_id = :run
      """)
  boolean isAdHoc(@Bind("run") UUID run);

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
  /// waits for those of its job that came before it.
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
            WHERE other.job_id = r.job_id AND other.ended_at IS NULL AND other.purpose = 'Run'
              AND (other.created_at, other.execution_id) < (r.created_at, r.execution_id)))
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
        e.retry_of, e.purpose,
        CASE WHEN e.attempt = 1 AND NOT e.queued THEN (extract(epoch FROM now() - e.created_at) * 1000)::bigint END AS waited
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

  /// Pins the package that was fetched for a step, unless one is pinned or the run is no longer
  /// this node's at this attempt.
  @SqlUpdate(
      """
      UPDATE step_execution s SET package_sha256 = :sha256
      FROM job_execution e
      WHERE s.step_execution_id = :step AND s.package_sha256 IS NULL AND e.execution_id = s.execution_id
        AND e.attempt = :attempt AND e.node_id = :node AND e.lifecycle = 'InProgress'
      """)
  int pinPackage(
      @Bind("step") long stepExecutionId,
      @Bind("sha256") String sha256,
      @Bind("attempt") int attempt,
      @Bind("node") long nodeId);

  /// Locks those of the runs that are still this node's, at these attempts, and returns them: the
  /// fence of their own tasks.
  @SqlQuery(
      """
      SELECT e.execution_id
      FROM unnest(:runs, :attempts, :nodes) AS r (execution_id, attempt, node_id)
      JOIN job_execution e ON e.execution_id = r.execution_id AND e.attempt = r.attempt AND e.node_id = r.node_id
      WHERE e.execution_id = ANY (:runs) AND e.lifecycle = 'InProgress'
      ORDER BY e.execution_id
      FOR UPDATE OF e
      """)
  Set<UUID> held(
      @Bind("runs") UUID[] runs, @Bind("attempts") int[] attempts, @Bind("nodes") long[] nodeIds);

  /// Keeps ended tasks of runs, and counts them there.
  @SqlUpdate(
      """
      WITH recorded AS (
        INSERT INTO task_execution (execution_id, task_number, type, lifecycle, node_id, created_at, started_at,
            ended_at, message, stack)
        SELECT t.execution_id, t.number, t.type, t.lifecycle, t.node_id, now() - t.elapsed_ms * interval '1 millisecond',
               now() - t.elapsed_ms * interval '1 millisecond', now(), t.message, t.stack
        FROM unnest(:taskRuns, :numbers, :types, :lifecycles, :nodes, :elapsedMs, :messages, :stacks)
          AS t (execution_id, number, type, lifecycle, node_id, elapsed_ms, message, stack)
        RETURNING execution_id
      )
      UPDATE job_execution e
      SET next_task_number = e.next_task_number + t.tasks
      FROM (SELECT execution_id, count(*)::int AS tasks FROM recorded GROUP BY execution_id) t
      WHERE e.execution_id = t.execution_id
      """)
  void recordTasks(@BindMethods RunTasks tasks);

  /// Two runs of one job expand one after the other, so that the later one sees where the earlier
  /// one runs. To work out millions of children takes longer than other transactions may be silent.
  @SqlQuery(
      """
      SELECT 1 FROM (
        SELECT set_config('idle_in_transaction_session_timeout', '60s', true),
               pg_advisory_xact_lock(hashtext('edj expand'), :jobId::int)) taken
      """)
  int takeExpansionTurn(@Bind("jobId") long jobId);

  /// The same for several jobs, of which those are left out of which a run is being expanded just
  /// now.
  @SqlQuery(
      """
      SELECT job_id FROM unnest(:jobIds) AS j (job_id)
      WHERE pg_try_advisory_xact_lock(hashtext('edj expand'), job_id::int)
      """)
  Set<Long> tryExpansionTurns(@Bind("jobIds") Long[] jobIds);

  /// How the runs' job versions go out to their databases.
  @SqlQuery(
      """
      SELECT e.execution_id, v.waves, v.wave_pause_ms AS pause, v.wave_approval AS approval, v.failure_limit
      FROM job_execution e JOIN job_version v ON v.job_id = e.job_id AND v.version = e.job_version
      WHERE e.execution_id = ANY (:runs)
      """)
  @KeyColumn("execution_id")
  @RegisterConstructorMapper(Rollout.class)
  Map<UUID, Rollout> rollouts(@Bind("runs") UUID... runs);

  /// Databases on which another execution of a run's job has not ended to which one of its purpose
  /// gives way: nothing keeps a check away, runs keep runs away, and runs and trials a trial. These
  /// executions are asked for by their lifecycles, so that only the index of one job's open runs
  /// will do: by the time of the end, the one of all that are active would, too, and with ten
  /// thousand of them each launch looked at all.
  @SqlQuery(
      """
      SELECT DISTINCT r.execution_id, c.server_id, c.database_name
      FROM unnest(:runs, :jobIds) AS r (execution_id, job_id)
      CROSS JOIN LATERAL (
        SELECT purpose FROM job_execution WHERE execution_id = r.execution_id OFFSET 0) own
      CROSS JOIN LATERAL (
        SELECT execution_id FROM job_execution
        WHERE job_id = r.job_id AND execution_id <> r.execution_id
          AND lifecycle IN ('Created', 'InProgress', 'WaitingForRetry', 'WaitingForChildJobExecutions')
          AND CASE purpose
                WHEN 'Run' THEN own.purpose <> 'Check'
                WHEN 'Trial' THEN own.purpose = 'Trial'
                ELSE false
              END
        OFFSET 0) e
      CROSS JOIN LATERAL (
        SELECT step_execution_id FROM step_execution WHERE execution_id = e.execution_id OFFSET 0) s
      CROSS JOIN LATERAL (
        SELECT server_id, database_name FROM child_execution
        WHERE step_execution_id = s.step_execution_id AND ended_at IS NULL OFFSET 0) c
      """)
  @RegisterConstructorMapper(BusyPlace.class)
  List<BusyPlace> busy(@Bind("runs") UUID[] runs, @Bind("jobIds") long[] jobIds);

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

  /// Inserts children, counts them in their steps' progress, and returns how many they are.
  @SqlQuery(
      """
      WITH inserted AS (
        INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name, wave, blocks, successor,
            parameters, lifecycle, ended_at)
        SELECT d.execution_id, d.step, server.server_id, d.database_name, d.wave, d.blocks, d.successor,
               CAST(d.parameters AS jsonb),
               CASE WHEN d.skipped THEN 'Skipped' ELSE 'Created' END, CASE WHEN d.skipped THEN now() END
        FROM unnest(:ids, :steps, :serverIds, :databases, :waves, :blocks, :successors, :skipped, :parameters)
          AS d (execution_id, step, server_id, database_name, wave, blocks, successor, skipped, parameters)
        JOIN server ON server.server_id = d.server_id
        RETURNING step_execution_id, lifecycle, blocks
      ), total AS (
        SELECT step_execution_id, count(*) FILTER (WHERE lifecycle = 'Created')::int AS created,
               count(*) FILTER (WHERE lifecycle = 'Created' AND blocks > 0)::int AS blocked,
               count(*) FILTER (WHERE lifecycle = 'Skipped')::int AS skipped
        FROM inserted
        GROUP BY step_execution_id
        ORDER BY step_execution_id
      ), counted AS (
        UPDATE step_progress p
        SET created = p.created + total.created, blocked = p.blocked + total.blocked,
            skipped = p.skipped + total.skipped
        FROM total
        WHERE p.step_execution_id = total.step_execution_id
      )
      SELECT coalesce(sum(created + skipped), 0)::int FROM total
      """)
  int insertChildren(@BindMethods NewChildren children);

  @SqlUpdate(
      """
      UPDATE job_execution e
      SET lifecycle = 'WaitingForChildJobExecutions', node_id = NULL, message = r.message, waves = r.waves,
          failure_limit = r.failure_limit
      FROM unnest(:runs, :messages, :waves, :failureLimits) AS r (execution_id, message, waves, failure_limit)
      WHERE e.execution_id = r.execution_id
      """)
  void waitForChildren(@BindMethods ExpandedRuns runs);

  /// There is work, of whichever runs.
  @SqlUpdate("SELECT pg_notify('edj_work', '')")
  void announceWork();

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

  /// Hands a run back that could not be launched through no fault of its own.
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

  /// Hands a run back that could not be launched through a fault of EDJ's own, after a wait that
  /// doubles; at so many faults it ends, because nothing shows that it would ever be otherwise.
  @SqlUpdate(
      """
      WITH given_back AS (
        UPDATE job_execution
        SET launch_faults = launch_faults + 1, node_id = NULL,
            lifecycle = CASE WHEN launch_faults + 1 < :most THEN 'WaitingForRetry' ELSE 'Failed' END,
            ended_at = CASE WHEN launch_faults + 1 < :most THEN NULL ELSE now() END,
            ready_at = now() + power(2, launch_faults) * interval '5 seconds',
            message = CASE WHEN launch_faults + 1 < :most THEN 'EDJ itself failed; it is tried again: '
                        ELSE format('EDJ itself failed %s times: ', launch_faults + 1) END || :fault
        WHERE execution_id = :run AND node_id = :node AND attempt = :attempt AND lifecycle = 'InProgress'
        RETURNING execution_id, lifecycle, ended_at
      ), ended AS (
        SELECT execution_id, lifecycle FROM given_back WHERE ended_at IS NOT NULL
      ),
      """
          + ReportStore.TELL_OF_ENDED)
  void countFault(
      @Bind("run") UUID run,
      @Bind("node") long nodeId,
      @Bind("attempt") int attempt,
      @Bind("most") int mostFaults,
      @Bind("fault") String fault);

  @SqlUpdate(
      """
      WITH ended AS (
        UPDATE job_execution
        SET lifecycle = 'Failed', node_id = NULL, failed_attempts = failed_attempts + 1, message = :message,
            ended_at = now()
        WHERE execution_id = :run
        RETURNING execution_id, lifecycle
      ),
      """
          + ReportStore.TELL_OF_ENDED)
  void fail(@Bind("run") UUID run, @Bind("message") String message);

  /// A script or package that a step of a run pinned.
  record PinnedScript(UUID executionId, String sha256) {}

  /// A database by its server's id.
  record Place(int serverId, String databaseName) {}

  /// A database on which a run has to wait for another.
  record BusyPlace(UUID executionId, int serverId, String databaseName) {

    public Place place() {
      return new Place(serverId, databaseName);
    }
  }

  /// A job as far as a start needs it.
  record StartableJob(
      long jobId, String name, boolean enabled, boolean deleting, int currentVersion) {}

  /// A run whose own tasks a node has taken.
  ///
  /// @param taskNumber the next free task number
  /// @param retryOf the run of whose databases it takes those that did not succeed
  /// @param waited since its start was asked for; null where it was taken before, or was to wait
  record ClaimedRun(
      UUID executionId,
      long jobId,
      int attempt,
      int failedAttempts,
      int taskNumber,
      @Nullable UUID retryOf,
      Purpose purpose,
      @Nullable Duration waited) {}

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
