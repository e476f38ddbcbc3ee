-- Keys take the place of others while everything goes on. A key that nothing is encrypted with any more is remembered, so
-- that a node which still has it does not bring it back.
ALTER TABLE encryption_key ADD COLUMN activated_at timestamptz;
UPDATE encryption_key SET activated_at = created_at;

CREATE TABLE retired_key (
  key_id      text PRIMARY KEY,
  created_at  timestamptz NOT NULL,
  retired_at  timestamptz NOT NULL DEFAULT now()
);

-- The private keys that each node has said it holds; their ids, no more.
CREATE TABLE node_key (
  node_id  bigint NOT NULL REFERENCES node ON DELETE CASCADE,
  key_id   text NOT NULL,
  PRIMARY KEY (node_id, key_id)
);

CREATE TABLE key_rotation (
  rotation_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  requested_at  timestamptz NOT NULL DEFAULT now(),
  key_id        text,
  waiting_for   text,
  ended_at      timestamptz
);
CREATE UNIQUE INDEX key_rotation_under_way ON key_rotation ((true)) WHERE ended_at IS NULL;
