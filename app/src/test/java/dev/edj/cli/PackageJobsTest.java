package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs that deploy packages, at a service that answers as prepared.
class PackageJobsTest {

  private static final String CHECK = "0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f";
  private static final String CHILD = "0198c0de-7a5b-7c3d-8e4f-000000000001";
  private static final String NOTHING = "{\"items\":[],\"next\":null}";

  private static final String PLAN =
      """
      {"executionId":"%s","attempt":2,"plannedAt":"2026-01-31T10:00:00Z","packageSha256":"2f0c",
       "changesNothing":false,"script":"PRINT N'Creating'\\nGO\\n","report":"<DeploymentReport/>\\n"}\
      """
          .formatted(CHILD);

  @TempDir private Path directory;
  private FakeService service;

  @BeforeEach
  void start() throws IOException {
    service = new FakeService();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aCheckSaysOfEachDatabaseWhatWouldBeDoneAndWhereItsPlanIs() {
    service
        .answers(202, "application/json", check("Created", 0, 0))
        .answers("[" + check("Succeeded", 2, 0) + "]")
        .answers(NOTHING)
        .answers(NOTHING)
        .answers(NOTHING)
        .answers(children(child("Succeeded", "tenant1", "would be done: 3 steps, 1 alert")))
        .answers(
            children(
                child("Succeeded", "tenant1", "would be done: 3 steps, 1 alert"),
                child(
                    "Succeeded",
                    "tenant2",
                    "would be done: nothing, the database is what the package describes")));
    CommandLineRun run = run("job", "check", "Orders");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            Orders (version 1) could run on 2 of 2 databases. Nothing of it was run.

            s1/tenant1: Succeeded
              would be done: 3 steps, 1 alert
              edj execution plan %1$s

            s1/tenant2: Succeeded
              would be done: nothing, the database is what the package describes
              edj execution plan %1$s
            """
                .formatted(CHILD));
  }

  @Test
  void aCheckThatIsRefusedGivesTheReasonAndNoPlan() {
    service
        .answers(202, "application/json", check("Created", 0, 0))
        .answers("[" + check("Failed", 0, 1) + "]")
        .answers(children(child("Failed", "tenant1", "SqlAssembly [a] is not handled\\nand more")))
        .answers(NOTHING)
        .answers(NOTHING)
        .answers(NOTHING);
    CommandLineRun run = run("job", "check", "Orders");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .isEqualTo(
            """
            Orders (version 1) could run on 0 of 1 databases. Nothing of it was run.

            s1/tenant1: Failed
              SqlAssembly [a] is not handled
              and more
            """);
  }

  /// The checks of scripts have nothing to say where all is well.
  @Test
  void aCheckOfAScriptListsNoDatabasesThatSucceeded() {
    service
        .answers(202, "application/json", check("Created", 0, 0))
        .answers("[" + check("Succeeded", 1, 0) + "]")
        .answers(NOTHING)
        .answers(NOTHING)
        .answers(NOTHING)
        .answers(children(child("Succeeded", "tenant1", null)));
    assertThat(run("job", "check", "Orders").out())
        .isEqualTo("Orders (version 1) could run on 1 of 1 databases. Nothing of it was run.\n");
  }

  @Test
  void aPlanIsPrintedAsItIsKept() {
    service.answers(PLAN).answers(PLAN).answers(PLAN);
    assertThat(run("execution", "plan", CHILD))
        .isEqualTo(new CommandLineRun(0, "PRINT N'Creating'\nGO\n", ""));
    assertThat(run("execution", "plan", CHILD, "--report"))
        .isEqualTo(new CommandLineRun(0, "<DeploymentReport/>\n", ""));
    assertThat(run("execution", "plan", CHILD, "-o", "json").out().replaceAll("\\s", ""))
        .isEqualTo(PLAN.replaceAll("\\s", ""));
    assertThat(service.lines()).containsOnly("GET /api/v1/executions/" + CHILD + "/plan");
  }

  @Test
  void aChildWithoutAPlanIsNotFound() {
    service.answers(
        404,
        "application/problem+json",
        "{\"status\":404,\"title\":\"T\",\"detail\":\"plan of execution 'x' does not exist\"}");
    assertThat(run("execution", "plan", CHILD))
        .isEqualTo(new CommandLineRun(4, "", "edj: plan of execution 'x' does not exist\n"));
  }

  @Test
  void aDirectoryIsNoPackageAndIsNotSent() {
    for (String verb : new String[] {"create", "update"}) {
      CommandLineRun run = run("content", verb, "Orders", "--dacpac", directory.toString());
      assertThat(run)
          .isEqualTo(
              new CommandLineRun(
                  2, "", "edj: %s is a directory, and no file\n".formatted(directory)));
    }
    CommandLineRun missing = run("content", "create", "Orders", "--dacpac", directory + "/none");
    assertThat(missing)
        .isEqualTo(
            new CommandLineRun(2, "", "edj: there is no file %s/none\n".formatted(directory)));
    assertThat(service.lines()).isEmpty();
  }

  private CommandLineRun run(String... words) {
    return CommandLineRun.of(Map.of("EDJ_URL", service.url(), "EDJ_TOKEN", "t"), "", words);
  }

  private static String children(String... children) {
    return "{\"items\":[" + String.join(",", children) + "],\"next\":null}";
  }

  private static String child(String lifecycle, String database, @Nullable String message) {
    return check(lifecycle, 0, 0)
        .replace(CHECK, CHILD)
        .replace(
            "\"job\":",
            "\"parentId\":\"%s\",\"server\":\"s1\",\"database\":\"%s\",%s\"job\":"
                .formatted(
                    CHECK, database, message == null ? "" : "\"message\":\"" + message + "\","));
  }

  private static String check(String lifecycle, int succeeded, int failed) {
    return """
    {"id":"%s","job":"Orders","jobVersion":1,"purpose":"Check","stepId":1,"step":"JobStep","content":"c",
     "contentVersion":1,"credential":"c","policy":"p","target":"t","lifecycle":"%s","attempt":0,
     "createdAt":"2026-01-31T10:00:00Z","cancelRequested":false,"createdBy":"me",
     "children":{"created":0,"inProgress":0,"waitingForRetry":0,"succeeded":%d,"failed":%d,"timedOut":0,
     "canceled":0,"skipped":0}}\
    """
        .formatted(CHECK, lifecycle, succeeded, failed);
  }
}
