package dev.edj.worker;

import dev.edj.execution.AttemptReport;

/// Runs one attempt to its end, on the calling thread.
@FunctionalInterface
public interface AttemptRunner {

  /// Never throws for what a target did: that is the report's content.
  AttemptReport run(RunningAttempt attempt);
}
