package dev.edj.content;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The time that one fetch may take, whichever part of it a server lets drip: a time-out of the
/// socket begins anew with each byte. It is over by an interrupt, which on a virtual thread closes
/// the socket that is waited for (JEP 444).
final class FetchTime {

  private @Nullable Thread fetching;
  private boolean over;

  private FetchTime() {}

  interface Fetching {
    ReceivedPackage fetch(FetchTime time) throws FetchFailure;
  }

  /// Fetches on a thread of its own. What has come in time is opened in whatever time it takes.
  static ReceivedPackage within(Duration limit, Fetching fetching) throws FetchFailure {
    FetchTime time = new FetchTime();
    FutureTask<ReceivedPackage> task = new FutureTask<>(() -> time.fetched(fetching));
    Thread.ofVirtual().name("edj-fetch").start(task);
    return time.result(task, limit);
  }

  private ReceivedPackage fetched(Fetching work) throws FetchFailure {
    synchronized (this) {
      fetching = Thread.currentThread();
      if (over) {
        fetching.interrupt();
      }
    }
    return work.fetch(this);
  }

  private ReceivedPackage result(FutureTask<ReceivedPackage> task, Duration limit)
      throws FetchFailure {
    try {
      return ended(task, limit);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case FetchFailure failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /// Waits for the end in any case, because somebody has to remove what has come.
  private ReceivedPackage ended(FutureTask<ReceivedPackage> task, Duration limit)
      throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return isOver() ? task.get() : task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          end();
        } catch (InterruptedException e) {
          interrupted = true;
          end();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void end() {
    over = true;
    if (fetching != null) {
      fetching.interrupt();
    }
  }

  synchronized boolean isOver() {
    return over;
  }

  /// A body, with whose end the time does not count any more.
  InputStream untilEnd(InputStream body) {
    return new FilterInputStream(body) {

      @Override
      public int read() throws IOException {
        return noted(super.read());
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return noted(super.read(buffer, offset, length));
      }
    };
  }

  private synchronized int noted(int read) throws IOException {
    if (over) {
      throw new IOException("the time is over");
    }
    if (read < 0) {
      fetching = null;
    }
    return read;
  }
}
