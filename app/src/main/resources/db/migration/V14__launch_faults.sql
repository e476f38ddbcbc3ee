-- How often a run could not be launched through a fault of EDJ's own: at some number it ends.
ALTER TABLE job_execution ADD COLUMN launch_faults int NOT NULL DEFAULT 0;
