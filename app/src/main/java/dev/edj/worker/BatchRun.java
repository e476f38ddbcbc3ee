package dev.edj.worker;

import dev.edj.engine.TargetException;
import dev.edj.engine.TargetSession;
import dev.edj.execution.Lifecycle;
import dev.edj.script.Batch;
import dev.edj.script.PreparedBatch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Runs the batches of an attempt in its session, and writes down how each ended and what it said.
record BatchRun(RunningAttempt attempt, TargetSession target, ResultSets results) {

  void run(Batch batch, PreparedBatch prepared) throws FailedBatch {
    Duration started = attempt.record().batchStarted(batch.number());
    LoggingListener listener = new LoggingListener(attempt.record(), prepared, results);
    try {
      for (int time = 0; time < batch.count(); time++) {
        target.run(prepared.text(), listener);
      }
      attempt.record().batchEnded(batch.number(), started, Lifecycle.Succeeded, null);
    } catch (TargetException e) {
      String text = attempt.record().redacted(ErrorText.of(e.error(), batch, prepared));
      attempt.record().log().line(text);
      attempt.record().batchEnded(batch.number(), started, lifecycleOf(attempt.stopReason()), text);
      throw new FailedBatch(e.error(), text);
    }
  }

  private static Lifecycle lifecycleOf(@Nullable StopReason reason) {
    return switch (reason) {
      case null -> Lifecycle.Failed;
      case ATTEMPT_TIMED_OUT, JOB_TIMED_OUT -> Lifecycle.TimedOut;
      case STOPPED, NODE_STOPS, LEASE_LOST -> Lifecycle.Canceled;
    };
  }
}
