-- What an OpenID provider said of somebody who signed in to the portal: it counts until it expires.
CREATE TABLE voucher (
  voucher_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name       text NOT NULL CHECK (name LIKE 'oidc:_%' AND char_length(name) <= 128),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);

CREATE TABLE voucher_grant (
  voucher_id bigint NOT NULL REFERENCES voucher ON DELETE CASCADE,
  role       text NOT NULL CHECK (role IN ('Reader', 'Operator', 'Author', 'Administrator')),
  PRIMARY KEY (voucher_id, role)
);

-- A session is the local token's bearer's, a user's, or of somebody for whom a provider vouched.
ALTER TABLE portal_session
  ADD COLUMN voucher_id bigint REFERENCES voucher ON DELETE CASCADE,
  DROP CONSTRAINT portal_session_check,
  ADD CHECK (num_nonnulls(user_id, voucher_id) = CASE user_name WHEN 'local' THEN 0 ELSE 1 END);
CREATE INDEX portal_session_voucher ON portal_session (voucher_id);
ALTER TABLE portal_ticket
  ADD COLUMN voucher_id bigint REFERENCES voucher ON DELETE CASCADE,
  DROP CONSTRAINT portal_ticket_check,
  ADD CHECK (num_nonnulls(user_id, voucher_id) = CASE user_name WHEN 'local' THEN 0 ELSE 1 END);
CREATE INDEX portal_ticket_voucher ON portal_ticket (voucher_id);

-- No user has a name that a provider's have.
ALTER TABLE user_account ADD CHECK (lower(name) NOT LIKE 'oidc:%');
