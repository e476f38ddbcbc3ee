-- Jobs of several steps, and rollouts in waves.

-- A step with a barrier begins nowhere before the steps before it have ended everywhere.
ALTER TABLE job_step ADD COLUMN barrier boolean NOT NULL DEFAULT false;

ALTER TABLE job_version
  -- Sizes of the first waves: numbers of databases ('5') or shares ('10%'); the last wave is what is left.
  ADD COLUMN waves text[] NOT NULL DEFAULT '{}',
  -- Between two waves: a pause, or somebody's approval.
  ADD COLUMN wave_pause_ms bigint NOT NULL DEFAULT 0 CHECK (wave_pause_ms >= 0),
  ADD COLUMN wave_approval boolean NOT NULL DEFAULT false,
  -- Nothing more is begun when so many databases ('3'), or such a share of them ('5%'), have failed.
  ADD COLUMN failure_limit text;

ALTER TABLE step_execution
  ADD COLUMN barrier boolean NOT NULL DEFAULT false,
  -- The last wave in which it may begin; a step without a barrier may in all.
  ADD COLUMN barrier_passed int NOT NULL DEFAULT 0;

ALTER TABLE step_progress
  -- Of those created, the children that wait for another step or wave; no claim looks for them.
  ADD COLUMN blocked int NOT NULL DEFAULT 0 CHECK (blocked >= 0);

ALTER TABLE job_execution
  ADD COLUMN waves int NOT NULL DEFAULT 1 CHECK (waves >= 1),
  ADD COLUMN open_wave int NOT NULL DEFAULT 1,
  ADD COLUMN wave_ended_at timestamptz,
  ADD COLUMN approved_wave int NOT NULL DEFAULT 1,
  -- The job version's limit as a number of databases, once their number is known.
  ADD COLUMN failure_limit int,
  -- When the limit was reached.
  ADD COLUMN halted_at timestamptz,
  -- The earlier run of whose databases this one takes those that did not succeed.
  ADD COLUMN retry_of uuid;

ALTER TABLE child_execution
  -- NULL where the run has but one.
  ADD COLUMN wave int,
  -- How many things it still waits for: the step before on this database, its step's barrier, its wave.
  ADD COLUMN blocks smallint NOT NULL DEFAULT 0 CHECK (blocks >= 0),
  -- The child of the next step on this database.
  ADD COLUMN successor uuid;
DROP INDEX child_execution_waiting;
CREATE INDEX child_execution_waiting ON child_execution (step_execution_id, server_id, ready_at, execution_id)
  WHERE lifecycle IN ('Created', 'WaitingForRetry') AND blocks = 0;
-- Whether a wave has anything open, where there are several.
CREATE INDEX child_execution_wave ON child_execution (step_execution_id, wave) WHERE wave IS NOT NULL AND ended_at IS NULL;
