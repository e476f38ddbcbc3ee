-- Why the rule of the trigger's schedule cannot be read, by the node that tried last; NULL when it can. Until next_at
-- nobody tries again, and nothing is settled meanwhile.
ALTER TABLE job_trigger ADD COLUMN obstacle text;
