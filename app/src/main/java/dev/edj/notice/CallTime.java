package dev.edj.notice;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The time that one attempt may take, whatever a receiver lets drip: a time-out of the socket
/// begins anew with each byte.
final class CallTime {

  private CallTime() {}

  interface Sending {
    /// Sends it, and returns what was answered.
    ///
    /// @param known told as soon as the receiver has said whether it has it: what comes after that,
    ///   or does not, changes nothing
    Answer send(Consumer<Answer> known) throws Exception;
  }

  /// Calls on a thread of its own.
  static Answer within(Duration limit, Sending sending) {
    AtomicReference<@Nullable Answer> known = new AtomicReference<>();
    FutureTask<Answer> call = new FutureTask<>(() -> sending.send(known::set));
    Thread.ofVirtual().name("edj-notice").start(call);
    Answer last = ended(limit, call);
    Answer first = known.get();
    return first == null || first.verdict() == last.verdict() ? last : first;
  }

  private static Answer ended(Duration limit, FutureTask<Answer> call) {
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
