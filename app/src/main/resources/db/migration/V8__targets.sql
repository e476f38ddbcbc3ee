-- Shard maps as targets, and groups of a server's databases by their names.

-- Of a Server target: only databases that one of the first matches (when there is any) and none of the second.
ALTER TABLE target
  ADD COLUMN name_patterns    text[] NOT NULL DEFAULT '{}',
  ADD COLUMN exclude_patterns text[] NOT NULL DEFAULT '{}',
  ADD CHECK (kind = 'Server' OR (name_patterns = '{}' AND exclude_patterns = '{}'));
-- There may be many groups of a server's databases, and one target for all of them.
DROP INDEX target_server_key;
CREATE UNIQUE INDEX target_server_key ON target (server_id)
  WHERE kind = 'Server' AND name_patterns = '{}' AND exclude_patterns = '{}';

-- Why no connection can be opened there, when a shard map names the server in a way that cannot be dialled. Such a row
-- has a name that no server can have: a shard's failure is then that child's own.
ALTER TABLE server ADD COLUMN problem text;

-- A shard map's server and a pool's are asked, too.
CREATE OR REPLACE VIEW target_label AS
  WITH RECURSIVE asking (target_id, required_labels) AS (
    SELECT t.target_id, s.required_labels
    FROM server s
    JOIN target t ON t.server_id = s.server_id AND t.kind IN ('Server', 'ShardMap', 'ElasticPool')
    WHERE s.required_labels <> '{}'
    UNION
    SELECT c.parent_id, a.required_labels
    FROM asking a
    JOIN target_child c ON c.child_id = a.target_id
  )
  SELECT DISTINCT a.target_id, label
  FROM asking a
  CROSS JOIN LATERAL unnest(a.required_labels) AS label;
