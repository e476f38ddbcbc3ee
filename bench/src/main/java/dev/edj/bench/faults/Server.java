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

  private final Sabotage sabotage;
  private final List<Proxy> doors = new ArrayList<>();

  /// All that it ever lived in, it or its standby.
  private final List<Home> homes = new ArrayList<>();

  private Home home;
  private EmbeddedControlDatabase running;
  private @Nullable Standby standby;
  private @Nullable Proxy wayOfStandby;
  private boolean closed;

  Server(Home home, Sabotage sabotage) throws IOException {
    this.home = home;
    this.sabotage = sabotage;
    homes.add(home);
    try {
      this.running = EmbeddedControlDatabase.start(home.directory());
    } catch (RuntimeException e) {
      home.close();
      throw e;
    }
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
    send(signal);
    running.close();
    startAgain();
  }

  private void send(Signal signal) throws IOException {
    Optional<ProcessHandle> postmaster = postmaster();
    if (postmaster.isPresent()) {
      signal.send(postmaster.get().pid());
      postmaster.get().onExit().join();
    }
  }

  /// Has a standby follow this server, which every commit waits for from now on.
  synchronized void beFollowed(Home follower)
      throws IOException, SQLException, InterruptedException {
    homes.add(follower);
    wayOfStandby = door();
    standby = Standby.of(this, follower, wayOfStandby);
  }

  /// Its first process is killed, and the standby takes its place, behind the same doors. It gets a
  /// standby of its own where the old server was.
  synchronized void failOver() throws IOException, SQLException, InterruptedException {
    Standby next = Objects.requireNonNull(standby);
    Standby.awaitIn(this);
    send(Signal.KILL);
    running.close();
    Home old = home;
    home = next.home();
    running = next.running();
    standby = null;
    next.promote(this);
    doors.forEach(door -> door.leadAwayTo(port()));
    old.clear();
    standby = Standby.of(this, old, Objects.requireNonNull(wayOfStandby));
  }

  synchronized Home home() {
    return home;
  }

  /// Its first process; empty when it does not run.
  private Optional<ProcessHandle> postmaster() throws IOException {
    Path file = home.files().resolve("postmaster.pid");
    return Files.exists(file)
        ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
        : Optional.empty();
  }

  synchronized void fillDisk() throws IOException {
    Objects.requireNonNull(home.disk()).fill();
  }

  /// Makes room again, and starts the server when it has given up meanwhile, as an administrator
  /// does.
  synchronized void freeDisk() throws IOException, InterruptedException {
    home.makeRoom();
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
    for (Home each : homes) {
      each.makeRoom();
    }
    try {
      running.close();
    } finally {
      if (standby != null) {
        standby.close();
      }
      for (Home each : homes) {
        each.close();
      }
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
    running = EmbeddedControlDatabase.start(home.directory());
    doors.forEach(door -> door.leadTo(port()));
  }
}
