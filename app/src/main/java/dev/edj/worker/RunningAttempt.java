package dev.edj.worker;

import dev.edj.engine.ServerName;
import dev.edj.engine.TargetSession;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.execution.TaskType;
import dev.edj.log.LogField;
import dev.edj.log.LogFields;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// An attempt in flight on this node: what it runs, and how to stop it from another thread.
public final class RunningAttempt {

  private final ClaimedChild child;
  private final AttemptRecord record;
  private final BooleanSupplier held;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread thread;
  private @Nullable TargetSession session;
  private @Nullable Runnable abortSending;
  private @Nullable StopReason stopReason;
  private boolean ended;
  private volatile @Nullable PinnedPlan plan;
  private volatile @Nullable ServerName server;
  private volatile ErrorClass errorClass = ErrorClass.REFUSED;

  /// @param held whether the child is still this node's, as far as the node knows
  RunningAttempt(ClaimedChild child, int logLimit, BooleanSupplier held) {
    this.child = child;
    this.record = new AttemptRecord(logLimit);
    this.held = held;
  }

  public ClaimedChild child() {
    return child;
  }

  /// What the attempt turns out to do. Called by the thread that runs it.
  void does(PinnedPlan pinned) {
    plan = pinned;
    LogFields.put(LogField.EXECUTION, pinned.runId());
    LogFields.put(LogField.JOB, pinned.job());
    LogFields.put(LogField.STEP, pinned.stepName());
  }

  @Nullable PinnedPlan plan() {
    return plan;
  }

  TaskType taskType() {
    PinnedPlan known = plan;
    return known == null ? TaskType.ScriptExecution : known.taskType();
  }

  /// Where it runs, once that is known. Called by the thread that runs it.
  void at(ServerName name) {
    server = name;
    LogFields.put(LogField.SERVER, name);
  }

  @Nullable ServerName server() {
    return server;
  }

  /// What stands before `://` in the server's name.
  String engine() {
    ServerName known = server;
    return known == null ? "unknown" : known.engine().scheme();
  }

  /// Why it did not succeed, where it was not EDJ that refused it.
  void failedBy(ErrorClass kind) {
    errorClass = kind;
  }

  ErrorClass errorClass() {
    return errorClass;
  }

  AttemptRecord record() {
    return record;
  }

  /// Called by the thread that runs the attempt, first.
  void begin() {
    lock.lock();
    try {
      thread = Thread.currentThread();
      if (stopReason != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /// From here on a stop cancels in this session instead of interrupting the thread.
  void opened(TargetSession opened) {
    lock.lock();
    try {
      session = opened;
      if (stopReason != null) {
        opened.cancel();
      }
    } finally {
      lock.unlock();
    }
  }

  /// From here on a stop also interrupts the thread, which has rows to send, and runs `abort`.
  void sending(Runnable abort) {
    lock.lock();
    try {
      abortSending = abort;
      if (stopReason != null) {
        interruptSending();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The rows are sent, or will not be; a stop is again one of the session.
  void sent() {
    lock.lock();
    try {
      abortSending = null;
    } finally {
      lock.unlock();
    }
  }

  private void interruptSending() {
    if (abortSending != null && thread != null) {
      abortSending.run();
      thread.interrupt();
    }
  }

  /// Whether this attempt may still change anything: nobody has stopped it, and nobody else can
  /// have the child.
  boolean mayAct() {
    return stopReason() == null && isHeld();
  }

  /// Whether nobody else can have the child, so that what was stopped may be taken back.
  boolean isHeld() {
    return held.getAsBoolean();
  }

  /// Called by the thread that ran the attempt, last; from here on a stop comes too late.
  void end() {
    lock.lock();
    try {
      ended = true;
      thread = null;
      session = null;
      abortSending = null;
      // A stop may have interrupted it while it connected.
      Thread.interrupted();
    } finally {
      lock.unlock();
    }
  }

  /// Stops the attempt; returns at once. The first reason stays.
  void stop(StopReason reason) {
    lock.lock();
    try {
      if (ended || stopReason != null) {
        return;
      }
      stopReason = reason;
      interruptSending();
      if (session != null) {
        session.cancel();
      } else if (thread != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Stops the attempt when one of its time-outs has struck.
  void stopIfOverdue() {
    if (over(child.jobTimeLeft())) {
      stop(StopReason.JOB_TIMED_OUT);
    } else if (over(child.attemptTimeout())) {
      stop(StopReason.ATTEMPT_TIMED_OUT);
    }
  }

  private boolean over(@Nullable Duration limit) {
    return limit != null && record.age().compareTo(limit) >= 0;
  }

  @Nullable StopReason stopReason() {
    lock.lock();
    try {
      return stopReason;
    } finally {
      lock.unlock();
    }
  }
}
