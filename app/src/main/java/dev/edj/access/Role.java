package dev.edj.access;

/// What somebody is to the service. Each role may do all that those before it may.
public enum Role {
  /// Sees everything but secrets.
  Reader,
  /// Starts, stops, retries and approves executions.
  Operator,
  /// Writes jobs, contents, policies, schedules, triggers, notices and queries.
  Author,
  /// Decides where EDJ may go and who may use it: credentials, targets, nodes, users.
  Administrator;

  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
