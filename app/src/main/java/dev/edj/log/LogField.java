package dev.edj.log;

/// What a line of the log can be about.
public enum LogField {
  /// The run of a job.
  EXECUTION("edj.execution.id"),
  /// One of its children.
  CHILD("edj.child.id"),
  ATTEMPT("edj.attempt"),
  JOB("edj.job"),
  STEP("edj.step"),
  SERVER("edj.server"),
  DATABASE("db.namespace"),
  NODE("edj.node.id");

  private final String key;

  LogField(String key) {
    this.key = key;
  }

  /// In JSON; those that others have, too, are named as in the Elastic Common Schema and by
  /// OpenTelemetry.
  public String key() {
    return key;
  }
}
