-- Checking each of 100,000 new children against its step and its server took longer than writing them. Children are
-- inserted by one statement only (RunStore.insertChildren), which joins the server and whose transaction holds the run;
-- servers are never deleted, and a run is removed together with its children (HistoryStore.removeRun).
ALTER TABLE child_execution
  DROP CONSTRAINT child_execution_step_execution_id_fkey,
  DROP CONSTRAINT child_execution_server_id_fkey;

-- Resolving a collection looks for the collections among its children: there are few, and a small index answers faster.
CREATE UNIQUE INDEX target_collection ON target (target_id) WHERE kind = 'CustomCollection';
