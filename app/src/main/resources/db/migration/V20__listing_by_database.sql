-- What ran on the databases of a name: the lifecycle comes before the time, as in every other index of a listing, so that
-- the one failure on a busy database is found without passing over all that succeeded there. Its condition names the
-- lifecycles, so that only the statement that names them too uses it.
DROP INDEX child_execution_database;
CREATE INDEX child_execution_database ON child_execution (database_name, server_id, lifecycle, created_at, execution_id)
  WHERE lifecycle IN ('Succeeded', 'Failed', 'TimedOut', 'Canceled', 'Skipped');
