-- What was refused is rare among what was done, and looked for.
CREATE INDEX audit_event_refused ON audit_event (event_id) WHERE action LIKE '%.refuse';
