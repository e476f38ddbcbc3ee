package dev.edj.scope;

/// By what a route is held to the collections that somebody's role is narrowed to.
public enum Narrowing {
  /// By nothing: no role that it is open to is narrowed for it.
  NONE,
  /// By the job that its path names, `JOB` to `NOTICE` likewise.
  JOB,
  EXECUTION,
  CONTENT,
  POLICY,
  SCHEDULE,
  TRIGGER,
  NOTICE,
  /// By what is asked for with the request: the targets of a new job, or of a query.
  REQUEST,
  /// By nothing, because it makes what belongs to nobody yet, or shows an empty form.
  SHARED;

  /// Whether the path says enough.
  public boolean isByPath() {
    return switch (this) {
      case JOB, EXECUTION, CONTENT, POLICY, SCHEDULE, TRIGGER, NOTICE -> true;
      case NONE, REQUEST, SHARED -> false;
    };
  }
}
