-- Roles that somebody has in some custom collections only. A collection that a role or a token is narrowed to is not
-- deleted: nothing that narrows goes by itself.
ALTER TABLE user_grant
  DROP CONSTRAINT user_grant_pkey,
  -- NULL: everywhere.
  ADD COLUMN collection_id uuid REFERENCES target,
  ADD CONSTRAINT user_grant_key UNIQUE NULLS NOT DISTINCT (user_id, role, collection_id),
  ADD CHECK (collection_id IS NULL OR role IN ('Operator', 'Author'));
CREATE INDEX user_grant_collection ON user_grant (collection_id) WHERE collection_id IS NOT NULL;

-- Where a token may do what its role lets it at most; none for everywhere.
CREATE TABLE access_token_collection (
  token_id      bigint NOT NULL REFERENCES access_token ON DELETE CASCADE,
  collection_id uuid NOT NULL REFERENCES target,
  PRIMARY KEY (token_id, collection_id)
);
CREATE INDEX access_token_collection_collection ON access_token_collection (collection_id);

-- What a provider said is worth less, and never more, when a collection is gone.
ALTER TABLE voucher_grant
  DROP CONSTRAINT voucher_grant_pkey,
  ADD COLUMN collection_id uuid REFERENCES target ON DELETE CASCADE,
  ADD CONSTRAINT voucher_grant_key UNIQUE NULLS NOT DISTINCT (voucher_id, role, collection_id),
  ADD CHECK (collection_id IS NULL OR role IN ('Operator', 'Author'));
CREATE INDEX voucher_grant_collection ON voucher_grant (collection_id) WHERE collection_id IS NOT NULL;

-- Whether a collection excludes anything, without reading all of its members.
CREATE INDEX target_child_excluded ON target_child (parent_id) WHERE membership = 'Exclude';

-- Where a job's steps work, and where they send their rows: what a role has to reach. A destination is a target where one
-- is just that database; target_id is NULL where none is.
CREATE VIEW job_step_place AS
  SELECT s.job_id, s.version, t.target_id, t.name AS target
  FROM job_step s JOIN target t ON t.target_id = s.target_id
  UNION ALL
  SELECT s.job_id, s.version, t.target_id, coalesce(t.name, d.name || '/' || s.destination_database)
  FROM job_step s
  JOIN server d ON d.server_id = s.destination_server_id
  LEFT JOIN target t ON t.kind = 'Database' AND t.server_id = d.server_id AND t.database_name = s.destination_database;

-- The same of executions, as their steps were pinned.
CREATE VIEW step_execution_place AS
  SELECT s.execution_id, t.target_id, t.name AS target
  FROM step_execution s JOIN target t ON t.target_id = s.target_id
  UNION ALL
  SELECT s.execution_id, t.target_id, coalesce(t.name, d.name || '/' || s.destination_database)
  FROM step_execution s
  JOIN server d ON d.server_id = s.destination_server_id
  LEFT JOIN target t ON t.kind = 'Database' AND t.server_id = d.server_id AND t.database_name = s.destination_database;
