package dev.edj.bench.faults;

import dev.edj.controldb.ControlDatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Everything that runs: a control database with its standby, servers with target databases, the
/// one where results go, and nodes, with a proxy on every way between them.
final class Cluster implements AutoCloseable {

  static final Duration LEASE = Duration.ofSeconds(6);

  private static final String KEYS = "encryption-keys.json";

  private final Path directory;
  private final Server control;
  private final Proxy ownDoor;
  private final List<Server> targets = new ArrayList<>();
  private final List<Proxy> targetDoors = new ArrayList<>();
  private final List<NodeProcess> nodes = new ArrayList<>();
  private @Nullable Server destination;
  private @Nullable Proxy destinationDoor;

  private Cluster(Path directory, Home controlHome, Sabotage.Kind sabotage) throws IOException {
    this.directory = directory;
    this.control = new Server(controlHome, Sabotage.ofControl(sabotage));
    this.ownDoor = control.door();
  }

  /// Starts the servers; no node yet.
  ///
  /// @param kinds the faults to be ready for
  static Cluster start(Path directory, int targets, Sabotage.Kind sabotage, Collection<Fault> kinds)
      throws IOException, SQLException, InterruptedException {
    boolean smallDisk = kinds.contains(Fault.FILL_DISK_OF_CONTROL);
    Cluster cluster = new Cluster(directory, Home.of(directory, "control-1", smallDisk), sabotage);
    // Whatever ends this process, nothing of it stays.
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "close"));
    for (int i = 1; i <= targets; i++) {
      Server target = new Server(cluster.home("target-" + i, false), Sabotage.ofTargets(sabotage));
      cluster.targets.add(target);
      cluster.targetDoors.add(target.door());
    }
    boolean smallDiskOfDestination = kinds.contains(Fault.FILL_DISK_OF_DESTINATION);
    Server destination =
        new Server(
            cluster.home("destination", smallDiskOfDestination), Sabotage.ofDestination(sabotage));
    cluster.destination = destination;
    cluster.destinationDoor = destination.door();
    if (kinds.contains(Fault.FAIL_OVER_CONTROL)) {
      cluster.control.beFollowed(cluster.home("control-2", smallDisk));
    }
    return cluster;
  }

  private Home home(String name, boolean smallDisk) throws IOException {
    Home home = Home.of(directory, name, smallDisk);
    home.takePrograms(control.home());
    return home;
  }

  /// Why a fault cannot be injected on this machine; empty when it can.
  Optional<String> obstacle(Fault fault) throws IOException {
    return switch (fault.deed()) {
      case FILL_DISK ->
          homeOfFull(fault).disk() == null
              ? Optional.of("a disk cannot be mounted here, which takes root")
              : Optional.empty();
      case STEP_CLOCK ->
          SystemClock.library().isEmpty()
              ? Optional.of("libfaketime is not installed, which Debian's package faketime brings")
              : Optional.empty();
      case KILL,
          PAUSE,
          CUT,
          STALL,
          DELAY,
          LOSE_COMMITS,
          END_SESSIONS,
          RESTART,
          CRASH,
          FAIL_OVER,
          LOCK ->
          Optional.empty();
    };
  }

  private Home homeOfFull(Fault fault) {
    return fault.place() == Fault.Place.DESTINATION ? destination().home() : control.home();
  }

  /// Where the bench itself finds the control database, by a way that no fault touches.
  ControlDatabaseAddress address() {
    return new ControlDatabaseAddress("jdbc:" + url(ownDoor), control.user(), control.password());
  }

  /// The bench's own data directory, with the keys that every node gets a copy of.
  Path ownData() {
    return directory.resolve("bench");
  }

  Server control() {
    return control;
  }

  List<Server> targets() {
    return targets;
  }

  /// The ways that the nodes share to each target server.
  List<Proxy> targetDoors() {
    return targetDoors;
  }

  /// Each target server as jobs name it.
  List<String> targetNames() {
    return targetDoors.stream().map(Cluster::name).toList();
  }

  private static String name(Proxy door) {
    return "postgresql://127.0.0.1:" + door.port();
  }

  /// The server where results go.
  Server destination() {
    return Objects.requireNonNull(destination);
  }

  /// The way that the nodes share to it.
  Proxy destinationDoor() {
    return Objects.requireNonNull(destinationDoor);
  }

  /// The same as jobs name it.
  String destinationName() {
    return name(destinationDoor());
  }

  List<NodeProcess> nodes() {
    return nodes;
  }

  /// Starts nodes, and returns when all of them are up.
  ///
  /// @param logs where what they print is kept
  void startNodes(int count, Path logs) throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      Path data = directory.resolve("node-" + (i + 1));
      Files.createDirectories(data);
      Files.copy(ownData().resolve(KEYS), data.resolve(KEYS), StandardCopyOption.COPY_ATTRIBUTES);
      Proxy door = control.door();
      List<String> options =
          List.of(
              "--control-database",
              url(door),
              "--lease",
              LEASE.toSeconds() + "s",
              "--worker-capacity",
              "16");
      Map<String, String> environment =
          Map.of(
              "EDJ_CONTROL_DATABASE_USER",
              control.user(),
              "EDJ_CONTROL_DATABASE_PASSWORD",
              control.password());
      SystemClock clock = SystemClock.in(data).orElse(null);
      NodeProcess node = new NodeProcess(i, data, logs, door, options, environment, clock);
      nodes.add(node);
      node.start();
    }
    awaitNodes(Duration.ofMinutes(2));
  }

  /// The number of the node that has most to do, from 0; waits until one has anything.
  int busiestNode(Duration patience) throws SQLException, InterruptedException {
    String sql =
        """
        SELECT n.name
        FROM child_execution c
        JOIN node n ON n.node_id = c.node_id
        WHERE c.lifecycle = 'InProgress'
        GROUP BY n.name
        ORDER BY count(*) DESC
        """;
    long deadline = System.nanoTime() + patience.toNanos();
    try (Connection connection = control.connect("postgres");
        Statement statement = connection.createStatement()) {
      while (System.nanoTime() < deadline) {
        try (ResultSet row = statement.executeQuery(sql)) {
          while (row.next()) {
            OptionalInt node = nodeNamed(row.getString(1));
            if (node.isPresent()) {
              return node.getAsInt();
            }
          }
        }
        Thread.sleep(50);
      }
    }
    throw new IllegalStateException("no node has anything to do");
  }

  private OptionalInt nodeNamed(String name) {
    return IntStream.range(0, nodes.size())
        .filter(number -> name.endsWith("-" + nodes.get(number).processId()))
        .findFirst();
  }

  void awaitNodes(Duration patience) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (NodeProcess node : nodes) {
      while (!node.isUp()) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("a node does not start: " + node.lastWords());
        }
        Thread.sleep(100);
        node.supervise();
      }
    }
  }

  /// Ends everything. May be called again.
  @Override
  public synchronized void close() {
    nodes.forEach(NodeProcess::close);
    List<Server> servers = new ArrayList<>(targets);
    servers.add(control);
    if (destination != null) {
      servers.add(destination);
    }
    for (Server server : servers) {
      try {
        server.close();
      } catch (IOException | RuntimeException e) {
        System.err.println("a server does not stop: " + e);
      }
    }
  }

  private static String url(Proxy door) {
    return "postgresql://127.0.0.1:%d/postgres".formatted(door.port());
  }
}
