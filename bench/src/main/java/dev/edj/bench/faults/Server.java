package dev.edj.bench.faults;

import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.controldb.EmbeddedControlDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL server that can be restarted, with the ways that lead to it.
final class Server implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Path directory;
  private final Sabotage sabotage;
  private final @Nullable SmallDisk disk;
  private final List<Proxy> doors = new ArrayList<>();
  private EmbeddedControlDatabase running;
  private boolean closed;

  Server(Path directory, Sabotage sabotage) {
    this(directory, sabotage, null);
  }

  /// @param disk what all of its files are on, so that it can be filled
  Server(Path directory, Sabotage sabotage, @Nullable SmallDisk disk) {
    this.directory = directory;
    this.sabotage = sabotage;
    this.disk = disk;
    this.running = EmbeddedControlDatabase.start(directory);
  }

  /// A new way to this server.
  synchronized Proxy door() throws IOException {
    Proxy door = new Proxy(port(), sabotage);
    doors.add(door);
    return door;
  }

  synchronized String user() {
    return Objects.requireNonNull(running.address().user());
  }

  synchronized String password() {
    return Objects.requireNonNull(running.address().password());
  }

  Sabotage sabotage() {
    return sabotage;
  }

  /// A connection past all doors.
  Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user());
    properties.setProperty("password", password());
    properties.setProperty("ApplicationName", "bench");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "20");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), database), properties);
  }

  /// Stops as an administrator does, sessions and all, and starts again.
  synchronized void restart() {
    running.close();
    startAgain();
  }

  /// Stops at once without a word, and starts again with a recovery.
  synchronized void crash() throws IOException {
    end(Signal.QUIT);
  }

  /// Its first process is killed, the others notice that it is gone; starts again with a recovery.
  synchronized void kill() throws IOException {
    end(Signal.KILL);
  }

  private void end(Signal signal) throws IOException {
    Optional<ProcessHandle> postmaster = postmaster();
    if (postmaster.isPresent()) {
      signal.send(postmaster.get().pid());
      postmaster.get().onExit().join();
    }
    running.close();
    startAgain();
  }

  /// Its first process; empty when it does not run.
  private Optional<ProcessHandle> postmaster() throws IOException {
    Path file = directory.resolve("postgresql").resolve("postmaster.pid");
    return Files.exists(file)
        ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
        : Optional.empty();
  }

  void fillDisk() throws IOException {
    Objects.requireNonNull(disk).fill();
  }

  /// Makes room again, and starts the server when it has given up meanwhile, as an administrator
  /// does.
  synchronized void freeDisk() throws IOException, InterruptedException {
    Objects.requireNonNull(disk).free();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!closed && !takesLogins()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the server does not recover from a full disk");
      }
      if (postmaster().isEmpty()) {
        running.close();
        startAgain();
      }
      Thread.sleep(PAUSE);
    }
  }

  private boolean takesLogins() {
    try (Connection connection = connect("postgres")) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /// Ends about half of the sessions whose application name is like `name`; returns how many.
  int endSessions(String name) throws SQLException {
    String sql =
        """
        SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
        FROM pg_stat_activity
        WHERE application_name LIKE ? AND pid <> pg_backend_pid() AND random() < 0.5
        """;
    try (Connection connection = connect("postgres");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (var row = statement.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    for (Proxy door : doors) {
      door.close();
    }
    if (disk == null) {
      running.close();
      return;
    }
    try (disk) {
      disk.free();
      running.close();
    }
  }

  private synchronized int port() {
    ControlDatabaseAddress address = running.address();
    return URI.create(address.url().substring("jdbc:".length())).getPort();
  }

  private void startAgain() {
    if (closed) {
      return;
    }
    running = EmbeddedControlDatabase.start(directory);
    doors.forEach(door -> door.leadTo(port()));
  }
}
