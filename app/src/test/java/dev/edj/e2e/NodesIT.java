package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
  private SharedNodes nodes;
  private RunningEdj door;

  @BeforeEach
  void startTheDoor() throws IOException {
    nodes = new SharedNodes(directory, DATABASES);
    door = nodes.door();
  }

  @AfterEach
  void stop() throws Exception {
    nodes.stop();
  }

  @Test
  void workOfAKilledNodeGoesOnElsewhere() throws IOException {
    EdjProcess first = worker("first");
    worker("second");
    String second = newestWorker();
    // So that the first one has it all.
    door.done("node", "drain", second);
    String execution = nodes.start("SELECT pg_sleep(3)");
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
    String execution = nodes.start("SELECT pg_sleep(3)");
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
    String execution = nodes.start("SELECT 1");
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

  /// A worker without a door.
  private EdjProcess worker(String name, String... options) throws IOException {
    EdjProcess process = nodes.worker(name, options);
    assertThat(nodes.data(name).resolve("service.json")).doesNotExist();
    return process;
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
