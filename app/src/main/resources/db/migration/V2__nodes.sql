-- Several nodes: what each is for, what it can reach, and whether it takes new work.

ALTER TABLE node
  ADD COLUMN roles    text[] NOT NULL DEFAULT '{api,controller,worker}'
    CHECK (cardinality(roles) > 0 AND roles <@ '{api,controller,worker}'),
  -- What it can reach, each `key=value`; one key may have several values.
  ADD COLUMN labels   text[] NOT NULL DEFAULT '{}',
  ADD COLUMN version  text NOT NULL DEFAULT '',
  -- Takes nothing new, until it is resumed or started again.
  ADD COLUMN draining boolean NOT NULL DEFAULT false;

-- Labels, each `key=value`, that a node must all have to connect to the server.
ALTER TABLE server ADD COLUMN required_labels text[] NOT NULL DEFAULT '{}';
CREATE INDEX server_labelled ON server (server_id) WHERE required_labels <> '{}';

-- The nodes whose lease has not run out.
CREATE VIEW live_node AS
  SELECT node_id, name, roles, labels, draining
  FROM node
  WHERE stopped_at IS NULL AND heartbeat_at + lease_ms * interval '1 millisecond' > now();

-- The labels that a node must have to resolve a target: those of every server below it that is to be asked for its
-- databases. Found from the few servers that require any, upwards, so that no large collection is read.
CREATE VIEW target_label AS
  WITH RECURSIVE asking (target_id, required_labels) AS (
    SELECT t.target_id, s.required_labels
    FROM server s
    JOIN target t ON t.server_id = s.server_id AND t.kind = 'Server'
    WHERE s.required_labels <> '{}'
    UNION
    SELECT c.parent_id, a.required_labels
    FROM asking a
    JOIN target_child c ON c.child_id = a.target_id
  )
  SELECT DISTINCT a.target_id, label
  FROM asking a
  CROSS JOIN LATERAL unnest(a.required_labels) AS label;
