package dev.edj.execution;

/// What becomes of the rows that a step's script returns in its first result set.
public enum ResultMode {
  /// The first of them stay in the control database, with a digest of all.
  Keep,
  /// They are read and forgotten.
  Drop,
  /// They go to the step's destination.
  Send
}
