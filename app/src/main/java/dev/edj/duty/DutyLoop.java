package dev.edj.duty;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Performs a [Duty] on a virtual thread until it is closed. A failure is logged and the duty is
/// tried again after a pause, so that a control database that went away is met again when it is
/// back.
public final class DutyLoop implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DutyLoop.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final Duty duty;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;
  private boolean failing;

  public DutyLoop(String name, Duty duty) {
    this.name = name;
    this.duty = duty;
    this.thread = Thread.ofVirtual().name("duty-" + name).unstarted(this::loop);
  }

  public DutyLoop start() {
    thread.start();
    return this;
  }

  /// Ends the present wait, if there is one; else the next wait will not happen.
  public void wake() {
    if (wakeUps.availablePermits() == 0) {
      wakeUps.release();
    }
  }

  /// Lets the present performance end, within 10 s; none starts after this.
  @Override
  public void close() {
    closed = true;
    wake();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!thread.join(CLOSE_PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (!closed) {
      try {
        await(performOnce());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Duration performOnce() throws InterruptedException {
    try {
      Duration wait = duty.perform();
      if (failing) {
        failing = false;
        log.info("{}: works again", name);
      }
      return wait;
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      // Errors, too: a duty that ends silently is a service that stands still.
      logFailure(e);
      return PAUSE_AFTER_FAILURE;
    }
  }

  /// The first failure of a row with its stack, the others in one line.
  private void logFailure(Throwable e) {
    if (failing) {
      log.warn("{}: still failing: {}", name, e.toString());
    } else {
      failing = true;
      log.warn("{}: failed; trying again every {} s", name, PAUSE_AFTER_FAILURE.toSeconds(), e);
    }
  }

  private void await(Duration wait) throws InterruptedException {
    if (wait.isPositive()
        && !closed
        && wakeUps.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    }
  }
}
