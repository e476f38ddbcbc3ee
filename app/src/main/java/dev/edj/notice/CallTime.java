package dev.edj.notice;

import dev.edj.engine.HardLimit;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The time that one attempt may take, whatever a receiver lets drip.
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
    Answer last = ended(limit, () -> sending.send(known::set));
    Answer first = known.get();
    return first == null || first.verdict() == last.verdict() ? last : first;
  }

  private static Answer ended(Duration limit, Callable<Answer> call) {
    try {
      return HardLimit.perform("edj-notice", limit, call);
    } catch (TimeoutException e) {
      return Answer.later("no whole answer within %d s".formatted(limit.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.later("the node was stopped while it sent this");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a notice could not be sent", e.getCause());
    }
  }
}
