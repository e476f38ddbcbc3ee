-- Exactly once: the script runs as one transaction, together with a row of a ledger in the target database.
ALTER TABLE job_step ADD COLUMN exactly_once boolean NOT NULL DEFAULT false;
ALTER TABLE step_execution ADD COLUMN exactly_once boolean NOT NULL DEFAULT false;
