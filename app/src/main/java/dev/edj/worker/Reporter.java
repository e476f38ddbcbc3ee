package dev.edj.worker;

import dev.edj.controldb.ControlDatabaseLoss;
import dev.edj.duty.Duty;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.Reports;
import dev.edj.log.LogFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records the ends of attempts, as many at a time as have come together while the last ones were
/// recorded. A report is kept until the control database has taken it.
final class Reporter implements Duty {

  private static final Logger log = LoggerFactory.getLogger(Reporter.class);
  private static final int MOST_AT_ONCE = 500;
  private static final Duration GATHERING = Duration.ofMillis(50);

  /// Of the children in flight, the share for which a transaction is worth while.
  private static final int SHARE = 3;

  private static final Duration IDLE_WAIT = Duration.ofMillis(100);

  private final Reports reports;
  private final Consumer<AttemptReport> recorded;
  private final Runnable fenced;
  private final IntSupplier inFlight;
  private final BlockingQueue<AttemptReport> queue = new LinkedBlockingQueue<>();
  private final List<AttemptReport> current = new ArrayList<>();
  private long lastRecordAtNanos = System.nanoTime() - GATHERING.toNanos();

  /// @param recorded told of every report that has been dealt with, accepted or refused
  /// @param fenced told once for each that was refused
  /// @param inFlight how many children are claimed and not yet reported
  Reporter(
      Reports reports, Consumer<AttemptReport> recorded, Runnable fenced, IntSupplier inFlight) {
    this.reports = reports;
    this.recorded = recorded;
    this.fenced = fenced;
    this.inFlight = inFlight;
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
      reports.record(current).forEach(this::refused);
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

  /// A transaction for every single report would cost more than the children do. So while much is
  /// in flight, a record waits for its share of it, though never long; a report that comes alone is
  /// recorded at once.
  private void gather() throws InterruptedException {
    int wanted = Math.min(MOST_AT_ONCE, inFlight.getAsInt() / SHARE);
    long deadline = lastRecordAtNanos + GATHERING.toNanos();
    AttemptReport next;
    do {
      queue.drainTo(current, MOST_AT_ONCE - current.size());
      long left = deadline - System.nanoTime();
      next = current.size() < wanted && left > 0 ? queue.poll(left, TimeUnit.NANOSECONDS) : null;
      if (next != null) {
        current.add(next);
      }
    } while (next != null);
    lastRecordAtNanos = System.nanoTime();
  }

  /// One report that cannot be stored must not keep the others back; of that one, how it ended is.
  private void recordAlone(AttemptReport report) {
    try {
      reports.record(List.of(report)).forEach(this::refused);
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

  private void refused(AttemptReport report) {
    fenced.run();
    try (LogFields _ = LogFields.attempt(report.child().executionId(), report.child().attempt())) {
      log.warn(
          "fenced: the report of attempt {} of execution {} came too late and was refused ({})",
          report.child().attempt(),
          report.child().executionId(),
          report.attemptLifecycle());
    }
  }
}
