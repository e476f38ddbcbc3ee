package dev.edj.controldb;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears `NOTIFY` on a connection of its own and passes each payload on. A call that is missed
/// while the connection is down costs at most one poll interval: everything woken here polls slowly
/// as well.
public final class NotificationListener implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NotificationListener.class);
  private static final int WAIT_MILLISECONDS = 500;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final ControlDatabase database;
  private final Map<Channel, List<Consumer<String>>> hearers = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean closed;

  public NotificationListener(ControlDatabase database) {
    this.database = database;
    this.thread =
        Thread.ofPlatform().daemon().name("control-database-listener").unstarted(this::loop);
  }

  /// `hearer` is called on the listener's thread and must return at once.
  public void on(Channel channel, Consumer<String> hearer) {
    hearers.computeIfAbsent(channel, c -> new CopyOnWriteArrayList<>()).add(hearer);
  }

  public NotificationListener start() {
    thread.start();
    return this;
  }

  @Override
  public void close() {
    closed = true;
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (!closed) {
      try (Connection connection = database.dedicatedConnection("listener")) {
        listen(connection);
      } catch (SQLException | RuntimeException e) {
        if (!closed) {
          log.warn("listening to the control database failed; trying again: {}", e.toString());
          pause();
        }
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Channel channel : Channel.values()) {
        statement.execute("LISTEN " + channel.sqlName());
      }
    }
    wakeAll();
    PGConnection postgres = connection.unwrap(PGConnection.class);
    while (!closed) {
      deliver(postgres.getNotifications(WAIT_MILLISECONDS));
    }
  }

  /// What was notified while nobody listened is unknown, so everybody looks.
  private void wakeAll() {
    hearers.values().forEach(list -> list.forEach(hearer -> hearer.accept("")));
  }

  private void deliver(PGNotification @Nullable [] notifications) {
    if (notifications == null) {
      return;
    }
    for (PGNotification notification : notifications) {
      for (Consumer<String> hearer :
          hearers.getOrDefault(Channel.of(notification.getName()), List.of())) {
        hearer.accept(notification.getParameter());
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
}
