-- What an execution is for: to run its job, to check whether it could be run, or to run it on trial and take it back.
ALTER TABLE job_execution
  ADD COLUMN purpose text NOT NULL DEFAULT 'Run' CHECK (purpose IN ('Run', 'Check', 'Trial')),
  -- What leaves no work behind is followed by no other job, and does not wait its turn.
  ADD CHECK (purpose = 'Run' OR (followed AND NOT queued));
