package dev.edj.notice;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The time that one attempt may take, whatever a receiver lets drip: a time-out of the socket
/// begins anew with each byte.
final class CallTime {

  private CallTime() {}

  /// Calls on a thread of its own.
  static Answer within(Duration limit, Callable<Answer> sending) {
    FutureTask<Answer> call = new FutureTask<>(sending);
    Thread.ofVirtual().name("edj-notice").start(call);
    try {
      return call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // On a virtual thread an interrupt closes the socket that is waited for (JEP 444).
      call.cancel(true);
      return Answer.later("no whole answer within %d s".formatted(limit.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.cancel(true);
      return Answer.later("the node was stopped while it sent this");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a notice could not be sent", e.getCause());
    }
  }
}
