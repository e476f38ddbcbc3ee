package dev.edj.worker;

import dev.edj.engine.TargetError;

/// A target's failure with the place in the script where it happened.
final class FailedBatch extends Exception {

  private final transient TargetError error;
  private final String text;

  FailedBatch(TargetError error, String text) {
    super(text);
    this.error = error;
    this.text = text;
  }

  TargetError error() {
    return error;
  }

  String text() {
    return text;
  }

  /// The same, with more to say.
  FailedBatch saying(String more) {
    return new FailedBatch(error, text + "\n" + more);
  }
}
