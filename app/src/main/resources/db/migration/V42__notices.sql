-- Who is told of what happens to executions, and what has become of telling them.

CREATE TABLE notice (
  notice_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name          text NOT NULL UNIQUE CHECK (char_length(name) BETWEEN 1 AND 128),
  enabled       boolean NOT NULL,
  events        text[] NOT NULL CHECK (cardinality(events) > 0 AND events <@ ARRAY['Failed', 'TimedOut', 'Succeeded',
                  'StoppedByThreshold', 'ApprovalWanted']),
  -- NULL means all jobs.
  job_id        bigint REFERENCES job ON DELETE CASCADE,
  -- What may be seen of the webhook's address: its path may be what opens the door there.
  webhook_place text NOT NULL,
  format        text NOT NULL CHECK (format IN ('Json', 'Slack', 'Teams')),
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX notice_job ON notice (job_id);

-- The webhook's whole address, and the keys that what is sent is signed with: one, and for a time the one before it.
CREATE TABLE notice_secret (
  notice_secret_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  notice_id        bigint NOT NULL REFERENCES notice ON DELETE CASCADE,
  kind             text NOT NULL CHECK (kind IN ('Address', 'SigningKey')),
  key_id           text NOT NULL REFERENCES encryption_key,
  ciphertext       bytea NOT NULL,
  -- When it is good no more; NULL for the present one.
  good_until       timestamptz,
  CHECK (kind = 'SigningKey' OR good_until IS NULL)
);
CREATE UNIQUE INDEX notice_secret_present ON notice_secret (notice_id, kind) WHERE good_until IS NULL;
CREATE INDEX notice_secret_key ON notice_secret (key_id);

-- One thing to tell to one receiver, written with what it tells of. Its id is the same in each attempt.
CREATE TABLE notice_delivery (
  delivery_id  uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  notice_id    bigint NOT NULL REFERENCES notice ON DELETE CASCADE,
  -- Both NULL for a test.
  execution_id uuid REFERENCES job_execution ON DELETE CASCADE,
  event        text,
  -- The wave that is to be approved.
  wave         int,
  lifecycle    text NOT NULL DEFAULT 'Created' CHECK (lifecycle IN ('Created', 'InProgress', 'WaitingForRetry',
                 'Succeeded', 'Failed')),
  occurred_at  timestamptz NOT NULL DEFAULT now(),
  attempts     int NOT NULL DEFAULT 0,
  -- How many there were when somebody last asked for it to be sent again.
  resent_at    int NOT NULL DEFAULT 0,
  -- When a node is to take it: while one has it, when that node counts as lost. NULL when all is done.
  due_at       timestamptz DEFAULT now(),
  -- What is sent, from the first attempt on.
  body         text,
  CHECK ((execution_id IS NULL) = (event IS NULL)),
  CHECK ((due_at IS NULL) = (lifecycle IN ('Succeeded', 'Failed')))
);
CREATE UNIQUE INDEX notice_delivery_once ON notice_delivery (execution_id, notice_id, event, wave) NULLS NOT DISTINCT
  WHERE execution_id IS NOT NULL;
CREATE INDEX notice_delivery_due ON notice_delivery (notice_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX notice_delivery_newest ON notice_delivery (notice_id, occurred_at, delivery_id);
CREATE INDEX notice_delivery_test ON notice_delivery (occurred_at) WHERE execution_id IS NULL;

CREATE TABLE delivery_attempt (
  delivery_id uuid NOT NULL REFERENCES notice_delivery ON DELETE CASCADE,
  number      int NOT NULL,
  started_at  timestamptz NOT NULL,
  ended_at    timestamptz NOT NULL,
  -- Of HTTP or SMTP; NULL when there was no answer.
  status      int,
  answer      text NOT NULL,
  PRIMARY KEY (delivery_id, number)
);
