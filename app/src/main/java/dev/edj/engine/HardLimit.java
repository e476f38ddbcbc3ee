package dev.edj.engine;

import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Work with a server that ends within a limit of time, whatever the server does.
///
/// A time-out of a socket counts single reads, and a driver's time-out of a statement needs a
/// server that answers, so a server that sends a byte a second outlasts both. Here the work is done
/// on a virtual thread of its own, and giving up interrupts that, which closes its socket (JEP
/// 444).
public final class HardLimit {

  private HardLimit() {}

  /// Does the work and closes the connection. After a [TimeoutException] or an
  /// [InterruptedException] both are given up.
  public static <T> T perform(Connection connection, Duration limit, Callable<T> work)
      throws ExecutionException, TimeoutException, InterruptedException {
    return perform(
        "edj-ask",
        limit,
        () -> {
          try (connection) {
            return work.call();
          }
        },
        () -> JdbcSession.abort(connection));
  }

  /// Does work that opens its own sockets, and closes them. After a [TimeoutException] or an
  /// [InterruptedException] it is given up.
  ///
  /// @param thread the name of the thread that does it
  public static <T> T perform(String thread, Duration limit, Callable<T> work)
      throws ExecutionException, TimeoutException, InterruptedException {
    return perform(thread, limit, work, () -> {});
  }

  private static <T> T perform(String thread, Duration limit, Callable<T> work, Runnable abort)
      throws ExecutionException, TimeoutException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().name(thread).start(task);
    boolean done = false;
    try {
      T result = task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      done = true;
      return result;
    } finally {
      if (!done && task.cancel(true)) {
        abort.run();
      }
    }
  }
}
