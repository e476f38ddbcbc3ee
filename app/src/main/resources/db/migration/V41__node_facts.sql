-- What a node says of itself, for whoever looks for the cause of something: none of it is secret.
ALTER TABLE node
  -- Each 'key=value'.
  ADD COLUMN facts text[] NOT NULL DEFAULT '{}',
  -- How far its clock was ahead of this database's at its last heartbeat; NULL of nodes that do not tell.
  ADD COLUMN clock_ahead_ms bigint;
