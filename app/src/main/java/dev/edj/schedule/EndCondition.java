package dev.edj.schedule;

/// After which ends of an execution another job is started.
public enum EndCondition {
  /// `Succeeded` or `SucceededWithSkipped`.
  Success,
  /// `Failed` or `TimedOut`; one that somebody stopped did not fail.
  Failure,
  /// Any end, a stop included.
  Always,
  /// Any end, when the script returned a row on at least one of the databases where it succeeded.
  Rows;

  public static EndCondition named(String text) {
    return Choice.named("on", values(), text);
  }
}
