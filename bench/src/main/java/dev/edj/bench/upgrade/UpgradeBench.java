package dev.edj.bench.upgrade;

import static java.lang.ProcessBuilder.Redirect.DISCARD;

import dev.edj.bench.Scratch;
import dev.edj.bench.upgrade.Outcome.Child;
import dev.edj.bench.upgrade.Outcome.Started;
import dev.edj.bench.upgrade.Outcome.Trace;
import dev.edj.bench.upgrade.Outcome.Work;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.controldb.EmbeddedControlDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Upgrades two nodes from the previous version to this one, one after the other, while jobs run,
/// then goes back to the previous version on the new tables. What has to come of it is in
/// [Outcome].
@Command(
    name = "upgrade",
    mixinStandardHelpOptions = true,
    description = "Upgrades from the previous version and back while jobs run.")
public final class UpgradeBench implements Callable<Integer> {

  private static final int SECONDS_TO_DRAIN = 120;

  /// As which the service logs in to the control database.
  private static final String SERVICE_ROLE = "upgraded";

  private static final String PREVIOUS = "the previous version";
  private static final String CURRENT = "this version";

  @Option(
      names = "--databases",
      defaultValue = "8",
      description = "How many databases each job runs on (default: 8).")
  private int databases;

  @Option(
      names = "--seconds",
      defaultValue = "4",
      description = "How long the longer job takes on each of them (default: 4).")
  private int seconds;

  private final List<Started> started = new ArrayList<>();

  /// Those that run.
  private final Deque<Node> running = new ArrayDeque<>();

  /// All there have been, with their versions.
  private final Map<String, String> nodes = new LinkedHashMap<>();

  @Override
  public Integer call() throws Exception {
    Path home = Path.of(Objects.requireNonNull(System.getProperty("edj.home")));
    PreviousVersion previousVersion = PreviousVersion.of(home);
    System.out.println("previous version: " + previousVersion.commit());
    Program previous = previousVersion.program();
    Path directory = Scratch.directory("upgrade");
    try (EmbeddedControlDatabase server =
        EmbeddedControlDatabase.start(directory.resolve("server"))) {
      List<String> failures = upgrade(previous, directory, server.address()).failures();
      failures.forEach(System.out::println);
      System.out.printf(
          "%d executions on %d databases each, through an upgrade and back: %s%n",
          started.size(),
          databases,
          failures.isEmpty() ? "each ended once and right" : failures.size() + " failures");
      return failures.isEmpty() ? 0 : 1;
    } finally {
      running.forEach(Node::close);
      Scratch.remove(directory);
    }
  }

  private Outcome upgrade(Program previous, Path directory, ControlDatabaseAddress owner)
      throws IOException, SQLException, InterruptedException {
    makeDatabases(owner);
    Program current = Program.ofThisProcess();
    Map<String, String> asOwner = login(owner, owner.user(), owner.password());
    Map<String, String> asService = login(owner, SERVICE_ROLE, SERVICE_ROLE);
    previous.run(asOwner, "migrate", "--service-role", SERVICE_ROLE);
    Node old1 = started(PREVIOUS, Node.start("old-1", previous, directory, asService, null));
    Node old2 = started(PREVIOUS, Node.start("old-2", previous, directory, asService, old1));
    makeJobs(previous, old1, owner, directory);

    start("previous nodes", previous, old1);
    current.run(asOwner, "migrate");
    start("previous nodes, new tables", previous, old2);

    Node new1 = started(CURRENT, Node.start("new-1", current, directory, asService, old1));
    start("both", current, new1);
    requireWarning(current, new1);
    replace(old1, current, new1);
    start("both, the other door", previous, old2);
    Node new2 = started(CURRENT, Node.start("new-2", current, directory, asService, new1));
    replace(old2, current, new2);
    start("new nodes", current, new1);

    Node back = started(PREVIOUS, Node.start("back-1", previous, directory, asService, new1));
    start("both, on the way back", previous, back);
    replace(new1, previous, back);
    replace(new2, previous, back);
    start("back at the previous version, new tables", previous, back);
    return outcome(previous, back, owner);
  }

  private Node started(String version, Node node) {
    running.add(node);
    nodes.put(node.name(), version);
    return node;
  }

  private void makeDatabases(ControlDatabaseAddress owner) throws SQLException {
    execute(owner, "postgres", "CREATE ROLE %1$s LOGIN PASSWORD '%1$s'".formatted(SERVICE_ROLE));
    execute(owner, "postgres", "CREATE DATABASE control");
    for (String database : targets()) {
      execute(owner, "postgres", "CREATE DATABASE " + database);
      execute(owner, database, "CREATE TABLE ran (execution text NOT NULL)");
    }
  }

  private List<String> targets() {
    List<String> targets = new ArrayList<>();
    for (int i = 1; i <= databases; i++) {
      targets.add("tenant" + i);
    }
    return targets;
  }

  /// A short job, and one that is at work while nodes come and go.
  private void makeJobs(Program edj, Node door, ControlDatabaseAddress owner, Path directory)
      throws IOException, InterruptedException {
    Map<String, String> client = door.client();
    Path password =
        Files.writeString(directory.resolve("password"), Objects.requireNonNull(owner.password()));
    edj.run(
        client,
        "credential",
        "create",
        "c",
        "--user",
        Objects.requireNonNull(owner.user()),
        "--server",
        server(owner),
        "--password-file",
        password.toString());
    edj.run(
        client,
        "target",
        "create",
        "server",
        server(owner),
        "--name",
        "fleet",
        "--credential",
        "c",
        "--tls",
        "disable",
        "--name-pattern",
        "tenant*");
    makeJob(edj, client, "short", 0);
    makeJob(edj, client, "long", seconds);
  }

  private void makeJob(Program edj, Map<String, String> client, String name, int pause)
      throws IOException, InterruptedException {
    String script =
        "INSERT INTO ran VALUES ('$(job_execution_id)'); SELECT pg_sleep(%d)".formatted(pause);
    edj.run(client, "content", "create", name, "--text", script);
    edj.run(
        client, "job", "create", name, "--content", name, "--credential", "c", "--target", "fleet");
  }

  /// The short one has to end before it goes on, so that it ran in this state of affairs.
  private void start(String when, Program edj, Node door) throws IOException, InterruptedException {
    boolean mixed = running.stream().map(node -> nodes.get(node.name())).distinct().count() > 1;
    JsonNode longer = edj.ask(door.client(), "job", "start", "long");
    started.add(new Started(longer.path("id").asString(), "long", when, mixed));
    JsonNode shorter = edj.ask(door.client(), "job", "start", "short", "--wait", "--timeout", "2m");
    started.add(new Started(shorter.path("id").asString(), "short", when, mixed));
    System.out.println("ran with " + when);
  }

  /// `docs/how-to/upgrade.md` says that it warns as long as nodes of several versions are alive.
  private static void requireWarning(Program edj, Node door)
      throws IOException, InterruptedException {
    String findings = edj.run(door.client(), "doctor", "--only", "service", "--targets", "0");
    if (!findings.contains("nodes of several versions are alive")) {
      throw new IllegalStateException("edj doctor does not see nodes of two versions: " + findings);
    }
  }

  /// As `docs/how-to/upgrade.md` says: drained, awaited, stopped.
  private void replace(Node leaving, Program edj, Node door)
      throws IOException, InterruptedException {
    edj.run(door.client(), "node", "drain", leaving.name());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_DRAIN);
    while (edj.ask(door.client(), "node", "show", leaving.name()).path("inProgress").asInt() > 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(leaving.name() + " does not come to an end of its work");
      }
    }
    leaving.stop();
    running.remove(leaving);
    System.out.println(leaving.name() + " was drained and stopped");
  }

  private Outcome outcome(Program edj, Node door, ControlDatabaseAddress owner)
      throws IOException, SQLException, InterruptedException {
    List<String> wait = new ArrayList<>(List.of("execution", "wait", "--timeout", "3m"));
    started.forEach(execution -> wait.add(execution.id()));
    // What does not succeed, or does not end, is seen in the outcome.
    edj.process(door.client(), wait)
        .redirectErrorStream(true)
        .redirectOutput(DISCARD)
        .start()
        .waitFor();
    return new Outcome(
        targets(), nodes, started, children(edj, door, owner), work(owner), traces(owner));
  }

  private static List<Child> children(Program edj, Node door, ControlDatabaseAddress owner)
      throws IOException, InterruptedException {
    List<Child> children = new ArrayList<>();
    for (JsonNode child :
        edj.ask(
            door.client(),
            "execution",
            "list",
            "--server",
            server(owner),
            "--all",
            "--limit",
            "0")) {
      children.add(
          new Child(
              child.path("parentId").asString(),
              child.path("database").asString(),
              child.path("lifecycle").asString(),
              child.path("attempt").asInt()));
    }
    return children;
  }

  /// A command would have to be asked for each child.
  private static List<Work> work(ControlDatabaseAddress owner) throws SQLException {
    return rows(
        owner,
        "control",
        """
        SELECT DISTINCT s.execution_id, n.name
        FROM task_execution t
        JOIN node n ON n.node_id = t.node_id
        JOIN child_execution c ON c.execution_id = t.execution_id
        JOIN step_execution s ON s.step_execution_id = c.step_execution_id
        """,
        row -> new Work(row.getString(1), row.getString(2)));
  }

  private List<Trace> traces(ControlDatabaseAddress owner) throws SQLException {
    List<Trace> traces = new ArrayList<>();
    for (String database : targets()) {
      traces.addAll(
          rows(
              owner,
              database,
              "SELECT execution FROM ran",
              row -> new Trace(row.getString(1), database)));
    }
    return traces;
  }

  private static Map<String, String> login(
      ControlDatabaseAddress server, @Nullable String user, @Nullable String password) {
    return Map.of(
        "EDJ_CONTROL_DATABASE",
        server(server) + "/control",
        "EDJ_CONTROL_DATABASE_USER",
        String.valueOf(user),
        "EDJ_CONTROL_DATABASE_PASSWORD",
        String.valueOf(password));
  }

  /// As EDJ is told of it.
  private static String server(ControlDatabaseAddress address) {
    URI url = URI.create(address.url().substring("jdbc:".length()));
    return "postgresql://%s:%d".formatted(url.getHost(), url.getPort());
  }

  private static void execute(ControlDatabaseAddress owner, String database, String sql)
      throws SQLException {
    try (Connection connection = connect(owner, database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private static <T> List<T> rows(
      ControlDatabaseAddress owner, String database, String query, Reading<T> reading)
      throws SQLException {
    try (Connection connection = connect(owner, database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<T> read = new ArrayList<>();
      while (row.next()) {
        read.add(reading.of(row));
      }
      return read;
    }
  }

  private static Connection connect(ControlDatabaseAddress owner, String database)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:" + server(owner) + "/" + database, owner.user(), owner.password());
  }
}
