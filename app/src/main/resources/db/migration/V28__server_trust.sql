-- What a server has to prove beside its TLS mode, and which weaker ways to log in it may ask for.
ALTER TABLE server ADD COLUMN pinned_certificates text[] NOT NULL DEFAULT '{}';
ALTER TABLE server ADD COLUMN password_methods text[] NOT NULL DEFAULT '{}'
  CHECK (password_methods <@ ARRAY['MD5', 'CLEAR_TEXT']);
