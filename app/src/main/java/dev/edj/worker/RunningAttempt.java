package dev.edj.worker;

import dev.edj.engine.TargetSession;
import dev.edj.execution.ClaimedChild;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An attempt in flight on this node: what it runs, and how to stop it from another thread.
public final class RunningAttempt {

  private final ClaimedChild child;
  private final AttemptRecord record;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread thread;
  private @Nullable TargetSession session;
  private @Nullable StopReason stopReason;
  private boolean ended;

  RunningAttempt(ClaimedChild child, int logLimit) {
    this.child = child;
    this.record = new AttemptRecord(logLimit);
  }

  public ClaimedChild child() {
    return child;
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

  /// Called by the thread that ran the attempt, last; from here on a stop comes too late.
  void end() {
    lock.lock();
    try {
      ended = true;
      thread = null;
      session = null;
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
