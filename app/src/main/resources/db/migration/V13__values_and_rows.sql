-- Values of script variables wherever they are given. In these columns a value is a string, or for a secret an object
-- with the id of its key, its ciphertext, and the owner it was encrypted for; null and {} stand for a value and a
-- secret that have to be given at each start.

-- What a member of a collection carries, for all databases that it leads to.
ALTER TABLE target_child ADD COLUMN parameters jsonb;

-- What a database carries that is found on a server, in a pool or in a shard map, and is no target of its own.
CREATE TABLE target_database_value (
  target_id     uuid NOT NULL REFERENCES target ON DELETE CASCADE,
  server_id     int NOT NULL REFERENCES server,
  database_name text NOT NULL,
  parameters    jsonb NOT NULL,
  PRIMARY KEY (target_id, server_id, database_name)
);
CREATE INDEX target_database_value_server ON target_database_value (server_id);

-- What the database's targets carried when the execution was expanded.
ALTER TABLE child_execution ADD COLUMN parameters jsonb;

-- The secrets that something may still have to decrypt.
CREATE VIEW secret_parameter AS
SELECT p.key AS name, p.value
FROM (
  SELECT v.parameters
  FROM job_version v JOIN job j ON j.job_id = v.job_id
  WHERE v.version = j.current_version
    OR EXISTS (
      SELECT FROM job_execution e
      WHERE e.ended_at IS NULL AND e.job_id = v.job_id AND e.job_version = v.version)
  UNION ALL
  SELECT parameters FROM job_execution WHERE ended_at IS NULL
  UNION ALL
  SELECT c.parameters
  FROM job_execution e
  JOIN step_execution s ON s.execution_id = e.execution_id
  JOIN child_execution c ON c.step_execution_id = s.step_execution_id
  WHERE e.ended_at IS NULL AND c.ended_at IS NULL AND c.parameters IS NOT NULL
  UNION ALL
  SELECT parameters FROM target_child WHERE parameters IS NOT NULL
  UNION ALL
  SELECT parameters FROM target_database_value) carrier
CROSS JOIN LATERAL jsonb_each(carrier.parameters) p
WHERE jsonb_typeof(p.value) = 'object' AND p.value <> '{}';

-- On how many databases the script returned rows and succeeded; jobs can follow upon that.
ALTER TABLE step_progress ADD COLUMN returned_rows int NOT NULL DEFAULT 0;
ALTER TABLE job_trigger DROP CONSTRAINT job_trigger_end_condition_check;
ALTER TABLE job_trigger ADD CONSTRAINT job_trigger_end_condition_check
  CHECK (end_condition IN ('Success', 'Failure', 'Always', 'Rows'));
