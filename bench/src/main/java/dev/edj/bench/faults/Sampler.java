package dev.edj.bench.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Looks at the sessions of a target server again and again, past EDJ and past the proxies.
final class Sampler {

  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);

  private static final String SESSIONS =
      """
      SELECT substr(application_name, 5), pid, backend_start, clock_timestamp()
      FROM pg_stat_activity
      WHERE application_name LIKE 'edj:%'
      """;

  private final Server server;
  private final String name;
  private final Map<Key, Session> sessions = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  /// A session of an attempt, that was there all the time from `startedAt` to `seenAt`.
  record Session(String server, UUID child, Instant startedAt, Instant seenAt) {}

  /// @param name the server as jobs name it
  Sampler(Server server, String name) {
    this.server = server;
    this.name = name;
    this.thread = Thread.ofVirtual().name("sampler").start(this::loop);
  }

  /// Looks no more; returns every session that was seen.
  List<Session> stop() throws InterruptedException {
    closed = true;
    thread.join();
    return List.copyOf(sessions.values());
  }

  private void loop() {
    while (!closed) {
      try (Connection connection = server.connect("postgres");
          Statement statement = connection.createStatement()) {
        while (!closed) {
          sample(statement);
          Thread.sleep(INTERVAL);
        }
      } catch (SQLException e) {
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void sample(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(SESSIONS)) {
      while (row.next()) {
        UUID child = UUID.fromString(row.getString(1));
        Instant startedAt = row.getTimestamp(3).toInstant();
        Session session = new Session(name, child, startedAt, row.getTimestamp(4).toInstant());
        sessions.put(new Key(row.getInt(2), startedAt), session);
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Key(int processId, Instant startedAt) {}
}
