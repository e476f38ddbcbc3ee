-- Who may use the service. Of passwords there are only hashes, of tokens only digests: who can read the control database
-- comes in with nothing of what is here.
CREATE TABLE user_account (
  user_id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name          text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 128),
  display_name  text NOT NULL DEFAULT '' CHECK (char_length(display_name) <= 128),
  enabled       boolean NOT NULL DEFAULT true,
  -- Argon2id; NULL: nobody can sign in as this user.
  password_hash text CHECK (password_hash LIKE '$argon2id$%'),
  -- Counts the changes after which whoever is signed in has to do so again.
  epoch         int NOT NULL DEFAULT 1,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  signed_in_at  timestamptz,
  -- What history puts down to no user.
  CHECK (lower(name) NOT IN ('local', 'service'))
);
CREATE UNIQUE INDEX user_account_name ON user_account (lower(name));

CREATE TABLE user_grant (
  user_id bigint NOT NULL REFERENCES user_account ON DELETE CASCADE,
  role    text NOT NULL CHECK (role IN ('Reader', 'Operator', 'Author', 'Administrator')),
  PRIMARY KEY (user_id, role)
);

-- A token may never do more than its user at that moment; role: what it may do at most, NULL for all of it.
CREATE TABLE access_token (
  token_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id       bigint NOT NULL REFERENCES user_account ON DELETE CASCADE,
  name          text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 128),
  kind          text NOT NULL CHECK (kind IN ('Api', 'SignIn')),
  -- Of its user, when they signed in.
  epoch         int,
  secret_digest bytea NOT NULL UNIQUE CHECK (length(secret_digest) = 32),
  role          text CHECK (role IN ('Reader', 'Operator', 'Author', 'Administrator')),
  created_at    timestamptz NOT NULL DEFAULT now(),
  created_by    text NOT NULL CHECK (created_by <> ''),
  expires_at    timestamptz NOT NULL,
  used_at       timestamptz,
  CHECK ((epoch IS NULL) = (kind = 'Api'))
);
CREATE INDEX access_token_user ON access_token (user_id);
CREATE UNIQUE INDEX access_token_name ON access_token (user_id, name) WHERE kind = 'Api';

-- Whose a session is: the local token's bearer (no user), a user since an epoch of theirs, or the bearer of a token.
ALTER TABLE portal_session
  ADD COLUMN user_id bigint REFERENCES user_account ON DELETE CASCADE,
  ADD COLUMN epoch int NOT NULL DEFAULT 0,
  ADD COLUMN token_id bigint REFERENCES access_token ON DELETE CASCADE,
  ADD CHECK ((user_id IS NULL) = (user_name = 'local')),
  ADD CHECK (token_id IS NULL OR user_id IS NOT NULL);
CREATE INDEX portal_session_user ON portal_session (user_id);
CREATE INDEX portal_session_token ON portal_session (token_id);
ALTER TABLE portal_ticket
  ADD COLUMN user_id bigint REFERENCES user_account ON DELETE CASCADE,
  ADD COLUMN epoch int NOT NULL DEFAULT 0,
  ADD COLUMN token_id bigint REFERENCES access_token ON DELETE CASCADE,
  ADD CHECK ((user_id IS NULL) = (user_name = 'local')),
  ADD CHECK (token_id IS NULL OR user_id IS NOT NULL);
CREATE INDEX portal_ticket_user ON portal_ticket (user_id);
CREATE INDEX portal_ticket_token ON portal_ticket (token_id);
