package dev.edj.e2e;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.cli.CommandLineRun;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestShardMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What administrators do with jobs, on one service and one server of databases: every cmdlet of
/// the original's own tutorial, by the command that took its place.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenariosIT {

  private static final int BAD_INPUT = 2;
  private static final int NOT_FOUND = 4;
  private static final int CONFLICT = 5;
  private static final int TIMED_OUT = 6;

  private static final String FLEET = "fleet";
  private static final String ONCE = "Once";

  private static final String CREATE_TEST_TABLE =
      """
      CREATE TABLE IF NOT EXISTS TestTable(
        TestTableId INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        InsertionTime TIMESTAMPTZ
      );
      GO
      INSERT INTO TestTable(InsertionTime) VALUES (now());
      GO
      """;

  private final AtomicInteger number = new AtomicInteger();
  private RunningEdj edj;
  private List<String> databases;

  @BeforeAll
  void start(@TempDir Path directory) {
    edj = RunningEdj.start(directory.resolve("data"));
    databases = new Targets(edj, FLEET).createCollection(3);
    edj.done("policy", "create", ONCE, "--maximum-attempts", "1");
  }

  @AfterAll
  void stop() {
    edj.close();
  }

  @Test
  void aCredentialIsCreatedAndItsPasswordChanged() {
    edj.done(
        "credential",
        "create",
        "rotating",
        "--user",
        "admin",
        "--server",
        Targets.server(),
        "--password-file",
        edj.passwordFile("wrong").toString());
    assertThat(messageOf(runOnce("SELECT 1", "rotating", FLEET))).contains("SQLSTATE 28P01");

    CommandLineRun update =
        edj.edjWithInput(
            PostgresServer.PASSWORD + "\n", "credential", "update", "rotating", "--password-stdin");
    assertThat(update.exitCode()).isZero();
    assertThat(runOnce("SELECT 1", "rotating", FLEET).path("lifecycle").asString())
        .isEqualTo("Succeeded");

    assertThat(edj.done("credential", "show", "rotating")).doesNotContain(PostgresServer.PASSWORD);
    assertThat(edj.done("credential", "list")).contains("rotating", FLEET);
    assertThat(edj.refused(BAD_INPUT, "credential", "update", "rotating", "--server", "*"))
        .contains("password");
    edj.done("credential", "update", "rotating", "--no-server");
    edj.refused(
        CONFLICT,
        "job",
        "create",
        "nowhere",
        "--content",
        content("SELECT 1"),
        "--credential",
        "rotating",
        "--target",
        FLEET);
  }

  @Test
  void scriptsComeFromTextAndFromFilesInVersions(@TempDir Path directory) throws IOException {
    String text = "SELECT 'Zoë 🦆';\n";
    Path utf8 = Files.write(directory.resolve("8.sql"), ("\ufeff" + text).getBytes(UTF_8));
    Path utf16 = Files.write(directory.resolve("16.sql"), ("\ufeff" + text).getBytes(UTF_16LE));

    edj.done("content", "create", "from text", "--text", text);
    edj.done("content", "create", "from a file", "--file", utf8.toString());
    edj.done("content", "update", "from a file", "--file", utf16.toString(), "--comment", "As 16");
    CommandLineRun piped =
        edj.edjWithInput("SELECT 3;", "content", "update", "from a file", "--file", "-");

    assertThat(piped.exitCode()).isZero();
    assertThat(edj.done("content", "text", "from text")).isEqualTo(text);
    assertThat(edj.done("content", "text", "from a file", "--version", "1")).isEqualTo(text);
    assertThat(edj.done("content", "text", "from a file", "--version", "2")).isEqualTo(text);
    assertThat(edj.done("content", "text", "from a file")).isEqualTo("SELECT 3;");
    assertThat(edj.done("content", "versions", "from a file")).contains("As 16");
    assertThat(edj.ask("content", "show", "from a file").path("latestVersion").asInt())
        .isEqualTo(3);
    assertThat(edj.done("content", "list")).contains("from text", "from a file");
  }

  @Test
  void aTableIsCreatedEverywhereAndThenChanged() {
    edj.done("content", "create", "Create a TestTable", "--text", CREATE_TEST_TABLE);
    edj.done(
        "job",
        "create",
        "Add the table",
        "--content",
        "Create a TestTable",
        "--credential",
        FLEET,
        "--target",
        FLEET);
    String first = edj.start("Add the table");
    assertThat(edj.awaitEnd(first)).isEqualTo("Succeeded");

    edj.done(
        "content",
        "update",
        "Create a TestTable",
        "--comment",
        "Adding a column",
        "--text",
        CREATE_TEST_TABLE
            + "ALTER TABLE TestTable ADD COLUMN IF NOT EXISTS AdditionalInformation TEXT;\nGO\n"
            + "INSERT INTO TestTable(AdditionalInformation) VALUES ('test');\n");
    CommandLineRun watched = edj.edj("job", "start", "Add the table", "--wait");
    assertThat(watched.exitCode()).isZero();
    assertThat(watched.err()).contains("3 of 3 ended: 3 succeeded");
    assertThat(watched.out()).contains("Create a TestTable (version 2)");

    JsonNode children = edj.ask("execution", "children", first);
    assertThat(children.findValuesAsString("database"))
        .containsExactlyInAnyOrderElementsOf(databases);
    String task = children.path(0).path("id").asString() + ".1";
    assertThat(edj.ask("execution", "batches", task)).hasSize(2);
  }

  @Test
  void collectionsHoldCollectionsAndLeaveOut() {
    edj.done("target", "create", "custom-collection", "all but one");
    edj.done("target", "add-child", "all but one", FLEET);
    edj.done(
        "target",
        "add-child",
        "all but one",
        "--server",
        Targets.server(),
        "--database",
        databases.getFirst(),
        "--exclude");
    assertThat(
            edj.ask("target", "resolve", "all but one")
                .path("databases")
                .findValuesAsString("database"))
        .containsExactlyInAnyOrderElementsOf(databases.subList(1, 3));
    assertThat(edj.done("target", "resolve", "all but one", "--explain"))
        .contains("excluded by all but one > '" + Targets.server() + "/" + databases.getFirst())
        .contains("all but one > " + FLEET + " > '" + Targets.server() + "/" + databases.get(1));
    assertThat(edj.done("target", "children", "all but one")).contains("Exclude", FLEET);

    assertThat(edj.refused(BAD_INPUT, "target", "add-child", FLEET, "all but one"))
        .contains("itself");
    assertThat(edj.refused(BAD_INPUT, "target", "add-child", FLEET, FLEET)).contains("itself");

    edj.done(
        "target",
        "remove-child",
        "all but one",
        "--server",
        Targets.server(),
        "--database",
        databases.getFirst());
    assertThat(edj.ask("target", "resolve", "all but one").path("databases")).hasSize(3);
  }

  @Test
  void aShardMapIsRunOnTheShardsItHasAtEachStart() {
    TestShardMap map = TestShardMap.create();
    map.add("localhost:" + PostgresServer.shared().port(), databases.get(0));
    edj.done(
        "target",
        "create",
        "shard-map",
        "--server",
        Targets.server(),
        "--database",
        map.database(),
        "--map",
        "tenants",
        "--credential",
        FLEET,
        "--name",
        "shards");
    assertThat(edj.done("target", "show", "shards")).contains("ShardMap", "tenants", FLEET);
    assertThat(edj.done("target", "list", "--kind", "ShardMap")).contains("shards");
    String job = job(content("CREATE TABLE IF NOT EXISTS sharded (id INT)"), FLEET, "shards");
    String first = ended(edj.start(job));
    assertThat(edj.ask("execution", "children", first).findValuesAsString("database"))
        .containsExactly(databases.get(0));
    JsonNode refresh = edj.ask("execution", "tasks", first).path(0);
    assertThat(refresh.path("type").asString()).isEqualTo("ShardMapRefresh");
    assertThat(refresh.path("message").asString()).contains("shard map 'Tenants' has 1 databases");

    map.add("localhost:" + PostgresServer.shared().port(), databases.get(1));
    String second = edj.start(job);
    assertThat(edj.awaitEnd(second)).isEqualTo("Succeeded");
    assertThat(edj.ask("execution", "children", second).findValuesAsString("database"))
        .containsExactlyInAnyOrder(databases.get(0), databases.get(1));
  }

  @Test
  void aShardThatCannotBeConnectedToIsAFailureAndNotTheOthers() {
    TestShardMap map = TestShardMap.create();
    map.add("localhost:" + PostgresServer.shared().port(), databases.get(0));
    map.add("localhost", "piped", 2);
    edj.done(
        "target",
        "create",
        "shard-map",
        "--server",
        Targets.server(),
        "--database",
        map.database(),
        "--map",
        "Tenants",
        "--name",
        "one is piped");
    String run = edj.start(job(content("SELECT 1"), FLEET, "one is piped", "--policy", ONCE));
    assertThat(edj.awaitEnd(run)).isEqualTo("Failed");
    assertThat(edj.count(run, "succeeded")).isEqualTo(1);
    JsonNode failed = edj.ask("execution", "children", run, "--lifecycle", "Failed").path(0);
    assertThat(failed.path("database").asString()).isEqualTo("piped");
    assertThat(
            edj.ask("execution", "tasks", failed.path("id").asString())
                .path(0)
                .path("message")
                .asString())
        .contains("named pipes");
  }

  @Test
  void executionsAreFoundByEverythingTheyHave() {
    String content = content("SELECT 1");
    String job = job(content, FLEET, FLEET);
    String execution = edj.start(job);
    edj.awaitEnd(execution);

    assertThat(edj.ask("execution", "list", "--job", job)).isEmpty();
    for (List<String> filter :
        List.of(
            List.of("--job", job),
            List.of("--target", FLEET),
            List.of("--content", content),
            List.of("--job", job, "--lifecycle", "Succeeded", "--since", "1h"))) {
      List<String> words = new ArrayList<>(List.of("execution", "list", "--all"));
      words.addAll(filter);
      assertThat(edj.ask(words.toArray(String[]::new)).findValuesAsString("id"))
          .as(filter.toString())
          .contains(execution);
    }
    assertThat(
            edj.ask(
                    "execution",
                    "list",
                    "--all",
                    "--server",
                    Targets.server(),
                    "--database",
                    databases.getFirst(),
                    "--job",
                    job)
                .findValuesAsString("database"))
        .containsExactly(databases.getFirst());
    assertThat(edj.ask("execution", "list", "--all", "--job", job, "--until", "1h")).isEmpty();
    assertThat(edj.ask("execution", "children", execution, "--lifecycle", "Failed")).isEmpty();
    assertThat(edj.ask("execution", "children", execution, "--limit", "2")).hasSize(2);
  }

  @Test
  void aFailureTellsItsErrorItsBatchAndItsLine() {
    String script =
        """
        SELECT 1;
        GO
        -- the table is missing
        INSERT INTO no_such_table VALUES (1);
        """;
    String execution = edj.start(job(content(script), FLEET, FLEET, "--policy", ONCE));
    assertThat(edj.awaitEnd(execution)).isEqualTo("Failed");
    JsonNode failed = edj.ask("execution", "children", execution, "--lifecycle", "Failed");
    assertThat(failed).hasSize(3);
    String child = failed.path(0).path("id").asString();
    JsonNode task = edj.ask("execution", "tasks", child).path(0);
    assertThat(task.path("lifecycle").asString()).isEqualTo("Failed");
    assertThat(task.path("message").asString())
        .startsWith("SQLSTATE 42P01, batch 2, line 4: relation \"no_such_table\" does not exist");
    assertThat(edj.done("execution", "tasks", child + ".1")).contains("Stack", "PSQLException");
    assertThat(edj.done("execution", "log", execution)).contains("SQLSTATE 42P01", "execution log");
  }

  @Test
  void exactlyOnceIsAskedForShownAndTakenBack() {
    String script = content("CREATE TABLE IF NOT EXISTS priced (id INT)");
    String job = job(script, FLEET, FLEET, "--exactly-once", "--policy", ONCE);
    assertThat(edj.done("job", "show", job)).containsPattern("Exactly once +yes");
    String execution = edj.start(job);
    assertThat(edj.awaitEnd(execution)).isEqualTo("Succeeded");

    String ledger = content("INSERT INTO edj.ledger VALUES (gen_random_uuid(), 1, 'x'); COMMIT;");
    assertThat(edj.done("job", "update", job, "--content", ledger)).contains("Exactly once");
    JsonNode refused = edj.ask("execution", "show", ended(edj.start(job)));
    assertThat(refused.path("lifecycle").asString()).isEqualTo("Failed");
    assertThat(refused.path("message").asString()).contains("exactly once", "COMMIT");
    assertThat(edj.ask("execution", "children", refused.path("id").asString())).isEmpty();

    assertThat(edj.done("job", "update", job, "--no-exactly-once")).doesNotContain("Exactly once");
    assertThat(edj.ask("job", "show", job).path("steps").path(0).path("exactlyOnce").asBoolean())
        .isFalse();
    assertThat(edj.awaitEnd(edj.start(job))).isEqualTo("Succeeded");
  }

  /// A release of three steps, on one database first. On one of them the second step fails; it is
  /// mended and tried again there only.
  @Test
  void aReleaseGoesOutInWavesAndIsTriedAgainWhereItFailed() {
    String add = content("CREATE TABLE released (step int); INSERT INTO released VALUES (1);");
    String fill =
        content(
            "INSERT INTO released SELECT 2 / (current_database() <> '%s')::int"
                .formatted(databases.stream().sorted().toList().getLast()));
    String tell = content("INSERT INTO released VALUES ($(note))");
    String job =
        job(
            add,
            FLEET,
            FLEET,
            "--policy",
            ONCE,
            "--wave",
            "1",
            "--wave-approval",
            "--param",
            "note=3");
    edj.done("step", "add", job, "--content", tell, "--name", "tell");
    edj.done("step", "add", job, "--content", fill, "--name", "fill", "--at", "2");
    edj.done("step", "move", job, "tell", "--to", "2");
    edj.done("step", "move", job, "3", "--to", "2");
    assertThat(edj.done("step", "list", job)).containsPattern("(?s)2 +fill.*3 +tell");
    edj.refused(BAD_INPUT, "step", "remove", job, "4");
    edj.refused(BAD_INPUT, "job", "start", job, "--param", "other=1");

    JsonNode first = edj.ask("job", "start", job, "--param", "note=30");
    String run = first.path("id").asString();
    EdjProcess.await(() -> edj.done("execution", "show", run).contains("approval of wave 2 of 2"));
    assertThat(edj.count(run, "succeeded")).isEqualTo(3);
    edj.done("execution", "approve", run);
    assertThat(edj.awaitEnd(run)).isEqualTo("Failed");
    assertThat(edj.count(run, "succeeded")).isEqualTo(7);
    assertThat(edj.count(run, "skipped")).isEqualTo(1);
    edj.refused(CONFLICT, "execution", "approve", run);

    edj.done("content", "update", fill, "--text", "INSERT INTO released VALUES (2)");
    String again = edj.ask("execution", "retry", run).path("id").asString();
    assertThat(edj.awaitEnd(again)).isEqualTo("Succeeded");
    assertThat(edj.count(again, "succeeded")).isEqualTo(2);
    String check =
        "SELECT 1 / (string_agg(step::text, ' ' ORDER BY step) = '1 2 30')::int FROM released";
    assertThat(runOnce(check, FLEET, FLEET).path("lifecycle").asString()).isEqualTo("Succeeded");
    edj.refused(CONFLICT, "execution", "retry", again);
    edj.done("step", "remove", job, "tell");
    assertThat(edj.ask("job", "start", job, "--version", "1").path("jobVersion").asInt())
        .isEqualTo(1);
    edj.done("job", "stop", job);
  }

  private String ended(String execution) {
    edj.awaitEnd(execution);
    return execution;
  }

  @Test
  void aPolicyIsCreatedChangedAndKeptWhileItIsUsed() {
    edj.done(
        "policy",
        "create",
        "Patient",
        "--job-timeout",
        "30m",
        "--initial-retry-interval",
        "10s",
        "--maximum-retry-interval",
        "1m",
        "--retry-interval-backoff-coefficient",
        "1.5",
        "--maximum-attempts",
        "999999");
    edj.done("policy", "update", "Patient", "--initial-retry-interval", "15s");
    assertThat(edj.done("policy", "show", "Patient")).contains("15s", "1.5", "999999", "30m");
    String job = job(content("SELECT 1"), FLEET, FLEET, "--policy", "Patient");
    assertThat(edj.refused(CONFLICT, "policy", "delete", "Patient")).contains(job);
    edj.refused(CONFLICT, "policy", "delete", "Default execution policy");
    edj.refused(BAD_INPUT, "policy", "create", "never", "--maximum-attempts", "0");
    edj.refused(BAD_INPUT, "policy", "create", "soon", "--initial-retry-interval", "ten");
  }

  @Test
  void whatRunsIsStoppedByExecutionAndByJob() {
    String job = job(content("SELECT pg_sleep(60)"), FLEET, FLEET);
    String first = startAndAwaitRunning(job);
    edj.done("execution", "stop", first);
    assertThat(edj.awaitEnd(first)).isEqualTo("Canceled");
    assertThat(edj.count(first, "canceled")).isEqualTo(3);

    String second = startAndAwaitRunning(job);
    assertThat(edj.done("job", "stop", job)).contains(second);
    assertThat(edj.awaitEnd(second)).isEqualTo("Canceled");
    assertThat(edj.done("job", "stop", job)).contains("Nothing of it runs.");
  }

  @Test
  void aWaitIsForOneOrForAllOrForATime() {
    String slow = edj.start(job(content("SELECT pg_sleep(60)"), FLEET, FLEET));
    String quick = edj.start(job(content("SELECT 1"), FLEET, FLEET));
    assertThat(edj.edj("execution", "wait", slow, quick, "--any").exitCode()).isZero();
    assertThat(edj.refused(TIMED_OUT, "execution", "wait", slow, quick, "--timeout", "1s"))
        .contains("edj execution stop " + slow);
    edj.done("execution", "stop", slow);
    assertThat(edj.edj("execution", "wait", slow, quick).exitCode()).isEqualTo(1);
  }

  @Test
  void aDisabledJobIsNotStarted() {
    String job = job(content("SELECT 1"), FLEET, FLEET);
    edj.done("job", "disable", job);
    assertThat(edj.refused(CONFLICT, "job", "start", job)).contains("disabled");
    edj.done("job", "enable", job);
    assertThat(edj.awaitEnd(edj.start(job))).isEqualTo("Succeeded");
  }

  @Test
  void aDeletedJobGoesWithItsHistoryWhenNothingOfItRuns() {
    String job = job(content("SELECT pg_sleep(60)"), FLEET, FLEET);
    String execution = startAndAwaitRunning(job);
    edj.done("job", "delete", job);
    assertThat(edj.done("job", "show", job)).contains("being deleted");
    assertThat(edj.refused(CONFLICT, "job", "start", job)).contains("delete");
    assertThat(edj.count(execution, "inProgress")).isEqualTo(3);

    edj.done("execution", "stop", execution);
    EdjProcess.await(() -> edj.edj("job", "show", job).exitCode() == NOT_FOUND);
    edj.refused(NOT_FOUND, "execution", "show", execution);
  }

  @Test
  void historyIsPurgedByJobAndDateAndNothingThatRuns() {
    String kept = job(content("SELECT 1"), FLEET, FLEET);
    String keptExecution = edj.start(kept);
    edj.awaitEnd(keptExecution);
    String job = job(content("SELECT 1"), FLEET, FLEET);
    String ended = edj.start(job);
    edj.awaitEnd(ended);
    String child = edj.ask("execution", "children", ended).path(0).path("id").asString();
    String slow = job(content("SELECT pg_sleep(60)"), FLEET, FLEET);
    String running = startAndAwaitRunning(slow);

    assertThat(edj.refused(BAD_INPUT, "execution", "purge")).contains("--job", "--before");
    assertThat(edj.done("execution", "purge", "--job", job, "--before", "1h"))
        .contains("No such executions");
    EdjProcess.await(() ->
        edj.done("execution", "purge", "--job", job, "--all").contains("1 execution removed"));
    assertThat(edj.done("execution", "purge", "--job", slow, "--all"))
        .contains("No such executions");

    edj.refused(NOT_FOUND, "execution", "show", ended);
    edj.refused(NOT_FOUND, "execution", "show", child);
    edj.refused(NOT_FOUND, "execution", "log", child);
    assertThat(edj.ask("execution", "list", "--all", "--job", job)).isEmpty();
    assertThat(edj.ask("execution", "list", "--all", "--job", kept).findValuesAsString("id"))
        .containsExactly(keptExecution);
    assertThat(edj.count(running, "inProgress")).isEqualTo(3);
    edj.done("execution", "stop", running);
  }

  @Test
  void whatIsUsedIsNotDeleted() {
    String content = content("SELECT 1");
    String job = job(content, FLEET, FLEET);
    edj.refused(CONFLICT, "content", "delete", content);
    edj.refused(CONFLICT, "credential", "delete", FLEET);
    edj.refused(CONFLICT, "target", "delete", FLEET);
    edj.refused(CONFLICT, "target", "delete", Targets.server() + "/" + databases.getFirst());
    edj.done("job", "delete", job);
    EdjProcess.await(() -> edj.edj("job", "show", job).exitCode() == NOT_FOUND);
    edj.done("content", "delete", content);
  }

  @Test
  void aScheduleStartsAJobThroughATrigger() {
    String job = job(content("SELECT 1"), FLEET, FLEET);
    assertThat(
            edj.done(
                "schedule",
                "create",
                "Every one minute",
                "--interval-type",
                "Minutes",
                "--interval-count",
                "1"))
        .contains("every minute");
    assertThat(edj.ask("schedule", "next", "Every one minute", "--count", "3")).hasSize(3);
    edj.done("schedule", "create", "Every second", "--cron", "* * * * * *");
    edj.done("trigger", "create", job, "Every one minute", "--disabled");
    edj.done("trigger", "create", job, "Every second");
    edj.refused(CONFLICT, "trigger", "create", job, "Every second");

    List<String> started =
        List.of("execution", "list", "--job", job, "--schedule", "Every second", "--all");
    EdjProcess.await(() -> !edj.ask(started.toArray(String[]::new)).isEmpty());
    edj.done("trigger", "disable", job, "Every second");
    JsonNode executions = edj.ask(started.toArray(String[]::new));
    assertThat(executions.findValuesAsString("plannedAt")).doesNotHaveDuplicates();
    String execution = executions.path(0).path("id").asString();
    assertThat(edj.awaitEnd(execution)).isEqualTo("Succeeded");
    assertThat(edj.done("execution", "show", execution)).contains("Every second", "Planned");
    assertThat(
            edj.ask("execution", "list", "--job", job, "--schedule", "Every one minute", "--all"))
        .isEmpty();
    assertThat(edj.ask("trigger", "firings", job, "Every second").findValuesAsString("executionId"))
        .contains(execution);

    assertThat(edj.ask("trigger", "list", "--job", job)).hasSize(2);
    assertThat(edj.ask("trigger", "list", "--schedule", "Every second").findValuesAsString("job"))
        .containsExactly(job);
    assertThat(edj.refused(CONFLICT, "schedule", "delete", "Every second")).contains(job);
    edj.done("trigger", "delete", job, "Every second");
    edj.done("schedule", "delete", "Every second");
    edj.refused(NOT_FOUND, "trigger", "enable", job, "Every second");
  }

  @Test
  void schedulesAreWrittenAsPeopleSayThem() {
    assertThat(
            edj.done(
                "schedule",
                "create",
                "Nightly",
                "--weekdays",
                "mon-fri",
                "--time",
                "22:00",
                "--zone",
                "Europe/Brussels",
                "--window",
                "20:00-23:00"))
        .contains("weekdays at 22:00 between 20:00 and 23:00 Europe/Brussels");
    assertThat(edj.done("schedule", "update", "Nightly", "--every", "2d", "--no-window"))
        .contains("every 2 days")
        .doesNotContain("between");
    assertThat(edj.refused(BAD_INPUT, "schedule", "create", "Never", "--cron", "0 0 30 2 *"))
        .contains("never fires");
    assertThat(edj.refused(BAD_INPUT, "schedule", "create", "Past", "--at", "2020-01-01T00:00"))
        .contains("has passed");
    edj.refused(NOT_FOUND, "schedule", "next", "no such thing");
    assertThat(edj.done("schedule", "list")).contains("Nightly");
  }

  @Test
  void aJobFollowsTheEndOfAnother() {
    String first = job(content("SELECT 1"), FLEET, FLEET);
    String second = job(content("SELECT 2"), FLEET, FLEET);
    String rescue = job(content("SELECT 3"), FLEET, FLEET);
    edj.done("trigger", "create", second, "--after", first, "--on", "success");
    edj.done("trigger", "create", rescue, "--after", first, "--on", "failure");
    assertThat(edj.refused(BAD_INPUT, "trigger", "create", first, "--after", second))
        .contains("for ever");
    String execution = edj.start(first);
    EdjProcess.await(() -> !edj.ask("execution", "list", "--job", second, "--all").isEmpty());
    assertThat(
            edj.ask("execution", "list", "--job", second, "--all").findValuesAsString("followsId"))
        .containsExactly(execution);
    assertThat(edj.ask("execution", "list", "--job", rescue, "--all")).isEmpty();
  }

  @Test
  void whatCannotBeIsRefusedWithItsCode() {
    String content = content("SELECT 1");
    for (String noun : List.of("credential", "content", "target", "policy", "job")) {
      assertThat(edj.refused(NOT_FOUND, noun, "show", "no such thing")).contains("no such thing");
    }
    edj.refused(NOT_FOUND, "execution", "show", "0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f");
    assertThat(edj.refused(CONFLICT, "content", "create", content, "--text", "SELECT 1"))
        .contains("exists");
    edj.refused(CONFLICT, "target", "create", "custom-collection", FLEET);
    edj.refused(CONFLICT, "target", "create", "server", Targets.server());
    edj.refused(BAD_INPUT, "content", "create", "x".repeat(129), "--text", "SELECT 1");
    edj.refused(
        BAD_INPUT,
        "job",
        "create",
        "x".repeat(129),
        "--content",
        content,
        "--credential",
        FLEET,
        "--target",
        FLEET);
    edj.refused(BAD_INPUT, "content", "create", "empty", "--text", "");
    edj.refused(BAD_INPUT, "content", "create", "blank", "--text", " \n");
    edj.refused(BAD_INPUT, "content", "create", "missing", "--file", "/no/such/file.sql");
    edj.refused(BAD_INPUT, "target", "create", "server", "oracle://localhost");
    edj.refused(
        BAD_INPUT,
        "job",
        "create",
        "j",
        "--content",
        "no such",
        "--credential",
        FLEET,
        "--target",
        FLEET);
    edj.refused(BAD_INPUT, "content", "split", "--text", "SELECT 1 /* open");
    edj.refused(BAD_INPUT, "content", "split", "--text", "SELECT 1\nGO 99999999999");
    edj.refused(BAD_INPUT, "execution", "list", "--lifecycle", "Finished");
    edj.refused(BAD_INPUT, "execution", "show", "not-an-id");
  }

  @Test
  void aScriptThatCannotBeRightTouchesNoDatabase() {
    for (String script :
        List.of(
            "SELECT 1 /* open", "SELECT 'open", "SELECT 1\nGO 99999999999", "SELECT $(missing)")) {
      JsonNode ended = runOnce(script, FLEET, FLEET);
      assertThat(ended.path("lifecycle").asString()).as(script).isEqualTo("Failed");
      assertThat(ended.path("message").asString()).as(script).containsIgnoringCase("line ");
      assertThat(edj.ask("execution", "children", ended.path("id").asString())).isEmpty();
    }
  }

  @Test
  void namesMayHoldAlmostAnything() {
    String odd = "a]b'c%d/e\"f?g#h 50% ü 🦆 \\";
    PostgresServer.shared().execute("CREATE DATABASE \"" + odd.replace("\"", "\"\"") + "\"");
    edj.done(
        "credential",
        "create",
        odd,
        "--user",
        PostgresServer.USER,
        "--server",
        Targets.server(),
        "--password-file",
        edj.passwordFile(PostgresServer.PASSWORD).toString());
    edj.done("content", "create", odd, "--text", "SELECT current_database()");
    edj.done("target", "create", "custom-collection", odd);
    edj.done("target", "add-child", odd, "--server", Targets.server(), "--database", odd);
    edj.done("policy", "create", odd, "--maximum-attempts", "1");
    edj.done(
        "job",
        "create",
        odd,
        "--content",
        odd,
        "--credential",
        odd,
        "--target",
        odd,
        "--policy",
        odd);
    String execution = edj.start(odd);
    assertThat(edj.awaitEnd(execution)).isEqualTo("Succeeded");
    assertThat(edj.ask("execution", "children", execution).path(0).path("database").asString())
        .isEqualTo(odd);
    assertThat(
            edj.ask("execution", "list", "--all", "--job", odd, "--target", odd, "--content", odd))
        .hasSize(1);
    assertThat(edj.done("job", "show", odd)).contains(odd);
  }

  @Test
  void aServerThatCannotBeReachedIsToldOfEachDatabase() {
    edj.done(
        "credential",
        "create",
        "any",
        "--user",
        "admin",
        "--server",
        "*",
        "--password-file",
        edj.passwordFile(PostgresServer.PASSWORD).toString());
    assertThat(failureAt("postgresql://nowhere.invalid", "d")).contains("nowhere.invalid");
    assertThat(failureAt("postgresql://localhost:1", "d")).contains("localhost:1");
    assertThat(failureAt(Targets.server(), "no_such_database"))
        .contains("SQLSTATE 3D000", "no_such_database");
    // The certificate is one for localhost, and under this name nobody trusts it.
    assertThat(failureAt("postgresql://127.0.0.1:" + PostgresServer.shared().port(), "postgres"))
        .containsIgnoringCase("certificate");
  }

  @Test
  void whatCannotPassByItselfIsNotRetriedByATransientPolicy() {
    edj.done(
        "credential",
        "create",
        "stale",
        "--user",
        "admin",
        "--server",
        Targets.server(),
        "--password-file",
        edj.passwordFile("stale").toString());
    edj.done("policy", "create", "Transient", "--retry", "transient", "--maximum-attempts", "50");
    String execution = edj.start(job(content("SELECT 1"), "stale", FLEET, "--policy", "Transient"));
    assertThat(edj.awaitEnd(execution)).isEqualTo("Failed");
    JsonNode children = edj.ask("execution", "children", execution);
    assertThat(children.findValuesAsString("attempt")).containsOnly("1");
    assertThat(children.path(0).path("message").asString()).contains("SQLSTATE 28P01");
  }

  @Test
  void aTargetWithoutDatabasesIsASuccessWithAWord() {
    edj.done("target", "create", "custom-collection", "nobody");
    JsonNode ended = runOnce("SELECT 1", FLEET, "nobody");
    assertThat(ended.path("lifecycle").asString()).isEqualTo("Succeeded");
    assertThat(ended.path("message").asString()).contains("no databases");
  }

  @Test
  void aCheckFindsWhatWouldFailAndRunsNothing() {
    String gone = PostgresServer.shared().createDatabase();
    edj.done("target", "create", "custom-collection", "checked");
    edj.done("target", "add-child", "checked", FLEET);
    edj.done("target", "add-child", "checked", "--server", Targets.server(), "--database", gone);
    PostgresServer.shared().execute("DROP DATABASE " + gone);
    String job = job(content("CREATE TABLE unchecked (id INT)"), FLEET, "checked");

    CommandLineRun check = edj.edj("job", "check", job);
    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out())
        .contains("could run on 3 of 4 databases. Nothing of it was run.")
        .contains(Targets.server() + "/" + gone + ": Failed", "Could not log in");
    JsonNode checked = edj.ask("execution", "list", "--job", job, "--all", "--purpose", "Check");
    assertThat(checked).hasSize(1);
    String id = checked.path(0).path("id").asString();
    String child =
        edj.ask("execution", "children", id, "--lifecycle", "Succeeded")
            .path(0)
            .path("id")
            .asString();
    assertThat(edj.done("execution", "log", child))
        .contains("nothing of the script is run", "superuser: yes", "syntax: not checked");

    edj.done("target", "remove-child", "checked", "--server", Targets.server(), "--database", gone);
    assertThat(edj.done("job", "check", job)).contains("could run on 3 of 3 databases");
    edj.done(
        "credential",
        "create",
        "mistyped",
        "--user",
        "admin",
        "--server",
        Targets.server(),
        "--password-file",
        edj.passwordFile("mistyped").toString());
    edj.done("job", "update", job, "--credential", "mistyped");
    CommandLineRun refused = edj.edj("job", "check", job, "--timeout", "1m");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out()).contains("could run on 0 of 3 databases", "SQLSTATE 28P01");

    edj.done("job", "update", job, "--credential", FLEET);
    assertThat(edj.awaitEnd(edj.start(job)))
        .as("nothing of the table is there")
        .isEqualTo("Succeeded");
  }

  @Test
  void aTrialSaysWhatItWouldDoAndLeavesNothingBehind() {
    String script =
        "CREATE TABLE tried (id INT);\nGO\nINSERT INTO tried SELECT generate_series(1, 7);\n";
    String job = job(content(script), FLEET, FLEET);
    CommandLineRun trial = edj.edj("job", "start", job, "--trial", "--wait");
    assertThat(trial.exitCode()).as(trial.err()).isZero();
    assertThat(trial.out()).contains("Trial", "3 of 3 ended: 3 succeeded");
    assertThat(trial.err()).contains("What it did: edj execution log");
    String id = edj.ask("execution", "list", "--job", job, "--all").path(0).path("id").asString();
    String child = edj.ask("execution", "children", id).path(0).path("id").asString();
    assertThat(edj.done("execution", "log", child))
        .contains("batch 2, from line 3 on:", "(7 rows)", "rolled back: nothing was kept");
    assertThat(edj.awaitEnd(edj.start(job)))
        .as("nothing of the table is there")
        .isEqualTo("Succeeded");
  }

  private String failureAt(String server, String database) {
    edj.done("target", "create", "database", server, database);
    return messageOf(runOnce("SELECT 1", "any", server + "/" + database));
  }

  @Test
  void eachDatabaseHasItsOwnValuesAndNobodySeesASecret(@TempDir Path directory) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "top_5ecret\n");
    Path other = Files.writeString(directory.resolve("other"), "0ther_5ecret\n");
    edj.done("target", "create", "custom-collection", "regions");
    edj.done("target", "create", "custom-collection", "eu");
    for (int i = 0; i < 2; i++) {
      edj.done(
          "target",
          "add-child",
          "eu",
          "--server",
          Targets.server(),
          "--database",
          databases.get(i));
    }
    edj.done("target", "add-child", "regions", "eu", "--param", "region=eu");
    edj.done(
        "target",
        "add-child",
        "regions",
        "--server",
        Targets.server(),
        "--database",
        databases.get(2),
        "--param",
        "region=us",
        "--secret-param",
        "token=" + other);
    assertThat(edj.done("target", "children", "regions"))
        .contains("region=eu", "region=us", "token (secret)");
    assertThat(edj.done("target", "resolve", "regions")).contains("region=us, token (secret)");

    String job =
        job(
            content("DO $$ BEGIN RAISE NOTICE '$(region) $(size) $(token)'; END $$;"),
            FLEET,
            "regions",
            "--param",
            "size",
            "--secret-param",
            "token=" + secret);
    assertThat(edj.done("job", "show", job))
        .contains("size (to be given at each start)", "token (secret)")
        .doesNotContain("5ecret");
    assertThat(edj.refused(BAD_INPUT, "job", "start", job)).contains("wants a value for size");

    String execution = edj.start(job, "--param", "size=7");
    assertThat(edj.awaitEnd(execution)).isEqualTo("Succeeded");
    for (JsonNode child : edj.ask("execution", "children", execution)) {
      String region = child.path("database").asString().equals(databases.get(2)) ? "us" : "eu";
      assertThat(edj.done("execution", "log", child.path("id").asString()))
          .contains(region + " 7 ***")
          .doesNotContain("5ecret");
    }

    edj.done("target", "add-child", "regions", "eu", "--secret-param", "token=" + other);
    edj.done("target", "create", "custom-collection", "torn");
    edj.done("target", "add-child", "torn", "regions");
    edj.done(
        "target",
        "add-child",
        "torn",
        "--server",
        Targets.server(),
        "--database",
        databases.get(2),
        "--param",
        "region=asia");
    assertThat(edj.refused(BAD_INPUT, "target", "resolve", "torn"))
        .contains("two values of 'region'");
  }

  private String content(String text) {
    String name = "script " + number.incrementAndGet();
    edj.done("content", "create", name, "--text", text);
    return name;
  }

  private String job(String content, String credential, String target, String... options) {
    String name = "job " + number.incrementAndGet();
    List<String> words =
        new ArrayList<>(
            List.of(
                "job",
                "create",
                name,
                "--content",
                content,
                "--credential",
                credential,
                "--target",
                target));
    words.addAll(List.of(options));
    edj.done(words.toArray(String[]::new));
    return name;
  }

  /// Runs a script, without retries, to its end.
  private JsonNode runOnce(String script, String credential, String target) {
    String execution = edj.start(job(content(script), credential, target, "--policy", ONCE));
    edj.awaitEnd(execution);
    return edj.ask("execution", "show", execution);
  }

  private String messageOf(JsonNode ended) {
    assertThat(ended.path("lifecycle").asString()).isEqualTo("Failed");
    return edj.ask("execution", "children", ended.path("id").asString())
        .path(0)
        .path("message")
        .asString();
  }

  private String startAndAwaitRunning(String job) {
    String execution = edj.start(job);
    EdjProcess.await(() -> edj.count(execution, "inProgress") == 3);
    return execution;
  }
}
