package dev.edj.cli;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How long a command looks again and again at what a service is doing.
final class Patience {

  private final long begunNanos = System.nanoTime();
  private final long nanos;

  private Patience(long nanos) {
    this.nanos = nanos;
  }

  /// From now on. Centuries are as good as for ever.
  static Patience of(Duration wait) {
    return new Patience(TimeUnit.NANOSECONDS.convert(wait));
  }

  boolean isOver() {
    return System.nanoTime() - begunNanos >= nanos;
  }

  /// Between two looks.
  static void pause(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "interrupted", e);
    }
  }
}
