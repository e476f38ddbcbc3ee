-- A credential can name a command of the nodes whose output takes the place of a password.
ALTER TABLE credential
  ADD COLUMN token_command text CHECK (char_length(token_command) BETWEEN 1 AND 128),
  ADD CONSTRAINT credential_password_or_token CHECK (num_nonnulls(encrypted_password, token_command) <= 1),
  DROP CONSTRAINT credential_proof,
  ADD CONSTRAINT credential_proof CHECK (num_nonnulls(encrypted_password, token_command, client_certificate) >= 1);

CREATE OR REPLACE VIEW shown_credential AS
SELECT
  name,
  user_name,
  array_remove(
    ARRAY[
      CASE WHEN encrypted_password IS NOT NULL THEN 'PASSWORD' END,
      CASE WHEN token_command IS NOT NULL THEN 'TOKEN_COMMAND' END,
      CASE WHEN client_certificate IS NOT NULL THEN 'CLIENT_CERTIFICATE' END],
    NULL) AS proofs,
  client_certificate,
  servers,
  created_at,
  updated_at,
  token_command
FROM credential;
