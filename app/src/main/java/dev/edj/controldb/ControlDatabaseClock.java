package dev.edj.controldb;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/// The clock that EDJ goes by.
public final class ControlDatabaseClock {

  private static final String NOW = "SELECT clock_timestamp()";

  private ControlDatabaseClock() {}

  /// How far it is ahead of this machine's, to some milliseconds; negative when it is behind.
  public static Duration ahead(Jdbi jdbi) {
    return jdbi.withHandle(handle -> {
      // The first statement may have to wait for a connection.
      handle.execute("SELECT 1");
      Instant asked = Instant.now();
      long begin = System.nanoTime();
      Instant there = handle.createQuery(NOW).mapTo(Instant.class).one();
      return Duration.between(asked.plusNanos((System.nanoTime() - begin) / 2), there);
    });
  }
}
