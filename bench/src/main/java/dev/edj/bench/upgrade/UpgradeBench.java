package dev.edj.bench.upgrade;

import dev.edj.bench.Scratch;
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
/// then goes back to the previous version on the new tables. Each execution has to end once and
/// right: every database in it has one row of it, of the first attempt.
@Command(
    name = "upgrade",
    mixinStandardHelpOptions = true,
    description = "Upgrades from the previous version and back while jobs run.")
public final class UpgradeBench implements Callable<Integer> {

  private static final int SECONDS_TO_DRAIN = 120;

  /// As which the service logs in to the control database.
  private static final String SERVICE_ROLE = "upgraded";

  @Option(
      names = "--databases",
      defaultValue = "8",
      description = "How many databases each job runs on (default: 8).")
  private int databases;

  /// What each execution is called in the report, by its id.
  private final Map<String, String> started = new LinkedHashMap<>();

  private final Deque<Node> nodes = new ArrayDeque<>();

  @Override
  public Integer call() throws Exception {
    Path home = Path.of(Objects.requireNonNull(System.getProperty("edj.home")));
    PreviousVersion previousVersion = PreviousVersion.of(home);
    System.out.println("previous version: " + previousVersion.commit());
    Program previous = previousVersion.program();
    Path directory = Scratch.directory("upgrade");
    try (EmbeddedControlDatabase server =
        EmbeddedControlDatabase.start(directory.resolve("server"))) {
      List<String> failures = upgrade(previous, directory, server.address());
      failures.forEach(System.out::println);
      System.out.printf(
          "%d executions on %d databases each, through an upgrade and back: %s%n",
          started.size(),
          databases,
          failures.isEmpty() ? "each ended once and right" : failures.size() + " failures");
      return failures.isEmpty() ? 0 : 1;
    } finally {
      nodes.forEach(Node::close);
      Scratch.remove(directory);
    }
  }

  private List<String> upgrade(Program previous, Path directory, ControlDatabaseAddress owner)
      throws IOException, SQLException, InterruptedException {
    makeDatabases(owner);
    Program current = Program.ofThisProcess();
    Map<String, String> asOwner = login(owner, owner.user(), owner.password());
    Map<String, String> asService = login(owner, SERVICE_ROLE, SERVICE_ROLE);
    previous.run(asOwner, "migrate", "--service-role", SERVICE_ROLE);
    Node old1 = started(Node.start("old-1", previous, directory, asService, null));
    Node old2 = started(Node.start("old-2", previous, directory, asService, old1));
    makeJobs(previous, old1, owner, directory);

    start("previous nodes", previous, old1);
    current.run(asOwner, "migrate");
    start("previous nodes, new tables", previous, old2);

    Node new1 = started(Node.start("new-1", current, directory, asService, old1));
    start("both", current, new1);
    replace(old1, current, new1);
    start("both, the other door", previous, old2);
    Node new2 = started(Node.start("new-2", current, directory, asService, new1));
    replace(old2, current, new2);
    start("new nodes", current, new1);

    Node back = started(Node.start("back-1", previous, directory, asService, new1));
    replace(new1, previous, back);
    replace(new2, previous, back);
    start("back at the previous version, new tables", previous, back);
    return failures(previous, back, owner);
  }

  private Node started(Node node) {
    nodes.add(node);
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

  /// A short job, and one that is at work while nodes come and go: half of its databases at a time.
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
    makeJob(edj, client, "long", 4);
  }

  private void makeJob(Program edj, Map<String, String> client, String name, int seconds)
      throws IOException, InterruptedException {
    String script =
        "INSERT INTO ran VALUES ('$(job_execution_id)'); SELECT pg_sleep(%d)".formatted(seconds);
    edj.run(client, "content", "create", name, "--text", script);
    edj.run(
        client,
        "job",
        "create",
        name,
        "--content",
        name,
        "--credential",
        "c",
        "--target",
        "fleet",
        "--max-parallelism",
        Integer.toString((databases + 1) / 2));
  }

  /// The short one has to end before it goes on, so that it ran in this state of affairs.
  private void start(String when, Program edj, Node door) throws IOException, InterruptedException {
    for (String job : List.of("long", "short")) {
      String id = edj.ask(door.client(), "job", "start", job).path("id").asString();
      started.put(id, job + " job, " + when);
      if (job.equals("short")) {
        edj.run(door.client(), "execution", "wait", id, "--timeout", "2m");
      }
    }
    System.out.println("ran with " + when);
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
    nodes.remove(leaving);
    System.out.println(leaving.name() + " was drained and stopped");
  }

  private List<String> failures(Program edj, Node door, ControlDatabaseAddress owner)
      throws IOException, SQLException, InterruptedException {
    List<String> failures = new ArrayList<>();
    for (Map.Entry<String, String> execution : started.entrySet()) {
      String id = execution.getKey();
      edj.run(door.client(), "execution", "wait", id, "--timeout", "3m");
      JsonNode children = edj.ask(door.client(), "execution", "children", id, "--limit", "0");
      if (children.size() != databases) {
        failures.add("%s: %d children".formatted(execution.getValue(), children.size()));
      }
      for (JsonNode child : children) {
        if (!child.path("lifecycle").asString().equals("Succeeded")
            || child.path("attempt").asInt() != 1) {
          failures.add("%s: %s".formatted(execution.getValue(), child));
        }
      }
    }
    for (String database : targets()) {
      int rows = number(owner, database, "SELECT count(*) FROM ran");
      int executions = number(owner, database, "SELECT count(DISTINCT execution) FROM ran");
      if (rows != started.size() || executions != started.size()) {
        failures.add("%s: %d rows of %d executions".formatted(database, rows, executions));
      }
    }
    return failures;
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

  private static int number(ControlDatabaseAddress owner, String database, String sql)
      throws SQLException {
    try (Connection connection = connect(owner, database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Connection connect(ControlDatabaseAddress owner, String database)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:" + server(owner) + "/" + database, owner.user(), owner.password());
  }
}
