-- Schedules, the triggers that bind jobs to them or to the ends of other jobs, and what became of each firing.

CREATE TABLE schedule (
  schedule_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name           text NOT NULL UNIQUE CHECK (char_length(name) BETWEEN 1 AND 128),
  recurrence     text NOT NULL CHECK (recurrence IN ('Once', 'Minutes', 'Hours', 'Days', 'Weeks', 'Months', 'Weekly',
                   'Cron')),
  interval_count int CHECK (interval_count >= 1),
  cron           text,
  days           text,
  times          text,
  start_at       timestamptz NOT NULL,
  end_at         timestamptz,
  zone           text NOT NULL,
  window_from    time,
  window_to      time,
  created_at     timestamptz NOT NULL DEFAULT now(),
  updated_at     timestamptz NOT NULL DEFAULT now(),
  CHECK ((interval_count IS NOT NULL) = (recurrence IN ('Minutes', 'Hours', 'Days', 'Weeks', 'Months'))),
  CHECK ((cron IS NOT NULL) = (recurrence = 'Cron')),
  CHECK ((days IS NOT NULL) = (recurrence = 'Weekly') AND (times IS NOT NULL) = (recurrence = 'Weekly')),
  CHECK ((window_from IS NULL) = (window_to IS NULL))
);

CREATE TABLE job_trigger (
  trigger_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_id        bigint NOT NULL REFERENCES job ON DELETE CASCADE,
  -- What starts the job: a schedule, or the end of another job's runs.
  schedule_id   bigint REFERENCES schedule,
  after_job_id  bigint REFERENCES job ON DELETE CASCADE,
  end_condition text CHECK (end_condition IN ('Success', 'Failure', 'Always')),
  enabled       boolean NOT NULL,
  overlap       text NOT NULL CHECK (overlap IN ('Skip', 'Queue', 'CancelPrevious', 'DoNotStart')),
  misfire       text CHECK (misfire IN ('FireOnce', 'Skip', 'FireAll')),
  -- Nothing planned at this time or before it is to be fired any more.
  settled_at    timestamptz NOT NULL,
  -- The planned time to wait for; NULL when there is none.
  next_at       timestamptz,
  created_at    timestamptz NOT NULL DEFAULT now(),
  UNIQUE (job_id, schedule_id),
  UNIQUE (job_id, after_job_id),
  CHECK ((schedule_id IS NULL) <> (after_job_id IS NULL)),
  CHECK ((after_job_id IS NULL) = (end_condition IS NULL)),
  CHECK ((schedule_id IS NULL) = (misfire IS NULL)),
  CHECK (schedule_id IS NOT NULL OR next_at IS NULL),
  CHECK (job_id <> after_job_id)
);
CREATE INDEX job_trigger_due ON job_trigger (next_at, trigger_id) WHERE enabled;
CREATE INDEX job_trigger_schedule ON job_trigger (schedule_id);
CREATE INDEX job_trigger_after ON job_trigger (after_job_id);

-- What became of one planned time of a trigger, or of the end of one run that it follows: an execution, or the reason
-- why none was started. Its key is why nothing is fired twice.
CREATE TABLE firing (
  trigger_id   bigint NOT NULL REFERENCES job_trigger ON DELETE CASCADE,
  planned_at   timestamptz NOT NULL,
  -- The run that ended, at planned_at, for a trigger that waits for one.
  follows_id   uuid,
  -- The first of the planned times that were passed over with this one.
  missed_since timestamptz,
  fired_at     timestamptz NOT NULL DEFAULT now(),
  execution_id uuid,
  reason       text,
  UNIQUE NULLS NOT DISTINCT (trigger_id, planned_at, follows_id),
  CHECK ((execution_id IS NULL) = (reason IS NOT NULL))
);
CREATE INDEX firing_fired ON firing (fired_at);

ALTER TABLE job_execution
  -- The schedule's name, which outlives the schedule here, and the time that its rule says.
  ADD COLUMN schedule_name text,
  ADD COLUMN planned_at timestamptz,
  -- The run of another job because of whose end it was started.
  ADD COLUMN follows_id uuid,
  -- Waits until no other execution of its job runs.
  ADD COLUMN queued boolean NOT NULL DEFAULT false,
  -- Whether the jobs that wait for its end have been started; runs of the past are followed by nothing.
  ADD COLUMN followed boolean NOT NULL DEFAULT true;
ALTER TABLE job_execution ALTER COLUMN followed SET DEFAULT false;
UPDATE job_execution SET followed = false WHERE ended_at IS NULL;
CREATE INDEX job_execution_unfollowed ON job_execution (execution_id) WHERE ended_at IS NOT NULL AND NOT followed;
CREATE INDEX job_execution_active_job ON job_execution (job_id) WHERE ended_at IS NULL;
CREATE INDEX job_execution_schedule ON job_execution (schedule_name, execution_id) WHERE schedule_name IS NOT NULL;
