package dev.edj.worker;

import dev.edj.execution.AttemptReport;
import dev.edj.execution.Lifecycle;
import dev.edj.metric.Metric;
import dev.edj.metric.Tally;

/// Counts the attempts of one node.
record AttemptCount(Tally tally) {

  void taken(RunningAttempt attempt) {
    tally.observe(Metric.CHILD_WAIT, attempt.child().waited());
  }

  void ended(RunningAttempt attempt, AttemptReport report) {
    tally.count(
        Metric.ATTEMPTS,
        attempt.engine(),
        report.attemptLifecycle().name(),
        errorClass(attempt, report).text(),
        String.valueOf(report.childLifecycle() == Lifecycle.WaitingForRetry));
    tally.observe(Metric.ATTEMPT_DURATION, attempt.record().age(), attempt.engine());
  }

  void fenced() {
    tally.count(Metric.REPORTS_FENCED);
  }

  private static ErrorClass errorClass(RunningAttempt attempt, AttemptReport report) {
    return report.attemptLifecycle() == Lifecycle.Succeeded
        ? ErrorClass.NONE
        : attempt.errorClass();
  }
}
