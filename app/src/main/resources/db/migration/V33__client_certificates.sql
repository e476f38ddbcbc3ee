-- A credential can have a client certificate, in place of a password or beside one. Its private key is kept as passwords are,
-- under a key of its own: one of the two can be given anew without the other.
ALTER TABLE credential
  ALTER COLUMN key_id DROP NOT NULL,
  ALTER COLUMN encrypted_password DROP NOT NULL,
  ADD COLUMN client_certificate text,
  ADD COLUMN encrypted_client_key bytea,
  ADD COLUMN client_key_key_id text REFERENCES encryption_key,
  ADD CONSTRAINT credential_password CHECK (num_nulls(key_id, encrypted_password) IN (0, 2)),
  ADD CONSTRAINT credential_client_certificate
    CHECK (num_nulls(client_certificate, encrypted_client_key, client_key_key_id) IN (0, 3)),
  ADD CONSTRAINT credential_proof CHECK (encrypted_password IS NOT NULL OR client_certificate IS NOT NULL);

-- What people see of credentials.
CREATE VIEW shown_credential AS
SELECT
  name,
  user_name,
  array_remove(
    ARRAY[
      CASE WHEN encrypted_password IS NOT NULL THEN 'PASSWORD' END,
      CASE WHEN client_certificate IS NOT NULL THEN 'CLIENT_CERTIFICATE' END],
    NULL) AS proofs,
  client_certificate,
  servers,
  created_at,
  updated_at
FROM credential;

-- The keys that each credential needs.
CREATE VIEW credential_key AS
SELECT credential_id, key_id FROM credential WHERE key_id IS NOT NULL
UNION
SELECT credential_id, client_key_key_id FROM credential WHERE client_key_key_id IS NOT NULL;
