package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.cli.CommandLineRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Questions to a fleet, from the command line to its databases and back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryIT {

  private static final String FLEET = "fleet";
  private static final int DATABASES = 3;
  private static final int NOT_SUCCEEDED = 1;
  private static final int ENDED_BY_CTRL_C = 130;

  private Path directory;
  private RunningEdj edj;
  private List<String> databases;

  @BeforeAll
  void start(@TempDir Path directory) {
    this.directory = directory;
    edj = RunningEdj.start(directory.resolve("data"));
    databases = new Targets(edj, FLEET).createCollection(DATABASES);
  }

  @AfterAll
  void stop() {
    edj.close();
  }

  @Test
  void everyDatabaseAnswersWithItsName() {
    CommandLineRun run = query("SELECT current_database() AS own, 7 AS n");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines().toList()).hasSize(1 + DATABASES);
    databases.forEach(name -> assertThat(run.out()).containsPattern(name + " +" + name + " +7"));
    assertThat(run.err()).startsWith("3 of 3 databases answered, 3 rows (execution ");

    String id = run.err().replaceAll("(?s).*\\(execution ([^)]*)\\).*", "$1");
    assertThat(edj.done("execution", "results", id)).contains(databases);
    assertThat(edj.ask("execution", "show", id).path("purpose").asString()).isEqualTo("Query");
    assertThat(edj.done("job", "list")).doesNotContain(id);
  }

  @Test
  void itReadsUnlessItIsToldToWrite() {
    CommandLineRun refused = query("CREATE TABLE asked (id INT)");
    assertThat(refused.exitCode()).isEqualTo(NOT_SUCCEEDED);
    assertThat(refused.err())
        .contains(
            "3 databases:", "read-only transaction", "0 of 3 databases answered, 0 rows, 3 failed");

    assertThat(query("CREATE TABLE asked (id INT)", "--write").exitCode()).isZero();
    assertThat(query("SELECT count(*) AS n FROM asked").out()).containsPattern(" 0\n");
  }

  @Test
  void whatFailsSomewhereKeepsNothingFromTheOthers() {
    CommandLineRun run =
        query(
            "SELECT 1 / CASE WHEN current_database() = '%s' THEN 0 ELSE 1 END AS n"
                .formatted(databases.getFirst()));
    assertThat(run.exitCode()).isEqualTo(NOT_SUCCEEDED);
    assertThat(run.out()).contains(databases.subList(1, DATABASES));
    assertThat(run.err()).contains("/" + databases.getFirst() + ":", "division by zero");
    assertThat(run.err()).contains("2 of 3 databases answered, 2 rows, 1 failed");
  }

  @Test
  void thousandsOfRowsComeInEveryFormat() {
    String script = "SELECT n, repeat('x', 500) AS text FROM generate_series(1, 3000) AS n";
    assertThat(query(script).out().lines()).hasSize(1 + 3_000 * DATABASES);
    assertThat(query(script, "--format", "jsonl").out().lines()).hasSize(3_000 * DATABASES);
    assertThat(query(script, "--format", "csv").out().lines()).hasSize(1 + 3_000 * DATABASES);
    CommandLineRun few = query(script, "--max-rows", "10");
    assertThat(few.out().lines()).hasSize(1 + 10 * DATABASES);
    assertThat(few.err()).contains("returned 3,000 rows; the first 10 are shown");
  }

  @Test
  void itEndsWithItsTimeOut() {
    CommandLineRun run = query("SELECT pg_sleep(602)", "--timeout", "2s");
    assertThat(run.exitCode()).isEqualTo(NOT_SUCCEEDED);
    assertThat(run.err()).contains("the job's time-out struck", "3 timed out");
  }

  @Test
  void ctrlCCancelsItEverywhere() {
    try (EdjProcess asking =
        EdjProcess.start(
            directory,
            Map.of("EDJ_DATA", edj.data().toString()),
            "query",
            "SELECT pg_sleep(600)",
            "--target",
            FLEET)) {
      String id = awaitRunningEverywhere();
      assertThat(asking.pressCtrlC()).isEqualTo(ENDED_BY_CTRL_C);
      assertThat(asking.complained()).contains("Canceled everywhere.");
      assertThat(edj.awaitEnd(id)).isEqualTo("Canceled");
      assertThat(edj.count(id, "canceled")).isEqualTo(DATABASES);
    }
  }

  @Test
  void aQueryWhoseClientIsGoneIsCanceled() {
    String id;
    try (EdjProcess asking =
        EdjProcess.start(
            directory,
            Map.of("EDJ_DATA", edj.data().toString()),
            "query",
            "SELECT pg_sleep(601)",
            "--target",
            FLEET)) {
      id = awaitRunningEverywhere();
      asking.killAtOnce();
    }
    assertThat(edj.awaitEnd(id)).isEqualTo("Canceled");
  }

  private CommandLineRun query(String script, String... options) {
    List<String> words = new ArrayList<>(List.of("query", script, "--target", FLEET));
    words.addAll(List.of(options));
    return edj.edj(words.toArray(String[]::new));
  }

  /// Returns the execution's id.
  private String awaitRunningEverywhere() {
    AtomicReference<String> id = new AtomicReference<>("");
    EdjProcess.await(() -> {
      JsonNode running = edj.ask("execution", "list", "--purpose", "Query").path(0);
      id.set(running.path("id").asString(""));
      return running.at("/children/inProgress").asInt(0) == DATABASES;
    });
    return Objects.requireNonNull(id.get());
  }
}
