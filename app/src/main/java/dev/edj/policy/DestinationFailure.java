package dev.edj.policy;

/// What to do again when a script has run and its rows could not be written to their destination.
public enum DestinationFailure {
  /// The attempt has failed: the next one runs the script again.
  RunAgain,
  /// The write alone. When the node dies before it comes through, the child fails: its script ran,
  /// and the rows are lost.
  WriteOnly
}
