-- Who is signed in to the portal, and the links that sign somebody in. Of their secrets only digests are kept: who can read
-- the control database comes in with nothing of what is here.
CREATE TABLE portal_session (
  secret_digest bytea PRIMARY KEY CHECK (length(secret_digest) = 32),
  user_name     text NOT NULL CHECK (user_name <> ''),
  created_at    timestamptz NOT NULL DEFAULT now(),
  used_at       timestamptz NOT NULL DEFAULT now()
);

-- A ticket is good for one session; used_at: when it was.
CREATE TABLE portal_ticket (
  secret_digest bytea PRIMARY KEY CHECK (length(secret_digest) = 32),
  user_name     text NOT NULL CHECK (user_name <> ''),
  created_at    timestamptz NOT NULL DEFAULT now(),
  used_at       timestamptz
);
