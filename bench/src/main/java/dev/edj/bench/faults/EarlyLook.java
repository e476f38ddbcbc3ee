package dev.edj.bench.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// Looks for violations while faults are still injected, so that a run that has to find one ends
/// with the first.
final class EarlyLook implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Callable<List<String>> look;
  private final Thread thread;
  private volatile List<String> violations = List.of();

  /// @param look finds what is wrong already and cannot become right again
  EarlyLook(Callable<List<String>> look) {
    this.look = look;
    this.thread = Thread.ofVirtual().name("early-look").start(this::loop);
  }

  /// A look at nothing.
  static EarlyLook none() {
    return new EarlyLook(ArrayList::new);
  }

  /// What it saw first; empty while it has seen nothing.
  List<String> violations() {
    return violations;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void loop() {
    try {
      while (violations.isEmpty()) {
        Thread.sleep(INTERVAL);
        try {
          violations = look.call();
        } catch (InterruptedException e) {
          return;
        } catch (Exception e) {
          // A server is away; it is looked at again.
        }
      }
    } catch (InterruptedException e) {
      // Nobody wants to know any more.
    }
  }
}
