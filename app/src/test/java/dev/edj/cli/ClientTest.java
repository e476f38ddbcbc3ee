package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands against a service that answers as prepared.
class ClientTest {

  private static final String ID = "0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f";
  private static final String PROBLEM = "application/problem+json";
  private static final String SCHEMA = "\"schema\":\"audit\"";
  private static final String DESTINATION =
      """
      "destination":{"server":"sql9","database":"telemetry","schema":"audit","table":"sizes",\
      "credential":"collector","schemaDrift":"Add","sourceColumns":true}\
      """;

  @TempDir private Path data;
  private FakeService service;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void start() throws IOException {
    service = new FakeService();
    environment.put("EDJ_DATA", data.toString());
    write("service.json", "{\"url\":\"" + service.url() + "/\",\"pid\":1}");
    write("token", "local-token\n");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource({"400, 2", "401, 7", "403, 7", "404, 4", "409, 5", "413, 2", "500, 70", "503, 3"})
  void aProblemsDetailIsPrintedAndItsStatusGivesTheExitCode(int status, int exitCode) {
    service.answers(status, PROBLEM, "{\"status\":1,\"title\":\"T\",\"detail\":\"what is wrong\"}");
    CommandLineRun run = run("job show x");
    assertThat(run).isEqualTo(new CommandLineRun(exitCode, "", "edj: what is wrong\n"));
  }

  @Test
  void aServiceThatIsGoneIsExitCode3() {
    service.close();
    CommandLineRun run = run("job list");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains(service.url(), "refused", "edj serve");
  }

  @Test
  void theLinkToThePortalIsOnTheServicesAddress() {
    service.answers(
        201,
        "application/json",
        "{\"path\":\"/sign-in?ticket=x\",\"expiresAt\":\"2026-01-31T12:15:00Z\"}");
    CommandLineRun run = run("portal");
    assertThat(run).isEqualTo(new CommandLineRun(0, service.url() + "/sign-in?ticket=x\n", ""));
    assertThat(service.lines()).containsExactly("POST /api/v1/portal/tickets");
  }

  @Test
  void somethingElseAtTheAddressIsToldAsSuch() {
    service.answers(200, "text/html", "<html>");
    CommandLineRun run = run("job list");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("is not an EDJ service");
  }

  @Test
  void theTokenIsNeverSentAlongARedirect() throws IOException {
    try (FakeService other = new FakeService()) {
      service.answers(302, "text/html", "");
      assertThat(run("job list").exitCode()).isEqualTo(3);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void theTokenFileIsShownToTheServiceOfItsDirectory() {
    service.answers("[]");
    run("job list");
    assertThat(service.requests().getFirst().authorization()).isEqualTo("Bearer local-token");
  }

  @Test
  void theTokenFileIsShownToNoOtherServiceUnlessItsDirectoryWasNamed() throws IOException {
    try (FakeService other = new FakeService()) {
      Path home = Files.createDirectory(data.resolve("home"));
      Files.createSymbolicLink(home.resolve(".edj"), data);
      Terminal terminal = Terminal.ofThisProcess();
      Terminal atHome =
          new Terminal(
              terminal.in(),
              terminal.out(),
              terminal.err(),
              false,
              false,
              Map.of(),
              home,
              terminal.clock());
      assertThat(new ServiceFinder(atHome, other.url(), null).find().token()).isNull();
      assertThat(new ServiceFinder(atHome, service.url(), null).find().token())
          .isEqualTo("local-token");
      assertThat(new ServiceFinder(atHome, other.url(), data).find().token())
          .isEqualTo("local-token");
    }
  }

  @Test
  void aTokenThatOthersCanReadIsRefused() throws IOException {
    Files.setPosixFilePermissions(
        data.resolve("token"), PosixFilePermissions.fromString("rw-r--r--"));
    CommandLineRun run = run("job list");
    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(run.err()).contains("chmod 600");
  }

  @Test
  void jsonOutputIsTheApisOwnEvenWithFieldsThisClientDoesNotKnow() {
    service.answers("[{\"name\":\"app\",\"userName\":\"u\",\"servers\":[],\"new\":1}]");
    CommandLineRun run = run("credential list --output json");
    assertThat(run.err()).isEmpty();
    assertThat(run.out().replaceAll("\\s", ""))
        .isEqualTo("[{\"name\":\"app\",\"userName\":\"u\",\"servers\":[],\"new\":1}]");
  }

  @Test
  void namesAreEncodedInPaths() {
    service.answers(204, "text/plain", "");
    assertThat(run("target delete db1/*").exitCode()).isZero();
    assertThat(service.lines()).containsExactly("DELETE /api/v1/targets/db1%2F%2A");
  }

  @Test
  void pagesAreReadUntilTheLimitAndTheRestIsAnnounced() {
    service
        .answers("{\"items\":[" + execution("Failed") + "],\"next\":\"a1\"}")
        .answers("{\"items\":[" + execution("Succeeded") + "],\"next\":\"a2\"}");
    CommandLineRun run = run("execution list --all --limit 2 --since 1h");
    assertThat(run.out().lines()).hasSize(3);
    assertThat(run.err()).contains("--after a2");
    assertThat(service.lines())
        .containsExactly(
            "GET /api/v1/executions?createdFrom=2026-01-31T11%3A00%3A00Z&includeInactive=true&limit=2",
            "GET /api/v1/executions?createdFrom=2026-01-31T11%3A00%3A00Z&includeInactive=true&limit=1&after=a1");
  }

  @Test
  void theRowsOfADatabaseAreThoseOfItsChildren() {
    service.answers("{\"items\":[" + child() + "],\"next\":null}");
    CommandLineRun run = run("execution list --server s --database d --all --started-since 1h");
    assertThat(run.out().lines().findFirst().orElseThrow())
        .startsWith("ID")
        .contains("SERVER", "DATABASE");
    assertThat(service.lines())
        .containsExactly(
            "GET /api/v1/executions?server=s&database=d&startedFrom=2026-01-31T11%3A00%3A00Z&includeInactive=true&limit=100");
  }

  @Test
  void theStepsOfAnExecutionAreShownOneByOne() {
    service.answers(
        execution("Succeeded")
            .replace("\"content\":\"c\",\"contentVersion\":1,", "")
            .replaceFirst(
                "\\{",
                """
                {"steps":[{"stepId":1,"step":"Fill","content":"fill","contentVersion":3,"credential":"c",\
                "policy":"p","target":"tenants","children":{"created":0,"inProgress":0,"waitingForRetry":0,\
                "succeeded":3,"failed":0,"timedOut":0,"canceled":0,"skipped":0}}],\
                """));
    assertThat(run("execution show " + ID).out())
        .contains("Fill: fill (version 3) on tenants, 3 of 3 ended: 3 succeeded")
        .contains("1 of 3 ended")
        .doesNotContain("Content");
  }

  @Test
  void aPurgeGoesOnUntilNothingIsLeft() {
    service.answers("{\"removed\":1000,\"more\":true}").answers("{\"removed\":234,\"more\":false}");
    CommandLineRun run = run("execution purge --job x --before 1h");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("1,234 executions removed.\n");
    assertThat(run.err()).isEqualTo("1,000 removed, going on ...\n");
    assertThat(service.lines())
        .hasSize(2)
        .allMatch(line ->
            line.equals("POST /api/v1/executions/purge?job=x&before=2026-01-31T11%3A00%3A00Z"));

    service.answers("{\"removed\":1,\"more\":false}");
    assertThat(run("execution purge --job x --all -o json").out().replaceAll("\\s", ""))
        .isEqualTo("{\"removed\":1}");
    assertThat(run("execution purge").exitCode()).isEqualTo(2);
    assertThat(run("execution purge --job x").exitCode()).isEqualTo(2);
    assertThat(run("execution purge --all").exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"Succeeded, 0", "SucceededWithSkipped, 0", "Failed, 1", "Canceled, 1"})
  void startingWithWaitEndsWithTheExecutionAndItsOutcome(String lifecycle, int exitCode) {
    service
        .answers(202, "application/json", execution("Created"))
        .answers("[" + execution("InProgress") + "]")
        .answers("[" + execution(lifecycle) + "]");
    CommandLineRun run = run("job start x --wait -o json");
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.out()).startsWith("{").contains(lifecycle);
    assertThat(run.err()).contains("2026-01-31 12:00:00Z  1 of 3 ended: 1 succeeded");
    assertThat(service.lines().getLast())
        .isEqualTo("GET /api/v1/executions/wait?mode=all&timeoutSeconds=15&id=" + ID);
  }

  @Test
  void whoeverNamesAServiceNeedNotReadWhatIsHereOfAnother(@TempDir Path home) throws IOException {
    Files.createDirectories(home.resolve(".edj/service.json"));
    service.answers("[]");
    String[] list = {"job", "list"};

    assertThat(
            CommandLineRun.at(home, Map.of("EDJ_URL", service.url(), "EDJ_TOKEN", "t"), "", list)
                .exitCode())
        .isZero();
    assertThat(CommandLineRun.at(home, Map.of(), "", list).err())
        .isEqualTo("edj: cannot read %s/.edj/service.json: Is a directory\n".formatted(home));
  }

  @Test
  void whoWaitsIsToldOnceWhyNothingHappens() {
    String wrongPassword = "3 to be tried again: s1/tenant1 at %s, after: wrong password";
    service
        .answers(202, "application/json", execution("Created"))
        .answers(waiting("waiting for a controller"))
        .answers(waiting(wrongPassword.formatted("2026-01-31T12:00:01Z")))
        .answers(waiting(wrongPassword.formatted("2026-01-31T12:00:03Z")))
        .answers(waiting(wrongPassword.formatted("2026-01-31T12:00:07Z")))
        .answers(waiting("approval of wave 2 of 3"))
        .answers(waiting("approval of wave 2 of 3"))
        .answers("[" + execution("Succeeded") + "]");

    assertThat(run("job start x --wait").err().lines().filter(line -> line.startsWith("Waits")))
        .containsExactly(
            "Waits: " + wrongPassword.formatted("2026-01-31T12:00:03Z"),
            "Waits: approval of wave 2 of 3 (edj execution approve " + ID + ")");
  }

  private static String waiting(String cause) {
    return "[%s]"
        .formatted(
            execution("WaitingForChildJobExecutions")
                .replace("\"job\":", "\"waitingCause\":\"" + cause + "\",\"job\":"));
  }

  @ParameterizedTest
  @CsvSource({"Succeeded, 0", "Failed, 1", "TimedOut, 1", "Canceled, 1", "SucceededWithSkipped, 0"})
  void tryingAgainWithWaitEndsWithTheNewExecutionAndItsOutcome(String lifecycle, int exitCode) {
    String again = "0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e1f";
    service
        .answers(execution("Created").replace(ID, again))
        .answers("[" + execution(lifecycle).replace(ID, again) + "]");

    CommandLineRun run = run("execution retry " + ID + " --wait -o json");

    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(Json.mapper().readTree(run.out()).get("lifecycle").asString()).isEqualTo(lifecycle);
    assertThat(service.lines())
        .containsExactly(
            "POST /api/v1/executions/" + ID + "/retry",
            "GET /api/v1/executions/wait?mode=all&timeoutSeconds=15&id=" + again);
  }

  @Test
  void tryingAgainWithoutWaitOnlyStartsIt() {
    service.answers(execution("Created"));

    assertThat(run("execution retry " + ID).exitCode()).isZero();
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void tryingAgainWithATimeoutGivesUpWithExitCode6() {
    service.answers(execution("Created")).answers("[" + execution("InProgress") + "]");

    CommandLineRun run = run("execution retry " + ID + " --timeout 0s");
    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(run.err()).contains("edj execution stop " + ID);
  }

  @Test
  void aWaitThatTimesOutIsExitCode6AndSaysHowToStop() {
    service.answers("[" + execution("InProgress") + "]");
    CommandLineRun run = run("execution wait " + ID + " --timeout 0s");
    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(run.err()).contains("edj execution stop " + ID);
  }

  @Test
  void aWaitOutlivesARestartOfTheService() {
    service
        .answers("[" + execution("InProgress") + "]")
        .answers(503, PROBLEM, "{}")
        .answers("[" + execution("Succeeded") + "]");
    assertThat(run("execution wait " + ID).exitCode()).isZero();
  }

  @Test
  void aDatabaseThatIsNoTargetYetBecomesOneWhenItIsAdded() {
    String target =
        "{\"id\":\""
            + ID
            + "\",\"name\":\"s/d\",\"kind\":\"Database\","
            + "\"includeSystemDatabases\":false}";
    service
        .answers("[]")
        .answers(201, "application/json", target)
        .answers(204, "text/plain", "")
        .answers(
            "[{\"membership\":\"Exclude\",\"target\":"
                + target
                + ",\"parameters\":{},\"secrets\":[]}]");
    CommandLineRun run = run("target add-child c --server s --database d --exclude");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Exclude");
    assertThat(service.requests().get(2).body().replaceAll("\\s", ""))
        .contains("\"target\":\"" + ID + "\"", "\"membership\":\"Exclude\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server s",
        "elastic-pool --server s --pool p",
        "shard-map --server s --database d --map m"
      })
  void aTargetThatIsAskedForItsDatabasesTakesANameAndALogin(String kind) {
    service.answers(404, PROBLEM, "{}");
    run("target create " + kind + " --name n --credential c");
    assertThat(service.requests().getFirst().body().replaceAll("\\s", ""))
        .contains("\"name\":\"n\"", "\"server\":\"s\"", "\"credential\":\"c\"");
  }

  @Test
  void durationsTravelInIso8601AndWhatIsNotGivenIsLeftOut() {
    service.answers(404, PROBLEM, "{}");
    run(
        "policy create p --job-execution-timeout 30m --maximum-attempts 3 --retry transient"
            + " --on-destination-failure write-only");
    assertThat(service.requests().getFirst().body().replaceAll("\\s", ""))
        .isEqualTo(
            "{\"name\":\"p\",\"jobTimeout\":\"PT30M\",\"maximumAttempts\":3,\"retry\":\"transient\","
                + "\"destinationFailure\":\"WriteOnly\"}");
  }

  @Test
  void rowsAreSentWhereTheOptionsOfADestinationSay() {
    service.answers(404, PROBLEM, "{}");
    run(
        "job create j --content c --credential app --target t --destination-server sql9"
            + " --destination-database telemetry --destination-table sizes"
            + " --destination-credential collector --destination-drift add --destination-source-columns");
    assertThat(service.requests().getFirst().body().replaceAll("\\s", ""))
        .contains(
            """
            "destination":{"server":"sql9","database":"telemetry","table":"sizes","credential":"collector",\
            "schemaDrift":"Add","sourceColumns":true}\
            """)
        .doesNotContain("results");
  }

  @Test
  void whatIsNotSaidOfADestinationStaysAsItWas() {
    assertThat(step("job update j --destination-table counts"))
        .contains(SCHEMA, "\"table\":\"counts\"", "\"server\":\"sql9\"", "\"schemaDrift\":\"Add\"")
        .doesNotContain("\"results\"");
    assertThat(step("job update j --destination-schema= --destination-drift fail"))
        .contains("\"schemaDrift\":\"Fail\"")
        .doesNotContain("\"schema\"");
    assertThat(step("job update j --no-destination-source-columns"))
        .contains(SCHEMA, "\"sourceColumns\":false");
    assertThat(step("job update j --max-parallelism 3"))
        .contains(SCHEMA, "\"maxParallelism\":3", "\"results\":\"Send\"");
    assertThat(step("step rename j 1 other")).contains(SCHEMA, "\"name\":\"other\"");
  }

  @Test
  void aDestinationIsTakenAway() {
    assertThat(step("job update j --no-destination"))
        .doesNotContain("\"destination\"")
        .doesNotContain("\"results\"");
    assertThat(step("job update j --no-destination --results drop"))
        .doesNotContain("\"destination\"")
        .contains("\"results\":\"Drop\"");
    service.answers(job());
    CommandLineRun both = run("job update j --no-destination --destination-table x");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("--no-destination does not go with");
  }

  @Test
  void aStepThatIsAddedSendsItsRowsOnlyWhereItIsTold() {
    assertThat(added("step add j --content c")).doesNotContain("destination", "results");
    assertThat(added("step add j --content c --results drop")).contains("\"results\":\"Drop\"");
    assertThat(added("step add j --content c --destination-table counts"))
        .contains(SCHEMA, "\"server\":\"sql9\"", "\"table\":\"counts\"");
  }

  @Test
  void aJobShowsWhereItsRowsGo() {
    service.answers(job());
    assertThat(run("job show j").out())
        .contains(
            "sent to audit.sizes in sql9/telemetry as collector (new columns are added, with source"
                + " columns)");
  }

  @Test
  void anExecutionShowsWhereItsRowsGo() {
    service.answers(
        execution("Succeeded")
            .replaceFirst("\\{", "{\"purpose\":\"Run\",\"results\":\"Send\"," + DESTINATION + ","));
    assertThat(run("execution show " + ID).out()).contains("sent to audit.sizes in sql9/telemetry");
    service.answers(
        execution("Succeeded").replaceFirst("\\{", "{\"purpose\":\"Run\",\"results\":\"Drop\","));
    assertThat(run("execution show " + ID).out()).contains("dropped");
  }

  /// What is sent for the job's only step by a command that changes it.
  private String step(String line) {
    return steps(line).getFirst();
  }

  /// The same for a step that is added.
  private String added(String line) {
    return steps(line).getLast();
  }

  private List<String> steps(String line) {
    service.answers(job()).answers(job());
    assertThat(run(line).exitCode()).isZero();
    String steps =
        service
            .requests()
            .getLast()
            .body()
            .replaceAll("\\s", "")
            .replaceFirst(".*\"steps\":\\[", "");
    return List.of(steps.split("(?=\\{\"name\")|(?=\\{\"content\")"));
  }

  private static String job() {
    return """
    {"name":"j","description":"","enabled":true,"deleting":false,"version":1,"parameters":{},"secrets":[],
     "rollout":{},"createdAt":"2026-01-31T10:00:00Z","updatedAt":"2026-01-31T10:00:00Z",
     "steps":[{"stepId":1,"name":"JobStep","content":"c","credential":"app","target":"t","policy":"p",
     "exactlyOnce":false,"barrier":false,"results":"Send",%s}]}\
    """
        .formatted(DESTINATION);
  }

  @Test
  void aDatabaseThatIsTriedAgainIsListedWithWhatItFailedWith() {
    service.answers(
        "{\"items\":["
            + child()
                .replace("Failed", "WaitingForRetry")
                .replaceFirst("\\{", "{\"waitingCause\":\"retry at noon\",")
            + "],\"next\":null}");
    assertThat(run("execution children " + ID).out())
        .contains("WaitingForRetry", "retry at noon, after: Msg 208");
  }

  @Test
  void theLogOfARunShowsItsOwnTasksAndPointsAtTheFailedDatabases() {
    service
        .answers(execution("Failed"))
        .answers(
            "[{\"id\":\""
                + ID
                + ".1\",\"executionId\":\""
                + ID
                + "\",\"number\":1,"
                + "\"type\":\"ScriptSplit\",\"lifecycle\":\"Succeeded\"}]")
        .answers(200, "text/plain;charset=UTF-8", "3 batches\n")
        .answers("{\"items\":[" + child() + "],\"next\":null}")
        .answers("{\"items\":[],\"next\":null}")
        .answers(
            "{\"items\":["
                + child().replace("Failed", "WaitingForRetry").replace("Msg 208", "not trusted")
                + "],\"next\":null}");
    CommandLineRun run = run("execution log " + ID);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("ScriptSplit", "3 batches", "s1/tenant1: Failed", "Msg 208", "edj execution log")
        .contains("s1/tenant1: WaitingForRetry", "not trusted");
    assertThat(service.lines()).contains("GET /api/v1/tasks/" + ID + ".1/log");
  }

  private CommandLineRun run(String line) {
    return CommandLineRun.of(environment, "", line.split(" "));
  }

  private static String execution(String lifecycle) {
    return """
    {"id":"%s","job":"x","jobVersion":1,"content":"c","contentVersion":1,"credential":"c",
     "policy":"p","target":"t","lifecycle":"%s","attempt":0,"createdAt":"2026-01-31T10:00:00Z",
     "cancelRequested":false,"createdBy":"me","children":{"created":2,"inProgress":0,
     "waitingForRetry":0,"succeeded":1,"failed":0,"timedOut":0,"canceled":0,"skipped":0}}\
    """
        .formatted(ID, lifecycle);
  }

  private static String child() {
    return execution("Failed")
        .replace(
            "\"job\":",
            "\"parentId\":\""
                + ID
                + "\",\"server\":\"s1\",\"database\":\"tenant1\","
                + "\"message\":\"Msg 208\",\"job\":");
  }

  private void write(String name, String text) throws IOException {
    Path file = data.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
