package dev.edj.execution;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/// What people see of executions: maintained counters, never counted children. What its steps have
/// in common is shown of a run of several, and nothing of what differs. Which rows make a page is
/// found by [PageStore].
interface ListingStore {

  String RUNS =
      """
      SELECT e.execution_id AS id, NULL::uuid AS parent_id, j.name AS job, e.job_version, e.purpose,
             CASE WHEN s.steps = 1 THEN s.first_step END AS step_id, CASE WHEN s.steps = 1 THEN s.step_name END AS step,
             c.name AS content, CASE WHEN s.content_id = s.other_content THEN s.content_version END AS content_version,
             cr.name AS credential, s.policy, t.name AS target,
             CASE WHEN s.results = s.other_results THEN s.results END AS results,
             (SELECT name FROM server WHERE server_id = s.destination_server_id) AS destination_server,
             s.destination_database, s.destination_schema, s.destination_table,
             (SELECT name FROM credential WHERE credential_id = s.destination_credential_id) AS destination_credential,
             s.destination_drift AS destination_schema_drift, s.destination_source_columns,
             NULL AS server, NULL AS database_name, e.lifecycle,
             CASE
               WHEN e.lifecycle = 'WaitingForChildJobExecutions' AND e.open_wave < e.waves
                 AND e.wave_ended_at IS NOT NULL AND e.cancel_requested_at IS NULL AND e.halted_at IS NULL
                 THEN (SELECT CASE
                         WHEN v.wave_approval AND e.approved_wave <= e.open_wave
                           THEN format('approval of wave %s of %s', e.open_wave + 1, e.waves)
                         ELSE format('wave %s of %s begins at %s', e.open_wave + 1, e.waves,
                                     to_char((e.wave_ended_at + v.wave_pause_ms * interval '1 millisecond')
                                             AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
                       END
                       FROM job_version v WHERE v.job_id = e.job_id AND v.version = e.job_version)
               WHEN e.lifecycle = 'WaitingForChildJobExecutions' AND s.in_progress = 0 AND s.waiting_for_retry > 0
                 AND e.cancel_requested_at IS NULL AND e.halted_at IS NULL
                 THEN (SELECT format('%s to be tried again: %s/%s at %s, after: %s', s.waiting_for_retry, sv.name,
                                     x.database_name,
                                     to_char(x.ready_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                                     coalesce(left(split_part(te.message, chr(10), 1), 300), 'no message'))
                       FROM step_execution st
                       JOIN child_execution x ON x.step_execution_id = st.step_execution_id
                       JOIN server sv ON sv.server_id = x.server_id
                       LEFT JOIN task_execution te
                         ON te.execution_id = x.execution_id AND te.task_number = x.attempt
                       WHERE st.execution_id = e.execution_id AND x.lifecycle = 'WaitingForRetry'
                       LIMIT 1)
               WHEN e.lifecycle NOT IN ('Created', 'WaitingForRetry') THEN NULL
               WHEN e.cancel_requested_at IS NOT NULL THEN 'being stopped'
               WHEN e.ready_at > now() THEN 'retry at ' || to_char(e.ready_at AT TIME ZONE 'UTC',
                                                                   'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
               WHEN e.queued AND e.started_at IS NULL AND EXISTS (
                 SELECT FROM job_execution other
                 WHERE other.job_id = e.job_id AND other.ended_at IS NULL AND other.purpose = 'Run'
                   AND (other.created_at, other.execution_id) < (e.created_at, e.execution_id))
                 THEN 'an earlier execution of the job'
               WHEN NOT EXISTS (SELECT FROM live_node WHERE 'controller' = ANY (roles) AND NOT draining)
                 THEN 'no controller'
               ELSE coalesce(
                 (SELECT 'no node with labels ' || array_to_string(wanted.labels, ', ')
                  FROM (
                    SELECT array_agg(DISTINCT l.label ORDER BY l.label) AS labels
                    FROM step_execution st JOIN target_label l ON l.target_id = st.target_id
                    WHERE st.execution_id = e.execution_id) wanted
                  WHERE NOT EXISTS (
                    SELECT FROM live_node n
                    WHERE 'controller' = ANY (n.roles) AND NOT n.draining AND n.labels @> wanted.labels)),
                 'waiting for a controller')
             END AS waiting_cause,
             e.attempt, e.created_at, e.started_at, e.ended_at,
             CASE WHEN e.lifecycle = 'WaitingForRetry' THEN e.ready_at END AS next_retry_at,
             e.cancel_requested_at IS NOT NULL AS cancel_requested, e.created_by, e.schedule_name AS schedule,
             e.planned_at, e.follows_id, e.message,
             s.created, s.in_progress, s.waiting_for_retry, s.succeeded, s.failed, s.timed_out, s.canceled, s.skipped
      FROM job_execution e
      JOIN job j ON j.job_id = e.job_id
      CROSS JOIN LATERAL (
        SELECT count(*) AS steps, min(step_id) AS first_step, min(step_name) AS step_name,
               min(content_id) AS content_id, max(content_id) AS other_content,
               CASE WHEN min(content_version) = max(content_version) THEN min(content_version) END AS content_version,
               min(credential_id) AS credential_id, max(credential_id) AS other_credential,
               CASE WHEN min(policy_name) = max(policy_name) THEN min(policy_name) END AS policy,
               min(target_id::text)::uuid AS target_id, max(target_id::text)::uuid AS other_target,
               min(results) AS results, max(results) AS other_results,
               CASE count(*) WHEN 1 THEN min(destination_server_id) END AS destination_server_id,
               min(destination_database) AS destination_database, min(destination_schema) AS destination_schema,
               min(destination_table) AS destination_table,
               min(destination_credential_id) AS destination_credential_id,
               min(destination_drift) AS destination_drift,
               bool_or(destination_source_columns) AS destination_source_columns,
               sum(created) AS created, sum(in_progress) AS in_progress,
               sum(waiting_for_retry) AS waiting_for_retry, sum(succeeded) AS succeeded, sum(failed) AS failed,
               sum(timed_out) AS timed_out, sum(canceled) AS canceled, sum(skipped) AS skipped
        FROM step_execution JOIN step_progress USING (step_execution_id)
        WHERE execution_id = e.execution_id) s
      LEFT JOIN content c ON c.content_id = s.content_id AND s.other_content = s.content_id
      LEFT JOIN credential cr ON cr.credential_id = s.credential_id AND s.other_credential = s.credential_id
      LEFT JOIN target t ON t.target_id = s.target_id AND s.other_target = s.target_id
      """;

  String CHILDREN =
      """
      SELECT x.execution_id AS id, e.execution_id AS parent_id, j.name AS job, e.job_version, e.purpose, s.step_id,
             s.step_name AS step, c.name AS content, s.content_version, cr.name AS credential,
             s.policy_name AS policy, t.name AS target, s.results,
             (SELECT name FROM server WHERE server_id = s.destination_server_id) AS destination_server,
             s.destination_database, s.destination_schema, s.destination_table,
             (SELECT name FROM credential WHERE credential_id = s.destination_credential_id) AS destination_credential,
             s.destination_drift AS destination_schema_drift, s.destination_source_columns,
             sv.name AS server, x.database_name, x.lifecycle,
             CASE
               WHEN x.lifecycle NOT IN ('Created', 'WaitingForRetry') THEN NULL
               WHEN e.cancel_requested_at IS NOT NULL OR x.cancel_requested OR e.halted_at IS NOT NULL
                 THEN 'being stopped'
               WHEN x.blocks > 0 AND x.wave > e.open_wave THEN format('wave %s of %s', x.wave, e.waves)
               WHEN x.blocks > 0 AND s.barrier AND s.barrier_passed < e.open_wave
                 THEN 'barrier: an earlier step has not ended everywhere'
               WHEN x.blocks > 0 THEN 'an earlier step on this database'
               WHEN x.ready_at > now() THEN 'retry at ' || to_char(x.ready_at AT TIME ZONE 'UTC',
                                                                   'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
               WHEN NOT EXISTS (SELECT FROM live_node WHERE 'worker' = ANY (roles) AND NOT draining)
                 THEN 'no worker'
               WHEN NOT EXISTS (
                 SELECT FROM live_node n
                 WHERE 'worker' = ANY (n.roles) AND NOT n.draining
                   AND n.labels @> (sv.required_labels || coalesce(rd.required_labels, '{}')))
                 THEN 'no node with labels ' || array_to_string(ARRAY(
                   SELECT DISTINCT unnest(sv.required_labels || rd.required_labels) ORDER BY 1), ', ')
               WHEN p.in_progress >= s.max_parallelism THEN format('max parallelism %s reached', s.max_parallelism)
               WHEN (SELECT count(*) FROM child_execution r
                     WHERE r.server_id = x.server_id AND r.lifecycle = 'InProgress') >= sv.max_connections
                 THEN format('server limit %s reached', sv.max_connections)
               ELSE 'waiting for a free worker'
             END AS waiting_cause,
             x.attempt, x.created_at, x.started_at, x.ended_at,
             CASE WHEN x.lifecycle = 'WaitingForRetry' THEN x.ready_at END AS next_retry_at,
             x.cancel_requested OR e.cancel_requested_at IS NOT NULL AS cancel_requested, e.created_by,
             e.schedule_name AS schedule, e.planned_at, e.follows_id,
             CASE x.lifecycle
               WHEN 'Skipped' THEN CASE
                 WHEN x.blocks > 0 THEN 'an earlier step did not succeed on this database'
                 ELSE 'another execution of the same job still ran on this database' END
               WHEN 'InProgress' THEN NULL
               ELSE (SELECT te.message FROM task_execution te
                     WHERE te.execution_id = x.execution_id AND te.task_number = x.attempt)
             END AS message
      FROM child_execution x
      JOIN step_execution s ON s.step_execution_id = x.step_execution_id
      JOIN step_progress p ON p.step_execution_id = s.step_execution_id
      LEFT JOIN server rd ON rd.server_id = s.destination_server_id
      JOIN job_execution e ON e.execution_id = s.execution_id
      JOIN job j ON j.job_id = e.job_id
      JOIN server sv ON sv.server_id = x.server_id
      JOIN content c ON c.content_id = s.content_id
      JOIN credential cr ON cr.credential_id = s.credential_id
      JOIN target t ON t.target_id = s.target_id
      """;

  @SqlQuery(RUNS + "WHERE e.execution_id = ANY (:ids) ORDER BY e.execution_id")
  @RegisterRowMapper(JobExecutionRow.class)
  List<JobExecution> runs(@Bind("ids") UUID[] ids);

  @SqlQuery(CHILDREN + "WHERE x.execution_id = ANY (:ids) ORDER BY x.execution_id")
  @RegisterRowMapper(JobExecutionRow.class)
  List<JobExecution> children(@Bind("ids") UUID[] ids);

  /// The steps of runs, in their order.
  @SqlQuery(
      """
      SELECT s.execution_id, s.step_id, s.step_name AS step, c.name AS content, s.content_version,
             cr.name AS credential, s.policy_name AS policy, t.name AS target, s.results,
             (SELECT name FROM server WHERE server_id = s.destination_server_id) AS destination_server,
             s.destination_database, s.destination_schema, s.destination_table,
             (SELECT name FROM credential WHERE credential_id = s.destination_credential_id) AS destination_credential,
             s.destination_drift AS destination_schema_drift, s.destination_source_columns,
             p.created, p.in_progress, p.waiting_for_retry, p.succeeded, p.failed, p.timed_out, p.canceled, p.skipped
      FROM step_execution s
      JOIN step_progress p ON p.step_execution_id = s.step_execution_id
      JOIN content c ON c.content_id = s.content_id
      JOIN credential cr ON cr.credential_id = s.credential_id
      JOIN target t ON t.target_id = s.target_id
      WHERE s.execution_id = ANY (:runs)
      ORDER BY s.execution_id, s.step_id
      """)
  @RegisterConstructorMapper(StepRow.class)
  List<StepRow> steps(@Bind("runs") UUID[] runs);

  /// The recorded tasks of a run or child, and the attempt that runs now.
  String TASKS =
      """
      SELECT t.execution_id, t.task_number, t.type, t.lifecycle, t.created_at, t.started_at, t.ended_at,
             n.name AS node, t.message, t.stack
      FROM task_execution t
      LEFT JOIN node n ON n.node_id = t.node_id
      WHERE t.execution_id = :id
      UNION ALL
      SELECT c.execution_id, c.attempt,
             CASE (SELECT kind FROM step_execution s JOIN content USING (content_id)
                   WHERE s.step_execution_id = c.step_execution_id)
               WHEN 'Dacpac' THEN 'Dacpac' ELSE 'ScriptExecution' END, 'InProgress', c.attempt_started_at, c.attempt_started_at,
             NULL, n.name, NULL, NULL
      FROM child_execution c
      LEFT JOIN node n ON n.node_id = c.node_id
      WHERE c.execution_id = :id AND c.lifecycle = 'InProgress'
      """;

  /// The oldest first.
  @SqlQuery(
      "SELECT * FROM ("
          + TASKS
          + ") task WHERE task_number > :after ORDER BY task_number LIMIT :limit")
  @RegisterConstructorMapper(TaskRow.class)
  List<TaskRow> tasks(
      @Bind("id") UUID executionId, @Bind("after") int after, @Bind("limit") int limit);

  @SqlQuery("SELECT * FROM (" + TASKS + ") task WHERE task_number = :number")
  @RegisterConstructorMapper(TaskRow.class)
  Optional<TaskRow> task(@Bind("id") UUID executionId, @Bind("number") int number);

  /// The number of the newest; 0 when there is none.
  @SqlQuery(
      """
      SELECT coalesce(
        greatest(
          (SELECT max(task_number) FROM task_execution WHERE execution_id = :id),
          (SELECT attempt FROM child_execution WHERE execution_id = :id AND lifecycle = 'InProgress')),
        0)
      """)
  int lastTask(@Bind("id") UUID executionId);

  @SqlQuery(
      """
      SELECT batch_number AS number, lifecycle, started_at, ended_at, message
      FROM batch_execution
      WHERE execution_id = :id AND task_number = :number
      ORDER BY batch_number
      """)
  @RegisterConstructorMapper(BatchExecution.class)
  List<BatchExecution> batches(@Bind("id") UUID executionId, @Bind("number") int taskNumber);

  @SqlQuery(
      "SELECT text FROM task_log WHERE execution_id = :id AND task_number = :number ORDER BY piece")
  List<String> log(@Bind("id") UUID executionId, @Bind("number") int taskNumber);

  /// The active runs of a job.
  @SqlQuery(
      """
      SELECT e.execution_id FROM job_execution e JOIN job j ON j.job_id = e.job_id
      WHERE j.name = :job AND e.ended_at IS NULL AND NOT j.ad_hoc
      """)
  List<UUID> activeRuns(@Bind("job") String job);

  @SqlQuery("SELECT EXISTS (SELECT FROM job WHERE name = :job AND NOT ad_hoc)")
  boolean jobExists(@Bind("job") String job);

  /// A step of a run, with how its children stand.
  record StepRow(
      UUID executionId,
      int stepId,
      String step,
      String content,
      int contentVersion,
      String credential,
      String policy,
      String target,
      ResultMode results,
      @Nested("destination") @Nullable Destination destination,
      @Nested Counts children) {

    RunStep runStep() {
      return new RunStep(
          stepId,
          step,
          content,
          contentVersion,
          credential,
          policy,
          target,
          results,
          destination,
          children);
    }
  }

  /// A task as stored; its id is made of the first two.
  record TaskRow(
      UUID executionId,
      int taskNumber,
      TaskType type,
      Lifecycle lifecycle,
      Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String node,
      @Nullable String message,
      @Nullable String stack) {

    TaskExecution task() {
      return new TaskExecution(
          TaskExecution.id(executionId, taskNumber),
          executionId,
          taskNumber,
          type,
          lifecycle,
          createdAt,
          startedAt,
          endedAt,
          node,
          message,
          stack);
    }
  }
}
