package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who can decrypt passwords among real processes, and how keys are rotated while they work.
class KeysIT {

  private static final int CONFLICT = 5;
  private static final int DATABASES = 2;

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
  void aKeyIsRotatedWhileAJobRunsOnSeveralNodes() throws IOException {
    EdjProcess worker = nodes.worker("worker");
    String before = door.ask("key", "list").path(0).path("keyId").asString();
    String execution = nodes.start("SELECT pg_sleep(20)");
    EdjProcess.await(() -> door.count(execution, "inProgress") == DATABASES);

    String waiting = door.done("key", "rotate", "--wait", "8s");
    assertThat(waiting).contains("Waits for", "the private half of key");
    Path workersFile = nodes.data("worker").resolve(SharedNodes.KEY_FILE);
    Files.copy(
        door.data().resolve(SharedNodes.KEY_FILE),
        workersFile,
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(door.done("key", "rotate", "--wait", "60s")).contains("Ended");

    assertThat(door.ask("key", "list").valueStream().map(key -> key.path("lifecycle").asString()))
        .containsExactly("Current", "Retired");
    assertThat(door.ask("key", "list").path(0).path("heldBy")).hasSize(2);
    assertThat(door.ask("key", "list").path(1).path("keyId").asString()).isEqualTo(before);
    assertThat(door.awaitEnd(execution)).isEqualTo("Succeeded");
    assertThat(door.awaitEnd(door.start("job"))).isEqualTo("Succeeded");
    assertThat(worker.process().isAlive()).as(worker.complained()).isTrue();
  }

  @Test
  void aNodeIsNotStartedWithoutAKeyInUseAndSaysWhichOne() throws IOException {
    String key = door.ask("key", "list").path(0).path("keyId").asString();

    EdjProcess other = nodes.launchWorker("other");

    assertThat(other.awaitEnd()).isNotZero();
    assertThat(other.complained())
        .contains("does not hold key " + key, "copy the file from another node")
        .doesNotContain("\tat ");
  }

  @Test
  void aProcessThatIsOnlyTheApiHoldsNoKeyAndCannotDecrypt() throws Exception {
    String marked = "M4rked-pa5sword-of-nobody-else";
    RunningEdj api = nodes.api("api", "--roles", "api");
    api.done(
        "credential",
        "create",
        "marked",
        "--user",
        "somebody",
        "--server",
        Targets.server(),
        "--password-file",
        door.passwordFile(marked).toString());
    assertThat(api.data().resolve(SharedNodes.KEY_FILE)).doesNotExist();

    String refusal =
        api.refused(
            CONFLICT, "target", "resolve", Targets.server() + "/*", "--credential", "fleet");
    assertThat(refusal).contains("this node only has the role api", "holds no private key");
    assertThat(new String(HeapDump.of(api, directory, "-all"), StandardCharsets.ISO_8859_1))
        .doesNotContain(marked);

    nodes.worker("worker");
    assertThat(door.awaitEnd(nodes.start("SELECT 1"))).isEqualTo("Succeeded");
  }
}
