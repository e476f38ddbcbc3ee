-- When it is written, not when its transaction began: whoever kept one open could have had events of hours ago.
ALTER TABLE audit_event ALTER COLUMN occurred_at SET DEFAULT clock_timestamp();
