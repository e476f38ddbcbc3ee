-- What scripts returned, where it goes to no destination: of each child's first result the first rows. Removed with the
-- execution, and before it when they are older than results are kept.
CREATE TABLE kept_result (
  execution_id      uuid PRIMARY KEY,
  step_execution_id bigint NOT NULL,
  -- [{"name", "kind", "length", "precision", "scale"}]
  columns           text NOT NULL,
  -- Of the whole result, and of what is kept of it.
  row_count         bigint NOT NULL,
  kept_rows         int NOT NULL,
  -- Of the columns and all rows, whatever their order.
  digest            bytea NOT NULL,
  kept_at           timestamptz NOT NULL DEFAULT now(),
  -- Per value its length in bytes, as a 32-bit integer, -1 for NULL, and the value.
  rows              bytea NOT NULL
);
CREATE INDEX kept_result_step ON kept_result (step_execution_id, kept_at);

-- The rest of a result of which more is kept than fits well into one row.
CREATE TABLE kept_result_piece (
  execution_id uuid NOT NULL,
  piece        int NOT NULL,
  rows         bytea NOT NULL,
  PRIMARY KEY (execution_id, piece)
);

-- What is kept of a step's results, which has a limit.
ALTER TABLE step_progress ADD COLUMN kept_bytes bigint NOT NULL DEFAULT 0;

-- Children whose script has run in that attempt and must not run again, while their rows may not yet be in their
-- destination.
CREATE TABLE unsent_result (
  execution_id uuid PRIMARY KEY,
  attempt      int NOT NULL,
  row_count    bigint NOT NULL
);
