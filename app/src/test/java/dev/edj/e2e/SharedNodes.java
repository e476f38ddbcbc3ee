package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Processes on one shared control database, which they do not own: a door, which is asked and
/// which controls, and others that a test starts.
final class SharedNodes {

  static final String KEY_FILE = "encryption-keys.json";

  private static final String PASSWORD = "s3rvice-Passw0rd";

  private final Path directory;
  private final List<AutoCloseable> started = new ArrayList<>();
  private final Map<String, String> login;
  private final String controlDatabase;
  private final RunningEdj door;

  /// Starts the door, with a collection `fleet`.
  ///
  /// @param directory for what they keep
  /// @param databases how many the collection has
  SharedNodes(Path directory, int databases) throws IOException {
    this.directory = directory;
    PostgresServer shared = PostgresServer.shared();
    String name = shared.createDatabase();
    controlDatabase = "postgresql://127.0.0.1:%d/%s".formatted(shared.port(), name);
    login = login("service_" + name, PASSWORD);
    shared.execute("CREATE ROLE service_%s LOGIN PASSWORD '%s'".formatted(name, PASSWORD));
    migrate("service_" + name);
    door = api("door", "--roles", "api,controller");
    new Targets(door, "fleet").createCollection(databases);
  }

  /// The process that the others get their keys from.
  RunningEdj door() {
    return door;
  }

  /// A process that answers.
  RunningEdj api(String name, String... options) throws IOException {
    RunningEdj edj = RunningEdj.start(data(name), login, options(options));
    started.add(edj);
    return edj;
  }

  /// A process that is only a worker, with the door's keys: it has no API, and says when it is
  /// ready.
  EdjProcess worker(String name, String... options) throws IOException {
    Path data = Files.createDirectories(data(name));
    Files.copy(
        door.data().resolve(KEY_FILE), data.resolve(KEY_FILE), StandardCopyOption.COPY_ATTRIBUTES);
    EdjProcess process = launchWorker(name, options);
    EdjProcess.await(() ->
        process.complained().contains("is ready, with the roles worker and no API")
            || !process.process().isAlive());
    assertThat(process.process().isAlive()).as(process.complained()).isTrue();
    return process;
  }

  /// Does not wait until it is ready, and gives it no keys.
  EdjProcess launchWorker(String name, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("--roles", "worker"));
    words.addAll(List.of(options));
    EdjProcess process =
        RunningEdj.launch(data(name), login, options(words.toArray(String[]::new)));
    started.add(process);
    return process;
  }

  /// Where the process of that name keeps its own.
  Path data(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name)).resolve("data");
  }

  /// Starts a job that runs the script on the collection.
  String start(String script) {
    door.done("content", "create", "script", "--text", script);
    door.done(
        "job",
        "create",
        "job",
        "--content",
        "script",
        "--credential",
        "fleet",
        "--target",
        "fleet");
    return door.start("job");
  }

  private void migrate(String role) {
    try (EdjProcess migrate =
        EdjProcess.start(
            directory,
            login(PostgresServer.USER, PostgresServer.PASSWORD),
            "migrate",
            "--control-database",
            controlDatabase,
            "--service-role",
            role)) {
      assertThat(migrate.awaitEnd()).as(migrate.complained()).isZero();
      assertThat(migrate.printed()).endsWith("The service may log in as: " + role + "\n");
    }
  }

  private static Map<String, String> login(String user, String password) {
    return Map.of("EDJ_CONTROL_DATABASE_USER", user, "EDJ_CONTROL_DATABASE_PASSWORD", password);
  }

  private String[] options(String... more) {
    List<String> options = new ArrayList<>(List.of("--control-database", controlDatabase));
    options.addAll(List.of(more));
    return options.toArray(String[]::new);
  }

  /// Ends all of them, the last first.
  void stop() throws Exception {
    for (AutoCloseable process : started.reversed()) {
      process.close();
    }
  }
}
