-- Values of the job's parameters that were given when the execution was started; they come before the job's own.
ALTER TABLE job_execution ADD COLUMN parameters jsonb NOT NULL DEFAULT '{}';
