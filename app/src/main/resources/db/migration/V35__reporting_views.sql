-- What reports read: views with the names and columns that the original's job database had, and its words for a lifecycle.
-- Nothing of the service reads them, so that they can stay as they are when its tables change. The role jobs_reader may read
-- them: security_barrier keeps its expressions from seeing rows that a view leaves out.
CREATE SCHEMA jobs;

-- A job's schedule is that of its first trigger which has one; a job may have others.
CREATE VIEW jobs.jobs WITH (security_barrier) AS
  SELECT j.name AS job_name, j.job_id, j.current_version AS job_version, v.description, j.enabled,
         s.recurrence AS schedule_interval_type, s.interval_count AS schedule_interval_count,
         s.start_at AS schedule_start_time, s.end_at AS schedule_end_time
  FROM job j
  JOIN job_version v ON v.job_id = j.job_id AND v.version = j.current_version
  LEFT JOIN LATERAL (
    SELECT schedule_id FROM job_trigger t
    WHERE t.job_id = j.job_id AND t.schedule_id IS NOT NULL
    ORDER BY t.trigger_id LIMIT 1) first ON true
  LEFT JOIN schedule s ON s.schedule_id = first.schedule_id
  WHERE NOT j.ad_hoc;

CREATE VIEW jobs.job_versions WITH (security_barrier) AS
  SELECT j.name AS job_name, j.job_id, v.version AS job_version
  FROM job j
  JOIN job_version v ON v.job_id = j.job_id
  WHERE NOT j.ad_hoc;

-- A step that names no version of its content shows the newest. The attempts after the first are retries. Where a package
-- is fetched from is shown without the query, which may hold a signature.
CREATE VIEW jobs.jobstep_versions WITH (security_barrier) AS
  SELECT j.name AS job_name, j.job_id, s.version AS job_version, s.step_id, s.name AS step_name,
         c.kind AS command_type,
         CASE WHEN cv.package_uri IS NULL THEN 'Inline' ELSE 'Uri' END AS command_source,
         coalesce(cv.text, regexp_replace(cv.package_uri, '\?.*', '?…'), cv.package_sha256) AS command,
         login.name AS credential_name, target.name AS target_group_name, target.target_id AS target_group_id,
         p.initial_retry_interval_ms / 1000.0 AS initial_retry_interval_seconds,
         p.maximum_retry_interval_ms / 1000.0 AS maximum_retry_interval_seconds,
         p.retry_interval_backoff_coefficient AS retry_interval_backoff_multiplier,
         p.maximum_attempts - 1 AS retry_attempts,
         coalesce(p.attempt_timeout_ms, p.job_timeout_ms) / 1000.0 AS step_timeout_seconds,
         CASE s.results WHEN 'Send' THEN 'SqlDatabase' END AS output_type,
         output_login.name AS output_credential_name,
         CAST(NULL AS text) AS output_subscription_id,
         CAST(NULL AS text) AS output_resource_group_name,
         output_server.name AS output_server_name, s.destination_database AS output_database_name,
         s.destination_schema AS output_schema_name, s.destination_table AS output_table_name,
         s.max_parallelism
  FROM job_step s
  JOIN job j ON j.job_id = s.job_id
  JOIN content c ON c.content_id = s.content_id
  JOIN content_version cv ON cv.content_id = s.content_id AND cv.version = coalesce(s.content_version, c.latest_version)
  JOIN credential login ON login.credential_id = s.credential_id
  JOIN target ON target.target_id = s.target_id
  JOIN execution_policy p ON p.policy_id = s.policy_id
  LEFT JOIN credential output_login ON output_login.credential_id = s.destination_credential_id
  LEFT JOIN server output_server ON output_server.server_id = s.destination_server_id
  WHERE NOT j.ad_hoc;

CREATE VIEW jobs.jobsteps WITH (security_barrier) AS
  SELECT s.*
  FROM jobs.jobstep_versions s
  JOIN job j ON j.job_id = s.job_id AND j.current_version = s.job_version;

-- Three levels under one job_execution_id: the run (no step_id), its steps (no server), and their databases. Checks, trials
-- and queries, also those that write, are no runs of a job.
CREATE VIEW jobs.job_executions WITH (security_barrier) AS
  SELECT e.execution_id AS job_execution_id, j.name AS job_name, e.job_id, e.job_version, CAST(NULL AS int) AS step_id,
         e.ended_at IS NULL AS is_active, e.lifecycle, e.created_at AS create_time, e.started_at AS start_time,
         e.ended_at AS end_time, 0 AS current_attempts, CAST(NULL AS timestamptz) AS current_attempt_start_time,
         CASE e.lifecycle WHEN 'WaitingForRetry' THEN e.ready_at END AS next_attempt_start_time,
         e.message AS last_message, CAST(NULL AS text) AS target_type, CAST(NULL AS uuid) AS target_id,
         CAST(NULL AS text) AS target_group_name, CAST(NULL AS text) AS target_server_name,
         CAST(NULL AS text) AS target_database_name
  FROM job_execution e
  JOIN job j ON j.job_id = e.job_id
  WHERE e.purpose = 'Run' AND NOT j.ad_hoc
  UNION ALL
  SELECT e.execution_id, j.name, e.job_id, e.job_version, s.step_id, step.is_active,
         CASE
           WHEN step.is_active AND step.databases = 0 THEN 'Created'
           WHEN step.is_active THEN 'WaitingForChildJobExecutions'
           WHEN step.databases = 0 THEN e.lifecycle
           WHEN e.lifecycle = 'Canceled' AND p.canceled > 0 THEN 'Canceled'
           WHEN e.lifecycle = 'TimedOut' AND p.timed_out > 0 THEN 'TimedOut'
           WHEN p.failed > 0 THEN 'Failed'
           WHEN p.timed_out > 0 THEN 'TimedOut'
           WHEN p.canceled > 0 THEN 'Canceled'
           WHEN p.skipped > 0 THEN 'SucceededWithSkipped'
           ELSE 'Succeeded'
         END,
         e.created_at, times.started_at, CASE WHEN NOT step.is_active THEN coalesce(times.ended_at, e.ended_at) END,
         0, NULL, NULL, NULL, NULL, NULL, t.name, NULL, NULL
  FROM job_execution e
  JOIN job j ON j.job_id = e.job_id
  JOIN step_execution s ON s.execution_id = e.execution_id
  JOIN target t ON t.target_id = s.target_id
  LEFT JOIN step_progress p ON p.step_execution_id = s.step_execution_id
  CROSS JOIN LATERAL (
    SELECT count.open + count.done AS databases, e.ended_at IS NULL AND (count.open > 0 OR count.done = 0) AS is_active
    FROM (SELECT coalesce(p.created + p.in_progress + p.waiting_for_retry, 0) AS open,
                 coalesce(p.succeeded + p.failed + p.timed_out + p.canceled + p.skipped, 0) AS done) count) step
  LEFT JOIN LATERAL (
    SELECT min(c.started_at) AS started_at, max(c.ended_at) AS ended_at
    FROM child_execution c WHERE c.step_execution_id = s.step_execution_id) times ON true
  WHERE e.purpose = 'Run' AND NOT j.ad_hoc
  UNION ALL
  SELECT e.execution_id, j.name, e.job_id, e.job_version, s.step_id, c.ended_at IS NULL, c.lifecycle, c.created_at,
         c.started_at, c.ended_at, c.attempt, c.attempt_started_at,
         CASE c.lifecycle WHEN 'WaitingForRetry' THEN c.ready_at END,
         latest.message, 'SqlDatabase', d.target_id, t.name, v.name, c.database_name
  FROM job_execution e
  JOIN job j ON j.job_id = e.job_id
  JOIN step_execution s ON s.execution_id = e.execution_id
  JOIN target t ON t.target_id = s.target_id
  JOIN child_execution c ON c.step_execution_id = s.step_execution_id
  JOIN server v ON v.server_id = c.server_id
  LEFT JOIN target d ON d.server_id = c.server_id AND d.database_name = c.database_name AND d.kind = 'Database'
  LEFT JOIN LATERAL (
    SELECT a.message FROM task_execution a
    WHERE a.execution_id = c.execution_id
    ORDER BY a.task_number DESC LIMIT 1) latest ON true
  WHERE e.purpose = 'Run' AND NOT j.ad_hoc;

-- What a step can name: every custom collection, and whatever else some job's step does name, which is its own member.
CREATE VIEW jobs.target_groups WITH (security_barrier) AS
  SELECT t.name AS target_group_name, t.target_id AS target_group_id
  FROM target t
  WHERE t.kind = 'CustomCollection'
    OR EXISTS (SELECT FROM job_step s JOIN job j ON j.job_id = s.job_id WHERE s.target_id = t.target_id AND NOT j.ad_hoc);

CREATE VIEW jobs.target_group_members WITH (security_barrier) AS
  SELECT g.target_group_name, g.target_group_id, member.membership AS membership_type,
         CASE t.kind
           WHEN 'Database' THEN 'SqlDatabase' WHEN 'Server' THEN 'SqlServer' WHEN 'ElasticPool' THEN 'SqlElasticPool'
           WHEN 'ShardMap' THEN 'SqlShardMap' ELSE 'TargetGroup'
         END AS target_type,
         t.target_id, login.name AS refresh_credential_name,
         CAST(NULL AS text) AS subscription_id, CAST(NULL AS text) AS resource_group_name,
         v.name AS server_name, t.database_name, t.pool_name AS elastic_pool_name
  FROM jobs.target_groups g
  JOIN target own ON own.target_id = g.target_group_id
  CROSS JOIN LATERAL (
    SELECT c.child_id AS target_id, c.membership FROM target_child c
    WHERE c.parent_id = own.target_id AND own.kind = 'CustomCollection'
    UNION ALL
    SELECT own.target_id, 'Include' WHERE own.kind <> 'CustomCollection') member
  JOIN target t ON t.target_id = member.target_id
  LEFT JOIN server v ON v.server_id = t.server_id
  LEFT JOIN credential login ON login.credential_id = t.credential_id;
