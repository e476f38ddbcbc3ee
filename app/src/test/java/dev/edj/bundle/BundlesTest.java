package dev.edj.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.edj.Wiring;
import dev.edj.content.NewContent;
import dev.edj.credential.NewCredential;
import dev.edj.engine.TlsMode;
import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.JobExecution;
import dev.edj.execution.NewExecution;
import dev.edj.execution.Purpose;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.job.NewQuery;
import dev.edj.policy.NewExecutionPolicy;
import dev.edj.problem.EdjException;
import dev.edj.settings.ServiceSettings;
import dev.edj.target.Membership;
import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.Target;
import dev.edj.target.TargetKind;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestControlDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The bundle of a real run: a job of two databases, in one of which its script fails, with a
/// secret value.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BundlesTest {

  private static final String SCRIPT =
      """
      -- for $(who)
      DO $$ BEGIN RAISE NOTICE 'the key is $(key)'; END $$
      GO
      SELECT 1 / CASE current_database() WHEN '$(who)' THEN 0 ELSE 1 END
      """;
  private static final String SECRET = "mark-7f3a-of-a-secret-value";

  private final TestControlDatabase database = TestControlDatabase.create();
  private final String server = "postgresql://localhost:" + PostgresServer.shared().port();
  private final String healthy = PostgresServer.shared().createDatabase();
  private final String broken = PostgresServer.shared().createDatabase();
  private Wiring wiring;
  private JobExecution run;

  @BeforeAll
  void run(@TempDir Path directory) {
    wiring =
        Wiring.open(
            ServiceSettings.in(directory).withControlDatabase(database.address()).withPort(0));
    wiring.node().start();
    createJob();
    run = ended(wiring.executions().start("job", given(), "alice").id());
    assertThat(run.lifecycle().name()).isEqualTo("Failed");
  }

  @AfterAll
  void stop() {
    wiring.close();
    database.close();
  }

  @Test
  void itHasWhatWasToBeDoneAndWhatBecameOfIt() throws IOException {
    Map<String, String> files = files(wiring.bundles().of(run.id()));

    assertThat(json(files, "execution.json").path("lifecycle").asString()).isEqualTo("Failed");
    assertThat(json(files, "definitions/job.json").path("version").asInt()).isEqualTo(1);
    assertThat(files.get("definitions/step-1.sql")).isEqualTo(SCRIPT);
    JsonNode step = json(files, "definitions/step-1.json");
    assertThat(step.path("content").asString()).isEqualTo("script");
    assertThat(step.path("retries").path("maximumAttempts").asInt()).isEqualTo(2);
    assertThat(json(files, "definitions/parameters.json").toString())
        .contains("\"who\":\"" + broken + "\"", "\"name\":\"key\"");
    assertThat(json(files, "errors.json").toString()).contains("division by zero", broken);
    List<String> children = lines(files, "children.jsonl");
    assertThat(children).hasSize(2);
    assertThat(children.getFirst()).contains("\"Failed\"", broken);
    assertThat(children.getLast()).contains("\"Succeeded\"", healthy);
  }

  @Test
  void itHasEachAttemptWithItsBatchesAndItsLog() throws IOException {
    Map<String, String> files = files(wiring.bundles().of(run.id()));
    String failed = failedChild().id().toString();

    JsonNode attempts = json(files, "attempts/" + failed + ".json");
    assertThat(attempts).hasSize(2);
    assertThat(attempts.get(1).path("batches")).hasSize(2);
    assertThat(attempts.get(1).path("task").path("message").asString())
        .contains("division by zero");
    assertThat(files.get("logs/" + failed + ".2.log")).contains("division by zero", "line 4");
    assertThat(json(files, "attempts/" + run.id() + ".json").toString())
        .contains("ScriptSplit", "ExpandJob");
  }

  @Test
  void itHasWhatHappenedAroundAndOnWhatItRan() throws IOException {
    Map<String, String> files = files(wiring.bundles().of(run.id()));

    assertThat(files.get("audit.jsonl"))
        .contains("execution.start", "job.create", run.id().toString());
    JsonNode node = json(files, "nodes.json").get(0);
    assertThat(node.path("facts").toString())
        .contains("java=" + Runtime.version(), "control-database=shared", "worker-capacity=100");
    assertThat(Duration.parse(node.path("clockAhead").asString()).abs())
        .isLessThan(Duration.ofSeconds(5));
    JsonNode facts = json(files, "control-database.json");
    assertThat(facts.path("version").asString()).startsWith("PostgreSQL");
    assertThat(facts.path("migrations").toString()).contains("\"41\"", "node facts");
    assertThat(facts.path("settings").path("max_connections").asString()).isNotEmpty();
    assertThat(files.get("metrics.json")).contains("edj_control_database_up");
    assertThat(files.get("README.md"))
        .contains(run.id().toString(), "Left out: nothing.")
        .contains("There are no passwords");
  }

  @Test
  void nothingSecretIsInIt() throws IOException {
    Map<String, String> files = files(wiring.bundles().of(run.id()));

    assertThat(files).hasSizeGreaterThan(10);
    files.forEach((name, text) ->
        assertThat(text).as(name).doesNotContain(SECRET).doesNotContain(PostgresServer.PASSWORD));
    assertThat(files.get("logs/" + failedChild().id() + ".1.log")).contains("the key is ");
  }

  @Test
  void ofAChildItHasThatOneAlone() throws IOException {
    JobExecution child = failedChild();
    Bundle bundle = wiring.bundles().of(child.id());
    Map<String, String> files = files(bundle);

    assertThat(bundle.name()).isEqualTo("execution-" + child.id());
    assertThat(lines(files, "children.jsonl")).hasSize(1);
    assertThat(files.get("README.md")).contains("Left out: all other children of execution");
    assertThat(files).containsKey("definitions/job.json");
  }

  @Test
  void whatIsTooMuchIsLeftOutAndSaysSo() throws IOException {
    Map<String, String> files =
        files(wiring.bundles().of(run.id(), new Limits(1, 1, 2, 40, 130, 1)));

    assertThat(lines(files, "children.jsonl")).hasSize(1);
    assertThat(lines(files, "audit.jsonl")).hasSize(1);
    assertThat(files.get("README.md"))
        .contains("children beyond the first 1", "logs, because all together");
    String newest = files.get("logs/" + failedChild().id() + ".2.log");
    assertThat(newest).contains("characters are left out here]");
  }

  @Test
  void whatIsJustNotTooMuchIsAllThere() throws IOException {
    Map<String, String> files =
        files(wiring.bundles().of(run.id(), new Limits(2, 2, 10, 10_000, 100_000, 100)));

    assertThat(lines(files, "children.jsonl")).hasSize(2);
    assertThat(files.get("README.md")).contains("Left out: nothing.");
  }

  @Test
  void ofManyAttemptsTheNewestAreTold() throws IOException {
    Map<String, String> files =
        files(wiring.bundles().of(run.id(), new Limits(10, 10, 1, 1_000, 100_000, 10)));

    JsonNode attempts = json(files, "attempts/" + failedChild().id() + ".json");
    assertThat(attempts).hasSize(1);
    assertThat(attempts.get(0).path("task").path("number").asInt()).isEqualTo(2);
    assertThat(files)
        .containsKey("logs/" + failedChild().id() + ".2.log")
        .doesNotContainKey("logs/" + failedChild().id() + ".1.log");
    // The script was split and the job expanded, beside the two attempts on the broken database.
    assertThat(files.get("README.md"))
        .contains("2 attempts that were not among the newest 1 of their execution");
  }

  /// Half a gigabyte of attempts.
  @Test
  void aHundredThousandAttemptsNeedLittleMemory(@TempDir Path directory) throws Exception {
    JobExecution other = ended(wiring.executions().start("job", given(), "alice").id());
    UUID child = childOn(broken, other).id();
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                INSERT INTO task_execution (execution_id, task_number, type, lifecycle, created_at, message, stack)
                SELECT ?, number, 'ScriptExecution', 'Failed', now(), 'attempt ' || number, repeat('stack', 1000)
                FROM generate_series(3, 100000) number
                """,
                child));
    Path file = directory.resolve("bundle.zip");

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                LargeBundle.class.getName(),
                database.address().url(),
                database.address().user(),
                database.address().password(),
                child.toString(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();

    Map<String, String> files = files("execution-" + child, Files.readAllBytes(file));
    JsonNode attempts = json(files, "attempts/" + child + ".json");
    assertThat(attempts).hasSize(1_000);
    assertThat(attempts.get(999).path("task").path("message").asString())
        .isEqualTo("attempt 100000");
    assertThat(files.get("README.md")).contains("99,000 attempts that were not among the newest");
  }

  @Test
  void aCheckHasOneToo() throws IOException {
    JobExecution check =
        ended(
            wiring
                .executions()
                .start(
                    "job",
                    new NewExecution(
                        null, Map.of("who", "x"), Map.of("key", SECRET), Purpose.Check),
                    "alice")
                .id());

    assertThat(files(wiring.bundles().of(check.id()))).containsKeys("children.jsonl", "README.md");
  }

  @Test
  void thatOfAQuerySaysWhoAsked() throws IOException {
    JobExecution query = wiring.queries().start(new NewQuery("SELECT 1", "both", "login"), "carol");
    Map<String, String> files = files(wiring.bundles().of(ended(query.id()).id()));

    assertThat(lines(files, "audit.jsonl"))
        .singleElement(STRING)
        .contains("query.start", query.id().toString());
  }

  /// Many other executions of a job that runs often.
  @Test
  void theEventsOfTheExecutionComeBeforeThoseOfItsJob() throws IOException {
    ended(wiring.executions().start("job", given(), "alice").id());
    Map<String, String> files =
        files(wiring.bundles().of(run.id(), new Limits(10, 10, 10, 10_000, 100_000, 1)));

    assertThat(lines(files, "audit.jsonl")).singleElement(STRING).contains(run.id().toString());
  }

  @Test
  void whatIsNotThereHasNone() {
    assertThatThrownBy(() -> wiring.bundles().of(UUID.randomUUID()))
        .isInstanceOf(EdjException.class)
        .hasMessageContaining("not");
  }

  private static Map<String, String> files(Bundle bundle) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bundle.write(out);
    return files(bundle.name(), out.toByteArray());
  }

  private static Map<String, String> files(String folder, byte[] bytes) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertThat(entry.getName()).startsWith(folder + "/");
        files.put(
            entry.getName().substring(folder.length() + 1), new String(zip.readAllBytes(), UTF_8));
      }
    }
    return files;
  }

  private static List<String> lines(Map<String, String> files, String name) {
    return requireNonNull(files.get(name)).lines().toList();
  }

  private static JsonNode json(Map<String, String> files, String name) {
    assertThat(files).containsKey(name);
    return JsonMapper.shared().readTree(files.get(name));
  }

  private JobExecution failedChild() {
    return childOn(broken, run);
  }

  private JobExecution childOn(String name, JobExecution parent) {
    return wiring
        .executions()
        .list(
            ExecutionFilter.page(10)
                .parent(parent.id())
                .database(name)
                .includeInactive(true)
                .filter())
        .items()
        .getFirst();
  }

  private JobExecution ended(UUID id) {
    return wiring.executions().await(List.of(id), false, Duration.ofSeconds(60)).getFirst();
  }

  private NewExecution given() {
    return new NewExecution(null, Map.of("who", broken), Map.of("key", SECRET), null);
  }

  /// To be given at each start.
  private static Map<String, @Nullable String> declared(String name) {
    Map<String, @Nullable String> values = new HashMap<>();
    values.put(name, null);
    return values;
  }

  private void createJob() {
    wiring
        .targets()
        .create(
            new NewTarget(
                TargetKind.Server,
                null,
                server,
                null,
                null,
                null,
                new ServerSettingsChange(TlsMode.DISABLE, null, null, null, null, null, null)));
    Target both =
        wiring
            .targets()
            .create(
                new NewTarget(TargetKind.CustomCollection, "both", null, null, null, null, null));
    for (String name : List.of(healthy, broken)) {
      wiring
          .targets()
          .addChild(
              both.name(),
              wiring
                  .targets()
                  .create(new NewTarget(TargetKind.Database, null, server, name, null, null, null))
                  .name(),
              Membership.Include);
    }
    wiring
        .credentials()
        .create(
            new NewCredential(
                "login", PostgresServer.USER, PostgresServer.PASSWORD, null, List.of(server)));
    wiring.contents().create(new NewContent("script", SCRIPT, null));
    wiring
        .policies()
        .create(
            new NewExecutionPolicy(
                "twice", null, null, Duration.ofMillis(1), null, null, 2, null, null, null, null));
    wiring
        .jobs()
        .create(
            new NewJob(
                "job",
                null,
                List.of(NewJobStep.of("script", "login", "both").policy("twice").build()),
                null,
                declared("who"),
                declared("key"),
                null));
  }
}
