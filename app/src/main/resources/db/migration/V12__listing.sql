-- Listing executions. Within each lifecycle every filter has an index in the order of the listing, newest first, so that
-- a page is read from where it begins however rare its rows are; what is open is found among the active runs, which are
-- few.

-- Its condition says the same as that of the next in other words: then a statement chooses between them by its own.
CREATE INDEX job_execution_ended_lifecycle ON job_execution (lifecycle, created_at, execution_id)
  WHERE lifecycle IN ('Succeeded', 'SucceededWithSkipped', 'Failed', 'TimedOut', 'Canceled', 'Skipped');
DROP INDEX job_execution_job;
CREATE INDEX job_execution_job ON job_execution (job_id);
CREATE INDEX job_execution_ended_job ON job_execution (job_id, lifecycle, created_at, execution_id)
  WHERE ended_at IS NOT NULL;
DROP INDEX job_execution_schedule;
CREATE INDEX job_execution_ended_schedule ON job_execution (schedule_name, lifecycle, created_at, execution_id)
  WHERE ended_at IS NOT NULL AND schedule_name IS NOT NULL;
CREATE INDEX job_execution_job_schedule
  ON job_execution (job_id, schedule_name, lifecycle, created_at, execution_id)
  WHERE schedule_name IS NOT NULL;
-- Checks and trials are few among runs.
CREATE INDEX job_execution_rehearsal ON job_execution (lifecycle, created_at, execution_id)
  WHERE ended_at IS NOT NULL AND purpose <> 'Run';
-- A run starts within the hour, but for these.
CREATE INDEX job_execution_late ON job_execution (started_at) WHERE started_at - created_at > interval '1 hour';

-- By target and content: a step keeps what its run is listed by, the lifecycle once the run has ended.
ALTER TABLE step_execution
  ADD COLUMN run_created_at timestamptz,
  ADD COLUMN run_lifecycle text;
UPDATE step_execution s
SET run_created_at = e.created_at, run_lifecycle = CASE WHEN e.ended_at IS NOT NULL THEN e.lifecycle END
FROM job_execution e
WHERE e.execution_id = s.execution_id;
ALTER TABLE step_execution ALTER COLUMN run_created_at SET NOT NULL;
DROP INDEX step_execution_target;
CREATE INDEX step_execution_target ON step_execution (target_id, run_lifecycle, run_created_at, execution_id);
DROP INDEX step_execution_content;
CREATE INDEX step_execution_content ON step_execution (content_id, run_lifecycle, run_created_at, execution_id);

-- What ran on a database, and on a server.
DROP INDEX child_execution_database;
CREATE INDEX child_execution_database ON child_execution (database_name, server_id, created_at, execution_id)
  WHERE ended_at IS NOT NULL;
CREATE INDEX child_execution_server ON child_execution (server_id, lifecycle, created_at, execution_id)
  WHERE ended_at IS NOT NULL;
-- The few children of a run that a person looks for.
CREATE INDEX child_execution_unsuccessful ON child_execution (step_execution_id, lifecycle, server_id, database_name)
  WHERE lifecycle IN ('WaitingForRetry', 'Failed', 'TimedOut', 'Canceled', 'Skipped');

-- Launching many small runs: the open runs of one job, told apart from the index of all active runs by its condition.
CREATE INDEX job_execution_open_job ON job_execution (job_id)
  WHERE lifecycle IN ('Created', 'InProgress', 'WaitingForRetry', 'WaitingForChildJobExecutions');
