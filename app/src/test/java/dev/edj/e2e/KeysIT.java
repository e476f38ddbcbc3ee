package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who can decrypt passwords among real processes, and how keys are rotated while they work.
class KeysIT {

  private static final int CONFLICT = 5;
  private static final int DATABASES = 2;
  private static final String KEY_FILE = "encryption-keys.json";

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
    door = api("door", "--roles", "api,controller");
    new Targets(door, "fleet").createCollection(DATABASES);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable process : started.reversed()) {
      process.close();
    }
  }

  @Test
  void aKeyIsRotatedWhileAJobRunsOnSeveralNodes() throws IOException {
    EdjProcess worker = worker();
    String before = door.ask("key", "list").path(0).path("keyId").asString();
    String execution = start("SELECT pg_sleep(20)");
    EdjProcess.await(() -> door.count(execution, "inProgress") == DATABASES);

    String waiting = door.done("key", "rotate", "--wait", "8s");
    assertThat(waiting).contains("Waits for", "the private half of key");
    Path workersFile = directory.resolve("worker/data/" + KEY_FILE);
    Files.copy(
        door.data().resolve(KEY_FILE),
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
    Path place = Files.createDirectories(directory.resolve("other"));

    EdjProcess other =
        RunningEdj.launch(place.resolve("data"), login, options("--roles", "worker"));
    started.add(other);

    assertThat(other.awaitEnd()).isNotZero();
    assertThat(other.complained())
        .contains("does not hold key " + key, "copy the file from another node")
        .doesNotContain("\tat ");
  }

  @Test
  void aProcessThatIsOnlyTheApiHoldsNoKeyAndCannotDecrypt() throws Exception {
    String marked = "M4rked-pa5sword-of-nobody-else";
    RunningEdj api = api("api", "--roles", "api");
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
    assertThat(api.data().resolve(KEY_FILE)).doesNotExist();

    String refusal =
        api.refused(
            CONFLICT, "target", "resolve", Targets.server() + "/*", "--credential", "fleet");
    assertThat(refusal).contains("this node only has the role api", "holds no private key");
    assertThat(heapOf(api)).doesNotContain(marked);

    worker();
    assertThat(door.awaitEnd(start("SELECT 1"))).isEqualTo("Succeeded");
  }

  /// All bytes of its heap, as characters. Texts are kept there with one byte for each of theirs.
  private String heapOf(RunningEdj edj) throws Exception {
    Path dump = directory.resolve("heap.hprof");
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(edj.process().process().pid()),
                "GC.heap_dump",
                "-all",
                dump.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor()).as(said).isZero();
    return Files.readString(dump, StandardCharsets.ISO_8859_1);
  }

  private RunningEdj api(String name, String... more) throws IOException {
    Path place = Files.createDirectories(directory.resolve(name));
    RunningEdj edj = RunningEdj.start(place.resolve("data"), login, options(more));
    started.add(edj);
    return edj;
  }

  private EdjProcess worker() throws IOException {
    Path data = Files.createDirectories(directory.resolve("worker/data"));
    Files.copy(
        door.data().resolve(KEY_FILE), data.resolve(KEY_FILE), StandardCopyOption.COPY_ATTRIBUTES);
    EdjProcess process = RunningEdj.launch(data, login, options("--roles", "worker"));
    started.add(process);
    EdjProcess.await(() ->
        process.complained().contains("is ready, with the roles worker and no API")
            || !process.process().isAlive());
    assertThat(process.process().isAlive()).as(process.complained()).isTrue();
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
}
