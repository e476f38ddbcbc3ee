-- What becomes of the rows that a step's script returns: kept here as far as they are few, dropped, or sent to a
-- destination, a table in a database. A step has all of a destination or nothing of it.

ALTER TABLE job_step
  ADD COLUMN results text NOT NULL DEFAULT 'Keep' CHECK (results IN ('Keep', 'Drop', 'Send')),
  ADD COLUMN destination_server_id int REFERENCES server,
  ADD COLUMN destination_database text CHECK (char_length(destination_database) BETWEEN 1 AND 128),
  -- NULL: the login's own.
  ADD COLUMN destination_schema text CHECK (char_length(destination_schema) BETWEEN 1 AND 128),
  ADD COLUMN destination_table text CHECK (char_length(destination_table) BETWEEN 1 AND 128),
  ADD COLUMN destination_credential_id bigint REFERENCES credential,
  -- Columns that the table does not have are a failure, or are added to it.
  ADD COLUMN destination_drift text CHECK (destination_drift IN ('Fail', 'Add')),
  -- Whether each row tells the server, the database and the time that it comes from.
  ADD COLUMN destination_source_columns boolean,
  ADD CHECK (num_nonnulls(destination_server_id, destination_database, destination_table, destination_credential_id,
    destination_drift, destination_source_columns) = CASE results WHEN 'Send' THEN 6 ELSE 0 END),
  ADD CHECK (results = 'Send' OR destination_schema IS NULL);
CREATE INDEX job_step_destination_server ON job_step (destination_server_id)
  WHERE destination_server_id IS NOT NULL;
CREATE INDEX job_step_destination_credential ON job_step (destination_credential_id)
  WHERE destination_credential_id IS NOT NULL;

-- What to do again when the rows cannot be written: the whole script, or the write alone.
ALTER TABLE execution_policy
  ADD COLUMN on_destination_failure text NOT NULL DEFAULT 'RunAgain'
    CHECK (on_destination_failure IN ('RunAgain', 'WriteOnly'));

-- As the step and its policy had them at the start.
ALTER TABLE step_execution
  ADD COLUMN results text NOT NULL DEFAULT 'Keep' CHECK (results IN ('Keep', 'Drop', 'Send')),
  ADD COLUMN destination_server_id int REFERENCES server,
  ADD COLUMN destination_database text,
  ADD COLUMN destination_schema text,
  ADD COLUMN destination_table text,
  ADD COLUMN destination_credential_id bigint REFERENCES credential,
  ADD COLUMN destination_drift text CHECK (destination_drift IN ('Fail', 'Add')),
  ADD COLUMN destination_source_columns boolean,
  ADD COLUMN on_destination_failure text NOT NULL DEFAULT 'RunAgain'
    CHECK (on_destination_failure IN ('RunAgain', 'WriteOnly')),
  ADD CHECK (num_nonnulls(destination_server_id, destination_database, destination_table, destination_credential_id,
    destination_drift, destination_source_columns) = CASE results WHEN 'Send' THEN 6 ELSE 0 END),
  ADD CHECK (results = 'Send' OR destination_schema IS NULL);
CREATE INDEX step_execution_destination_server ON step_execution (destination_server_id)
  WHERE destination_server_id IS NOT NULL;
CREATE INDEX step_execution_destination_credential ON step_execution (destination_credential_id)
  WHERE destination_credential_id IS NOT NULL;
