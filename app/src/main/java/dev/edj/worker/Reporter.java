package dev.edj.worker;

import dev.edj.controldb.ControlDatabaseLoss;
import dev.edj.duty.Duty;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.Reports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records the ends of attempts, as many at a time as have come together while the last ones were
/// recorded. A report is kept until the control database has taken it.
final class Reporter implements Duty {

  private static final Logger log = LoggerFactory.getLogger(Reporter.class);
  private static final int MOST_AT_ONCE = 500;
  private static final Duration GATHERING = Duration.ofMillis(10);
  private static final Duration IDLE_WAIT = Duration.ofMillis(100);

  private final Reports reports;
  private final Consumer<AttemptReport> recorded;
  private final BlockingQueue<AttemptReport> queue = new LinkedBlockingQueue<>();
  private final List<AttemptReport> current = new ArrayList<>();
  private long lastRecordAtNanos = System.nanoTime() - GATHERING.toNanos();

  /// @param recorded told of every report that has been dealt with, accepted or refused
  Reporter(Reports reports, Consumer<AttemptReport> recorded) {
    this.reports = reports;
    this.recorded = recorded;
  }

  void add(AttemptReport report) {
    queue.add(report);
  }

  /// Waits for reports and records them. When that fails they stay, and the next performance tries
  /// again.
  @Override
  public Duration perform() throws InterruptedException {
    if (current.isEmpty()) {
      AttemptReport first = queue.poll(IDLE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      if (first == null) {
        return Duration.ZERO;
      }
      current.add(first);
      gather();
    }
    queue.drainTo(current, MOST_AT_ONCE - current.size());
    try {
      reports.record(current).forEach(Reporter::logFenced);
    } catch (RuntimeException e) {
      if (ControlDatabaseLoss.isCauseOf(e)) {
        throw e;
      }
      log.error(
          "{} reports were refused by the control database; trying one by one", current.size(), e);
      current.forEach(this::recordAlone);
    }
    current.forEach(recorded);
    current.clear();
    return Duration.ZERO;
  }

  /// Right after a record there is more to come: a transaction for every single report would cost
  /// more than the children do. A report that comes alone is recorded at once.
  private void gather() throws InterruptedException {
    Duration sinceLast = Duration.ofNanos(System.nanoTime() - lastRecordAtNanos);
    if (sinceLast.compareTo(GATHERING) < 0) {
      Thread.sleep(GATHERING.minus(sinceLast));
    }
    lastRecordAtNanos = System.nanoTime();
  }

  /// One report that cannot be stored must not keep the others back; of that one, how it ended is.
  private void recordAlone(AttemptReport report) {
    try {
      reports.record(List.of(report)).forEach(Reporter::logFenced);
    } catch (RuntimeException e) {
      if (ControlDatabaseLoss.isCauseOf(e)) {
        throw e;
      }
      log.error("the report of execution {} cannot be stored", report.child().executionId(), e);
      reports.record(
          List.of(
              report.withoutTexts(
                  "its texts could not be stored: " + e.getClass().getSimpleName())));
    }
  }

  private static void logFenced(AttemptReport report) {
    log.warn(
        "fenced: the report of attempt {} of execution {} came too late and was refused ({})",
        report.child().attempt(),
        report.child().executionId(),
        report.attemptLifecycle());
  }
}
