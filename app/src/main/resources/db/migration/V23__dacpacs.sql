-- Data-tier packages. A file is here once, however many versions and executions have it, and goes some time after the last
-- of them.
CREATE TABLE package (
  sha256  text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  -- As it names itself; empty where it does not.
  name    text NOT NULL,
  version text NOT NULL,
  file    bytea NOT NULL,
  size    int NOT NULL GENERATED ALWAYS AS (length(file)) STORED,
  used_at timestamptz NOT NULL DEFAULT now()
);
-- It is packed already.
ALTER TABLE package ALTER COLUMN file SET STORAGE EXTERNAL;

-- A version is a script's text, a package's file, or where a package is fetched from at each run; its kind is its content's.
ALTER TABLE content ADD CONSTRAINT content_kind_key UNIQUE (content_id, kind);
ALTER TABLE content_version
  ADD COLUMN kind text NOT NULL DEFAULT 'Script',
  ADD COLUMN package_sha256 text REFERENCES package,
  ADD COLUMN package_uri text,
  ALTER COLUMN text DROP NOT NULL,
  ALTER COLUMN sha256 DROP NOT NULL,
  ALTER COLUMN length DROP NOT NULL,
  ADD CONSTRAINT content_version_kind_fkey
    FOREIGN KEY (content_id, kind) REFERENCES content (content_id, kind) ON DELETE CASCADE,
  ADD CHECK (num_nonnulls(text, package_sha256, package_uri) = 1),
  ADD CHECK ((kind = 'Script') = (text IS NOT NULL)),
  ADD CHECK ((sha256 IS NULL) = (text IS NULL));
CREATE INDEX content_version_package ON content_version (package_sha256) WHERE package_sha256 IS NOT NULL;

-- How a package is deployed, each `Name=Value`.
ALTER TABLE job_step ADD COLUMN publish_options text[] NOT NULL DEFAULT '{}';

ALTER TABLE step_execution
  ADD COLUMN publish_options text[] NOT NULL DEFAULT '{}',
  -- The package of the run: its version's, or the one that was fetched for it.
  ADD COLUMN package_sha256 text REFERENCES package;
CREATE INDEX step_execution_package ON step_execution (package_sha256) WHERE package_sha256 IS NOT NULL;

-- What the newest attempt of a child was about to do, kept before it did anything. Removed with the execution.
CREATE TABLE kept_plan (
  execution_id    uuid PRIMARY KEY,
  attempt         int NOT NULL,
  planned_at      timestamptz NOT NULL DEFAULT now(),
  package_sha256  text NOT NULL,
  -- Whether the database was what the package describes.
  changes_nothing boolean NOT NULL,
  script          text NOT NULL,
  -- In the form of DacFx's DeployReport, XML.
  report          text NOT NULL
);
