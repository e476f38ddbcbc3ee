-- Who did what: one row for each change, written in the transaction that makes it. Rows are never changed nor removed.
-- before, after: json, not jsonb, because the chain is over the text as it was written.
CREATE TABLE audit_event (
  event_id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  occurred_at    timestamptz NOT NULL DEFAULT now(),
  actor_kind     text NOT NULL CHECK (actor_kind <> ''),
  actor_name     text NOT NULL CHECK (actor_name <> ''),
  actor_token    text,
  client_address text,
  action         text NOT NULL CHECK (action ~ '^[a-z-]+\.[a-z-]+$'),
  object_kind    text NOT NULL CHECK (action LIKE object_kind || '.%'),
  object_name    text,
  object_id      text,
  object_version integer,
  scripts        text[] NOT NULL DEFAULT '{}',
  execution_id   uuid,
  before         json,
  after          json
);
CREATE INDEX audit_event_time ON audit_event (occurred_at, event_id);
CREATE INDEX audit_event_actor ON audit_event (actor_name, event_id);
CREATE INDEX audit_event_action ON audit_event (action, event_id);
CREATE INDEX audit_event_object ON audit_event (object_name, event_id);
CREATE INDEX audit_event_object_id ON audit_event (object_id, event_id) WHERE object_id IS NOT NULL;

-- The chain: a controller links events in the order in which it finds them committed, so that writers do not wait for one
-- another. A link's hash covers the link before, its number and its event.
CREATE TABLE audit_link (
  number   bigint PRIMARY KEY CHECK (number > 0),
  event_id bigint NOT NULL UNIQUE REFERENCES audit_event,
  hash     bytea NOT NULL CHECK (length(hash) = 32)
);

-- Events that no link has yet, so that they are found without looking through the others.
CREATE TABLE audit_pending (
  event_id bigint PRIMARY KEY REFERENCES audit_event
);

-- For everybody, the owner too: whoever means it says so in their session, and is found out by the chain.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('edj.audit_change', true), '') <> 'this breaks the audit log' THEN
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
