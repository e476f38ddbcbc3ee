package dev.edj.audit;

/// What became of what somebody wanted.
public enum AuditOutcome {
  /// It was done.
  Done,
  /// They were not let in, or may not do it.
  Refused
}
