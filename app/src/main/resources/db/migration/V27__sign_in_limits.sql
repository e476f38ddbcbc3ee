-- How often signing in failed for a name, and from an address. Of both only digests: people type passwords into the wrong
-- field. The last failure makes the wait; rows go a day after it.
CREATE TABLE sign_in_failure (
  subject    bytea PRIMARY KEY CHECK (length(subject) = 32),
  failures   int NOT NULL CHECK (failures >= 0),
  failed_at  timestamptz NOT NULL,
  wait_until timestamptz NOT NULL
);
CREATE INDEX sign_in_failure_failed ON sign_in_failure (failed_at);
