-- Fleet queries: a script is run once, without a job that anybody has made. Job and content are there for the run's sake:
-- nobody finds them, and they go soon after the run has ended.
ALTER TABLE job ADD COLUMN ad_hoc boolean NOT NULL DEFAULT false;
CREATE INDEX job_ad_hoc ON job (job_id) WHERE ad_hoc;
ALTER TABLE content ADD COLUMN ad_hoc boolean NOT NULL DEFAULT false;
CREATE INDEX content_ad_hoc ON content (content_id) WHERE ad_hoc;

ALTER TABLE job_execution
  DROP CONSTRAINT job_execution_purpose_check,
  ADD CONSTRAINT job_execution_purpose_check CHECK (purpose IN ('Run', 'Check', 'Trial', 'Query'));

-- How many rows of each database's result are kept; NULL: as many as of any job's.
ALTER TABLE step_execution ADD COLUMN most_rows int CHECK (most_rows >= 1);
