package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Several processes on one shared control database, as an administrator runs and upgrades them.
class NodesIT {

  private static final int BAD_INPUT = 2;
  private static final int NOT_FOUND = 4;
  private static final int CONFLICT = 5;
  private static final int ENDED_BY_SIGTERM = 143;
  private static final int DATABASES = 4;

  @TempDir private Path directory;
  private final List<AutoCloseable> started = new ArrayList<>();
  private final Map<String, String> login =
      Map.of(
          "EDJ_CONTROL_DATABASE_USER", PostgresServer.USER,
          "EDJ_CONTROL_DATABASE_PASSWORD", PostgresServer.PASSWORD);
  private String controlDatabase;
  private RunningEdj door;

  @BeforeEach
  void startTheDoor() throws IOException {
    PostgresServer shared = PostgresServer.shared();
    controlDatabase =
        "postgresql://127.0.0.1:%d/%s".formatted(shared.port(), shared.createDatabase());
    Path place = Files.createDirectories(directory.resolve("door"));
    door = RunningEdj.start(place.resolve("data"), login, options("--roles", "api,controller"));
    started.add(door);
    new Targets(door, "fleet").createCollection(DATABASES);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable process : started.reversed()) {
      process.close();
    }
  }

  @Test
  void workOfAKilledNodeGoesOnElsewhere() throws IOException {
    EdjProcess first = worker("first");
    worker("second");
    String second = newestWorker();
    // So that the first one has it all.
    door.done("node", "drain", second);
    String execution = start("SELECT pg_sleep(3)");
    EdjProcess.await(() -> door.count(execution, "inProgress") == DATABASES);
    door.done("node", "resume", second);
    long killedAtNanos = System.nanoTime();
    first.killAtOnce();
    EdjProcess.await(() -> attempts(execution) == 2);
    assertThat(Duration.ofNanos(System.nanoTime() - killedAtNanos))
        .isLessThan(Duration.ofSeconds(15));
    assertThat(door.awaitEnd(execution)).isEqualTo("Succeeded");
    assertThat(lifecycles()).containsExactlyInAnyOrder("Active", "Active", "Lost");
  }

  @Test
  void aNodeIsDrainedStoppedAndReplacedWhileAJobRuns() throws IOException {
    EdjProcess first = worker("first", "--grace", "1m");
    String name = newestWorker();
    assertThat(door.done("node", "list")).contains(name, "Active", "worker");
    String execution = start("SELECT pg_sleep(3)");
    EdjProcess.await(() -> door.count(execution, "inProgress") == DATABASES);
    assertThat(door.ask("node", "show", name).path("children")).hasSize(DATABASES);

    assertThat(door.done("node", "drain", name)).contains("Draining");
    worker("second");
    assertThat(first.terminate()).isEqualTo(ENDED_BY_SIGTERM);
    assertThat(first.complained()).contains("EDJ has stopped").doesNotContain("Exception");
    // What ran had the time to end: there is no second attempt.
    assertThat(door.awaitEnd(execution)).isEqualTo("Succeeded");
    assertThat(attempts(execution)).isEqualTo(1);
    assertThat(door.refused(CONFLICT, "node", "resume", name)).contains("is Stopped");
    door.refused(NOT_FOUND, "node", "show", "nobody");
  }

  @Test
  void aServerIsReachedOnlyByNodesWithItsLabels() throws IOException {
    worker("far", "--label", "zone=us");
    String target = Targets.server() + "/*";
    door.done("target", "update", target, "--require-label", "zone=eu");
    assertThat(door.done("target", "show", target)).contains("Required labels", "zone=eu");
    String execution = start("SELECT 1");
    EdjProcess.await(() -> waitingCause(execution).equals("no node with labels zone=eu"));

    worker("near", "--label", "zone=eu", "--label", "net=inner");
    assertThat(door.awaitEnd(execution)).isEqualTo("Succeeded");
    assertThat(
            door.refused(
                BAD_INPUT, "target", "update", target, "--require-label", "a", "--clear-labels"))
        .isNotEmpty();
    assertThat(door.done("target", "update", target, "--clear-labels"))
        .doesNotContain("Required labels");
  }

  /// A process that is only a worker: it has no API, and says when it is ready.
  private EdjProcess worker(String name, String... more) throws IOException {
    Path data = Files.createDirectories(directory.resolve(name + "/data"));
    Path keys = data.resolve("encryption-keys.json");
    Files.copy(
        door.data().resolve("encryption-keys.json"), keys, StandardCopyOption.COPY_ATTRIBUTES);
    List<String> words = new ArrayList<>(List.of("--roles", "worker"));
    words.addAll(Arrays.asList(more));
    EdjProcess process = RunningEdj.launch(data, login, options(words.toArray(String[]::new)));
    started.add(process);
    EdjProcess.await(() ->
        process.complained().contains("is ready, with the roles worker and no API")
            || !process.process().isAlive());
    assertThat(process.process().isAlive()).as(process.complained()).isTrue();
    assertThat(data.resolve("service.json")).doesNotExist();
    return process;
  }

  private String[] options(String... more) {
    List<String> options = new ArrayList<>(List.of("--control-database", controlDatabase));
    options.addAll(Arrays.asList(more));
    return options.toArray(String[]::new);
  }

  private String start(String script) {
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

  private String newestWorker() {
    for (JsonNode node : door.ask("node", "list")) {
      if (node.path("roles").size() == 1) {
        return node.path("name").asString();
      }
    }
    throw new AssertionError("no worker");
  }

  private List<String> lifecycles() {
    return door.ask("node", "list").valueStream().map(n -> n.path("lifecycle").asString()).toList();
  }

  private int attempts(String execution) {
    return children(execution).mapToInt(child -> child.path("attempt").asInt()).min().orElse(0);
  }

  private String waitingCause(String execution) {
    return children(execution)
        .map(child -> child.path("waitingCause").asString(""))
        .distinct()
        .findFirst()
        .orElse("");
  }

  private Stream<JsonNode> children(String execution) {
    return door.ask("execution", "children", execution).valueStream();
  }
}
