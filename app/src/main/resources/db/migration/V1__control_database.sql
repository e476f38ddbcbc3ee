-- The control database: everything that must last. Invariants are constraints where a constraint can
-- hold them. All times are this database's clock. Wide texts live beside the rows that are claimed.

-- What a client encrypts passwords with; the private half never comes here.
CREATE TABLE encryption_key (
  key_id        text PRIMARY KEY,
  public_keyset text NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE credential (
  credential_id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name                text NOT NULL UNIQUE CHECK (char_length(name) BETWEEN 1 AND 128),
  user_name           text NOT NULL CHECK (char_length(user_name) BETWEEN 1 AND 128),
  key_id              text NOT NULL REFERENCES encryption_key,
  encrypted_password  bytea NOT NULL,
  servers             text[] NOT NULL DEFAULT '{}',
  created_at          timestamptz NOT NULL DEFAULT now(),
  updated_at          timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE content (
  content_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name           text NOT NULL UNIQUE CHECK (char_length(name) BETWEEN 1 AND 128),
  kind           text NOT NULL CHECK (kind IN ('Script', 'Dacpac')),
  latest_version int NOT NULL CHECK (latest_version >= 1),
  created_at     timestamptz NOT NULL DEFAULT now(),
  updated_at     timestamptz NOT NULL DEFAULT now()
);

-- Versions are immutable: nothing updates this table.
CREATE TABLE content_version (
  content_id bigint NOT NULL REFERENCES content ON DELETE CASCADE,
  version    int NOT NULL CHECK (version >= 1),
  text       text NOT NULL,
  sha256     text NOT NULL,
  length     int NOT NULL GENERATED ALWAYS AS (char_length(text)) STORED,
  comment    text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (content_id, version)
);

CREATE TABLE execution_policy (
  policy_id                          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name                               text NOT NULL UNIQUE CHECK (char_length(name) BETWEEN 1 AND 128),
  built_in                           boolean NOT NULL DEFAULT false,
  job_timeout_ms                     bigint CHECK (job_timeout_ms > 0),
  attempt_timeout_ms                 bigint CHECK (attempt_timeout_ms > 0),
  initial_retry_interval_ms          bigint NOT NULL CHECK (initial_retry_interval_ms >= 0),
  maximum_retry_interval_ms          bigint NOT NULL CHECK (maximum_retry_interval_ms >= 0),
  retry_interval_backoff_coefficient double precision NOT NULL CHECK (retry_interval_backoff_coefficient >= 1),
  maximum_attempts                   int NOT NULL CHECK (maximum_attempts >= 1),
  retry                              text NOT NULL CHECK (retry IN ('all', 'transient')),
  transient_errors                   text[] NOT NULL DEFAULT '{}',
  permanent_errors                   text[] NOT NULL DEFAULT '{}',
  created_at                         timestamptz NOT NULL DEFAULT now(),
  updated_at                         timestamptz NOT NULL DEFAULT now()
);

-- The two sets of defaults of the original service's generations.
INSERT INTO execution_policy (name, built_in, job_timeout_ms, attempt_timeout_ms, initial_retry_interval_ms,
    maximum_retry_interval_ms, retry_interval_backoff_coefficient, maximum_attempts, retry)
VALUES ('Default execution policy', true, 604800000, NULL, 100, 1800000, 2, 2147483647, 'all'),
       ('Standard execution policy', true, NULL, 43200000, 1000, 120000, 2, 11, 'all');

-- A server as EDJ dials it. A row comes with the first target there; its settings are the Server target's.
CREATE TABLE server (
  server_id           int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name                text NOT NULL UNIQUE,
  tls                 text NOT NULL DEFAULT 'VERIFY_FULL',
  trusted_certificate text,
  connect_timeout_ms  bigint NOT NULL DEFAULT 15000 CHECK (connect_timeout_ms > 0),
  max_connections     int NOT NULL DEFAULT 32 CHECK (max_connections >= 1)
);

CREATE TABLE target (
  target_id      uuid PRIMARY KEY,
  name           text NOT NULL UNIQUE CHECK (char_length(name) BETWEEN 1 AND 400),
  kind           text NOT NULL CHECK (kind IN ('Database', 'Server', 'ElasticPool', 'ShardMap', 'CustomCollection')),
  server_id      int REFERENCES server,
  database_name  text CHECK (char_length(database_name) BETWEEN 1 AND 128),
  pool_name      text,
  shard_map_name text,
  -- The login that enumerates a server's databases or reads a shard map.
  credential_id  bigint REFERENCES credential,
  include_system_databases boolean NOT NULL DEFAULT false,
  created_at     timestamptz NOT NULL DEFAULT now(),
  updated_at     timestamptz NOT NULL DEFAULT now(),
  CHECK ((kind = 'CustomCollection') = (server_id IS NULL)),
  CHECK ((kind IN ('Database', 'ShardMap')) = (database_name IS NOT NULL))
);
CREATE UNIQUE INDEX target_database_key ON target (server_id, database_name) WHERE kind = 'Database';
CREATE UNIQUE INDEX target_server_key ON target (server_id) WHERE kind = 'Server';
CREATE UNIQUE INDEX target_pool_key ON target (server_id, pool_name) WHERE kind = 'ElasticPool';
CREATE UNIQUE INDEX target_shard_map_key ON target (server_id, database_name, shard_map_name) WHERE kind = 'ShardMap';
CREATE INDEX target_credential ON target (credential_id);

CREATE TABLE target_child (
  parent_id  uuid NOT NULL REFERENCES target ON DELETE CASCADE,
  child_id   uuid NOT NULL REFERENCES target,
  membership text NOT NULL CHECK (membership IN ('Include', 'Exclude')),
  PRIMARY KEY (parent_id, child_id),
  CHECK (parent_id <> child_id)
);
CREATE INDEX target_child_child ON target_child (child_id);

CREATE TABLE job (
  job_id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name            text NOT NULL UNIQUE CHECK (char_length(name) BETWEEN 1 AND 128),
  enabled         boolean NOT NULL DEFAULT true,
  delete_requested_at timestamptz,
  current_version int NOT NULL CHECK (current_version >= 1),
  created_at      timestamptz NOT NULL DEFAULT now(),
  updated_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE job_version (
  job_id      bigint NOT NULL REFERENCES job ON DELETE CASCADE,
  version     int NOT NULL CHECK (version >= 1),
  description text NOT NULL DEFAULT '' CHECK (char_length(description) <= 512),
  parameters  jsonb NOT NULL DEFAULT '{}',
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (job_id, version)
);

CREATE TABLE job_step (
  job_id          bigint NOT NULL,
  version         int NOT NULL,
  step_id         int NOT NULL CHECK (step_id >= 1),
  name            text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 128),
  content_id      bigint NOT NULL REFERENCES content,
  -- NULL: the newest version at each start.
  content_version int,
  credential_id   bigint NOT NULL REFERENCES credential,
  target_id       uuid NOT NULL REFERENCES target,
  policy_id       bigint NOT NULL REFERENCES execution_policy,
  max_parallelism int CHECK (max_parallelism >= 1),
  PRIMARY KEY (job_id, version, step_id),
  UNIQUE (job_id, version, name),
  FOREIGN KEY (job_id, version) REFERENCES job_version ON DELETE CASCADE,
  FOREIGN KEY (content_id, content_version) REFERENCES content_version
);
CREATE INDEX job_step_content ON job_step (content_id);
CREATE INDEX job_step_credential ON job_step (credential_id);
CREATE INDEX job_step_target ON job_step (target_id);
CREATE INDEX job_step_policy ON job_step (policy_id);

-- One process of the service. Leases are by heartbeat_at + lease, on this database's clock.
CREATE TABLE node (
  node_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         text NOT NULL,
  lease_ms     bigint NOT NULL CHECK (lease_ms > 0),
  started_at   timestamptz NOT NULL DEFAULT now(),
  heartbeat_at timestamptz NOT NULL DEFAULT now(),
  stopped_at   timestamptz
);

-- A run of a job: the parent of its child executions.
CREATE TABLE job_execution (
  execution_id        uuid PRIMARY KEY,
  job_id              bigint NOT NULL REFERENCES job,
  job_version         int NOT NULL,
  lifecycle           text NOT NULL DEFAULT 'Created' CHECK (lifecycle IN ('Created', 'InProgress',
                        'WaitingForChildJobExecutions', 'WaitingForRetry', 'Succeeded', 'SucceededWithSkipped',
                        'Failed', 'TimedOut', 'Canceled', 'Skipped')),
  message             text,
  created_by          text NOT NULL,
  created_at          timestamptz NOT NULL DEFAULT now(),
  started_at          timestamptz,
  ended_at            timestamptz,
  -- When job time-out strikes; set when the execution starts.
  deadline_at         timestamptz,
  cancel_requested_at timestamptz,
  -- The controller's claim on the execution's own tasks (ScriptSplit, ExpandJob), fenced like a child's.
  node_id             bigint REFERENCES node,
  attempt             int NOT NULL DEFAULT 0,
  failed_attempts     int NOT NULL DEFAULT 0,
  next_task_number    int NOT NULL DEFAULT 1,
  ready_at            timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (job_id, job_version) REFERENCES job_version,
  CHECK ((ended_at IS NOT NULL) = (lifecycle IN ('Succeeded', 'SucceededWithSkipped', 'Failed', 'TimedOut',
                        'Canceled', 'Skipped')))
);
CREATE INDEX job_execution_active ON job_execution (execution_id) WHERE ended_at IS NULL;
CREATE INDEX job_execution_job ON job_execution (job_id, execution_id);
CREATE INDEX job_execution_ended ON job_execution (ended_at) WHERE ended_at IS NOT NULL;

-- One step of a run, with everything pinned that a later change must not touch.
CREATE TABLE step_execution (
  step_execution_id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  execution_id                       uuid NOT NULL REFERENCES job_execution ON DELETE CASCADE,
  step_id                            int NOT NULL,
  step_name                          text NOT NULL,
  content_id                         bigint NOT NULL,
  content_version                    int NOT NULL,
  credential_id                      bigint NOT NULL REFERENCES credential,
  target_id                          uuid NOT NULL REFERENCES target,
  policy_name                        text NOT NULL,
  job_timeout_ms                     bigint,
  attempt_timeout_ms                 bigint,
  initial_retry_interval_ms          bigint NOT NULL,
  maximum_retry_interval_ms          bigint NOT NULL,
  retry_interval_backoff_coefficient double precision NOT NULL,
  maximum_attempts                   int NOT NULL,
  retry                              text NOT NULL,
  transient_errors                   text[] NOT NULL,
  permanent_errors                   text[] NOT NULL,
  max_parallelism                    int,
  UNIQUE (execution_id, step_id),
  FOREIGN KEY (content_id, content_version) REFERENCES content_version
);
CREATE INDEX step_execution_content ON step_execution (content_id);
CREATE INDEX step_execution_target ON step_execution (target_id);
CREATE INDEX step_execution_credential ON step_execution (credential_id);

-- Counters, changed in the transaction that changes the children they count: a status never counts rows.
CREATE TABLE step_progress (
  step_execution_id bigint PRIMARY KEY REFERENCES step_execution ON DELETE CASCADE,
  created           int NOT NULL DEFAULT 0 CHECK (created >= 0),
  in_progress       int NOT NULL DEFAULT 0 CHECK (in_progress >= 0),
  waiting_for_retry int NOT NULL DEFAULT 0 CHECK (waiting_for_retry >= 0),
  succeeded         int NOT NULL DEFAULT 0,
  failed            int NOT NULL DEFAULT 0,
  timed_out         int NOT NULL DEFAULT 0,
  canceled          int NOT NULL DEFAULT 0,
  skipped           int NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- The queue: one step of a run in one database. Kept slim; what is wide lives in task_execution and task_log.
CREATE TABLE child_execution (
  execution_id      uuid PRIMARY KEY,
  step_execution_id bigint NOT NULL REFERENCES step_execution ON DELETE CASCADE,
  server_id         int NOT NULL REFERENCES server,
  database_name     text NOT NULL,
  lifecycle         text NOT NULL DEFAULT 'Created' CHECK (lifecycle IN ('Created', 'InProgress', 'WaitingForRetry',
                      'Succeeded', 'Failed', 'TimedOut', 'Canceled', 'Skipped')),
  -- Number of the newest attempt; the fence of a report is (execution_id, attempt, node_id).
  attempt           int NOT NULL DEFAULT 0,
  -- Attempts that count against the policy's maximum; one lost with its node does not.
  failed_attempts   int NOT NULL DEFAULT 0,
  node_id           bigint,
  cancel_requested  boolean NOT NULL DEFAULT false,
  created_at        timestamptz NOT NULL DEFAULT now(),
  -- Not to be claimed before.
  ready_at          timestamptz NOT NULL DEFAULT now(),
  started_at        timestamptz,
  attempt_started_at timestamptz,
  ended_at          timestamptz,
  UNIQUE (step_execution_id, server_id, database_name),
  CHECK ((lifecycle = 'InProgress') = (node_id IS NOT NULL)),
  CHECK ((lifecycle IN ('Succeeded', 'Failed', 'TimedOut', 'Canceled', 'Skipped')) = (ended_at IS NOT NULL))
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
CREATE INDEX child_execution_waiting ON child_execution (step_execution_id, server_id, ready_at, execution_id)
  WHERE lifecycle IN ('Created', 'WaitingForRetry');
CREATE INDEX child_execution_running ON child_execution (server_id, step_execution_id) WHERE lifecycle = 'InProgress';
CREATE INDEX child_execution_database ON child_execution (database_name, server_id);

-- One attempt at one unit of work of an execution (parent or child), numbered from 1 within it. A child's
-- running attempt is the child row itself until it is reported here.
CREATE TABLE task_execution (
  execution_id uuid NOT NULL,
  task_number  int NOT NULL,
  type         text NOT NULL CHECK (type IN ('ShardMapRefresh', 'ScriptSplit', 'ExpandJob', 'ScriptExecution', 'Dacpac')),
  lifecycle    text NOT NULL CHECK (lifecycle IN ('Created', 'InProgress', 'Succeeded', 'Failed', 'TimedOut', 'Canceled')),
  node_id      bigint,
  created_at   timestamptz NOT NULL,
  started_at   timestamptz,
  ended_at     timestamptz,
  message      text,
  stack        text,
  PRIMARY KEY (execution_id, task_number)
);

CREATE TABLE batch_execution (
  execution_id uuid NOT NULL,
  task_number  int NOT NULL,
  batch_number int NOT NULL,
  lifecycle    text NOT NULL,
  started_at   timestamptz,
  ended_at     timestamptz,
  message      text,
  PRIMARY KEY (execution_id, task_number, batch_number)
);

-- What an attempt printed, in pieces as they came.
CREATE TABLE task_log (
  execution_id uuid NOT NULL,
  task_number  int NOT NULL,
  piece        int NOT NULL,
  text         text NOT NULL,
  PRIMARY KEY (execution_id, task_number, piece)
);
