package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The service as a process: it starts, says why it cannot, and loses nothing when it is killed.
@Order(1)
class ServeIT {

  private static final int SETUP_FAILED = 3;
  private static final int ENDED_BY_SIGTERM = 143;
  private static final int DATABASES = 4;

  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void nameTheDataDirectory() {
    data = directory.resolve("data");
  }

  @AfterEach
  void noProgramIsLeft() {
    assertThat(EdjProcess.programsIn(directory)).isEmpty();
  }

  @Test
  void itKeepsItsSecretsAndItsPlace() throws IOException {
    try (RunningEdj service = RunningEdj.start(data)) {
      assertThat(modeOf("token")).isEqualTo("rw-------");
      assertThat(modeOf("service.json")).isEqualTo("rw-------");
      assertThat(modeOf("encryption-keys.json")).isEqualTo("rw-------");
      assertThat(modeOf("")).isEqualTo("rwx------");

      refuses(data, "in use by another edj serve");
      refuses(
          directory.resolve("other"),
          "port %s is taken by another process; choose one with --port".formatted(port(service)),
          "--port",
          port(service));

      assertThat(service.process().terminate()).isEqualTo(ENDED_BY_SIGTERM);
      assertThat(service.process().complained())
          .contains("EDJ has stopped")
          .doesNotContain("Exception");
      assertThat(data.resolve("service.json")).doesNotExist();
    }
  }

  @Test
  void itSaysWhatItCannotUse() throws IOException {
    refuses(
        data,
        "the control database at jdbc:postgresql://127.0.0.1:1/none cannot be opened",
        "--control-database",
        "postgresql://somebody:secret@127.0.0.1:1/none");

    Path file = Files.writeString(directory.resolve("a-file"), "");
    refuses(file, "the data directory " + file);
  }

  @Test
  void whatFailsLateInTheStartLeavesNoServerBehind() throws IOException {
    Files.createDirectories(data);
    Files.writeString(data.resolve("encryption-keys.json"), "no keys");
    Files.setPosixFilePermissions(
        data.resolve("encryption-keys.json"), PosixFilePermissions.fromString("rw-------"));
    try (EdjProcess service = RunningEdj.launch(data, Map.of())) {
      assertThat(service.awaitEnd()).isNotZero();
      assertThat(service.complained()).contains("encryption-keys.json");
    }
  }

  @Test
  void stoppedWhileItStartsItLeavesNoServerBehind() {
    try (EdjProcess service = RunningEdj.launch(data, Map.of())) {
      EdjProcess.await(() -> Files.exists(data.resolve("control-database/postgresql.new")));
      assertThat(service.terminate()).isEqualTo(ENDED_BY_SIGTERM);
    }
  }

  /// @param how `SIGKILL` leaves the attempts to be found lost; `SIGTERM` hands them back
  @ParameterizedTest
  @ValueSource(strings = {"SIGKILL", "SIGTERM"})
  void aRunGoesOnAfterTheServiceWasEndedAndStartedAgain(String how) {
    String execution;
    try (RunningEdj service = RunningEdj.start(data, "--lease", "3s")) {
      prepareSlowJob(service);
      execution = service.start("Slow");
      EdjProcess.await(() -> service.count(execution, "inProgress") == DATABASES);
      if (how.equals("SIGKILL")) {
        service.process().killAtOnce();
      } else {
        assertThat(service.process().terminate()).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(service.process().complained()).doesNotContain("Exception");
      }
    }
    try (RunningEdj again = RunningEdj.start(data, "--lease", "3s")) {
      assertThat(again.awaitEnd(execution)).isEqualTo("Succeeded");
      assertThat(again.count(execution, "succeeded")).isEqualTo(DATABASES);
    }
  }

  @Test
  void aSharedControlDatabaseWorks() {
    PostgresServer shared = PostgresServer.shared();
    String url = "postgresql://127.0.0.1:%d/%s".formatted(shared.port(), shared.createDatabase());
    Map<String, String> login =
        Map.of(
            "EDJ_CONTROL_DATABASE_USER", PostgresServer.USER,
            "EDJ_CONTROL_DATABASE_PASSWORD", PostgresServer.PASSWORD);
    try (RunningEdj service = RunningEdj.start(data, login, "--control-database", url)) {
      prepareSlowJob(service);
      service.done("content", "update", "Slow", "--text", "SELECT 1");
      assertThat(service.awaitEnd(service.start("Slow"))).isEqualTo("Succeeded");
      assertThat(data.resolve("control-database")).doesNotExist();
    }
  }

  @Test
  void itsLogIsLinesOfJsonThatSayWhatTheyAreAbout() {
    try (RunningEdj service =
        RunningEdj.start(data, "--log-format", "json", "--log-level", "debug")) {
      prepareSlowJob(service);
      service.done("content", "update", "Slow", "--text", "SELECT 1");
      String execution = service.start("Slow");
      assertThat(service.awaitEnd(execution)).isEqualTo("Succeeded");
      EdjProcess.await(() -> service.process().complained().contains("job 'Slow' ended after"));
      List<JsonNode> lines =
          service.process().complained().lines().map(JsonMapper.shared()::readTree).toList();
      assertThat(lines).hasSizeGreaterThan(DATABASES);
      assertThat(lines)
          .filteredOn(line -> line.path("edj.execution.id").asString("").equals(execution))
          .filteredOn(line -> line.has("edj.child.id"))
          .extracting(line -> line.path("db.namespace").asString())
          .doesNotContain("")
          .hasSizeGreaterThanOrEqualTo(DATABASES);
    }
  }

  private void refuses(Path data, String sentence, String... options) {
    try (EdjProcess service = RunningEdj.launch(data, Map.of(), options)) {
      assertThat(service.awaitEnd()).as(service.complained()).isEqualTo(SETUP_FAILED);
      assertThat(service.complained())
          .contains("edj: ")
          .contains(sentence)
          .doesNotContain("secret");
      assertThat(service.complained()).doesNotContain("\tat ");
    }
  }

  /// Slow enough to be running when the service ends, and not much slower.
  private static void prepareSlowJob(RunningEdj service) {
    Targets targets = new Targets(service, "slow");
    targets.createCollection(DATABASES);
    service.done("content", "create", "Slow", "--text", "SELECT pg_sleep(7)");
    service.done(
        "job", "create", "Slow", "--content", "Slow", "--credential", "slow", "--target", "slow");
  }

  private String modeOf(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file)));
  }

  private static String port(RunningEdj service) {
    return service
        .process()
        .complained()
        .replaceAll("(?s).*listens on http://[^ ]*:(\\d+) .*", "$1");
  }
}
