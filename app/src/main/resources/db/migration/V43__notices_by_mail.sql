-- A notice can be sent by e-mail in place of a webhook.
ALTER TABLE notice
  ALTER COLUMN webhook_place DROP NOT NULL,
  ALTER COLUMN format DROP NOT NULL,
  ADD COLUMN emails text[] NOT NULL DEFAULT '{}',
  ADD CONSTRAINT notice_receiver CHECK (
    CASE WHEN cardinality(emails) = 0 THEN num_nulls(webhook_place, format) = 0
      ELSE num_nonnulls(webhook_place, format) = 0 END);
