package dev.edj.execution;

/// What an execution is for. Only a run does the job's work: schedules, follow-up jobs, overlaps
/// and rollouts are about runs.
public enum Purpose {
  /// Runs the job.
  Run,
  /// Finds out where the job could run: logs in to each database and asks; runs nothing of the
  /// script.
  Check,
  /// Runs the script in one transaction, and rolls it back.
  Trial,
  /// Runs a script of no job in one transaction that only reads, where the engine has such, and
  /// rolls it back.
  Query
}
