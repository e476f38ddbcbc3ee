-- Who made a version of a job; null for those that were made before this was kept.
ALTER TABLE job_version ADD COLUMN created_by text CHECK (created_by <> '');
