package dev.edj.execution;

/// Where an execution, a task or a batch stands. Tasks and batches use `Created`, `InProgress`,
/// `Succeeded`, `Failed`, `TimedOut` and `Canceled` only.
public enum Lifecycle {
  /// Inserted, and nothing has been done for it yet.
  Created,
  /// A node works on it.
  InProgress,
  /// Its children exist, and at least one has not ended.
  WaitingForChildJobExecutions,
  /// An attempt failed, and the next one waits for its time.
  WaitingForRetry,
  /// All was done; for a parent: every child succeeded.
  Succeeded,
  /// Every child succeeded or was skipped, and at least one was skipped.
  SucceededWithSkipped,
  /// It failed and is not tried again; for a parent: at least one child failed.
  Failed,
  /// The attempt's or the job's time-out ended it.
  TimedOut,
  /// Somebody stopped it before its end.
  Canceled,
  /// An earlier step did not succeed on that database, or another execution of the job still ran
  /// there.
  Skipped;

  public boolean ended() {
    return switch (this) {
      case Created, InProgress, WaitingForChildJobExecutions, WaitingForRetry -> false;
      case Succeeded, SucceededWithSkipped, Failed, TimedOut, Canceled, Skipped -> true;
    };
  }

  /// Whether nothing is left that a person has to look at.
  public boolean succeeded() {
    return this == Succeeded || this == SucceededWithSkipped;
  }
}
