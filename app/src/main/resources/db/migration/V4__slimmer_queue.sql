-- A child's row is written three times: when it is created, claimed and reported, each time into every index. What is
-- listed by its database has mostly ended; what has not is found by way of the active runs.
DROP INDEX child_execution_database;
CREATE INDEX child_execution_database ON child_execution (database_name, server_id) WHERE ended_at IS NOT NULL;
