-- Kept results are removed by their age, much earlier than their runs.
CREATE INDEX kept_result_age ON kept_result (kept_at);
