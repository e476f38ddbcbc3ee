package dev.edj.controller;

import dev.edj.duty.Duty;
import dev.edj.notice.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends notices, each on a virtual thread, so many at once on this node.
final class SendNotices implements Duty, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SendNotices.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration POLL_WHILE_BUSY = Duration.ofMillis(100);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);
  private static final int MOST_AT_ONCE = 50;

  private final Outbox outbox;
  private final Semaphore free = new Semaphore(MOST_AT_ONCE);

  SendNotices(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public Duration perform() {
    List<Runnable> deliveries = outbox.take(free.availablePermits());
    deliveries.forEach(this::start);
    return deliveries.isEmpty() ? POLL : POLL_WHILE_BUSY;
  }

  /// Only this duty's thread takes permits, so there is one.
  private void start(Runnable delivery) {
    free.acquireUninterruptibly();
    Thread.ofVirtual().name("edj-send-notice").start(() -> run(delivery));
  }

  /// One that fails is taken again when its time is over.
  private void run(Runnable delivery) {
    try {
      delivery.run();
    } catch (RuntimeException e) {
      log.warn("a notice could not be sent; tried again", e);
    } finally {
      free.release();
    }
  }

  /// Waits a little for what is under way, which another node would send a second time.
  @Override
  public void close() {
    try {
      if (free.tryAcquire(MOST_AT_ONCE, CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        free.release(MOST_AT_ONCE);
      } else {
        log.info("some notices are still being sent, and will be sent again elsewhere");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
