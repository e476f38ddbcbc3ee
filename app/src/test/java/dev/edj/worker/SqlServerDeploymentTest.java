package dev.edj.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.edj.engine.ConnectionSettings;
import dev.edj.engine.Password;
import dev.edj.engine.ServerName;
import dev.edj.engine.TargetException;
import dev.edj.engine.TlsMode;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.AttemptReport.BatchReport;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.KeptPlan;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Purpose;
import dev.edj.execution.TaskType;
import dev.edj.testing.GivenDeployer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attempts at carrying a plan out on a SQL Server.
@EnabledIfEnvironmentVariable(
    named = "EDJ_TEST_SQLSERVER_URL",
    matches = ".+",
    disabledReason = "no SQL Server: set EDJ_TEST_SQLSERVER_URL, _USER and _PASSWORD")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SqlServerDeploymentTest {

  private static final String DATABASE = "edj_deploy_" + ProcessHandle.current().pid();

  private final GivenDeployer deployer = new GivenDeployer();
  private final DeploymentBed bed = new DeploymentBed(deployer);
  private Site site;

  @BeforeAll
  void createDatabase() throws Exception {
    master().run("CREATE DATABASE " + DATABASE);
    site = at(DATABASE);
  }

  @AfterAll
  void dropDatabase() throws Exception {
    bed.close();
    for (int attempt = 1; ; attempt++) {
      try {
        master().run("DROP DATABASE " + DATABASE);
        return;
      } catch (TargetException e) {
        // A session that was given up may use it for some seconds.
        if (attempt == 60) {
          throw e;
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  @BeforeEach
  void forgetThePlan() throws Exception {
    deployer.forget().refuses(null);
    site.run("DROP TABLE IF EXISTS a; DROP TABLE IF EXISTS b; DROP TABLE IF EXISTS c");
  }

  @Test
  void aPlanIsKeptAndCarriedOut() throws Exception {
    deployer
        .step("Creating Table [dbo].[a]...", true, "CREATE TABLE a (id INT)")
        .step("Filling [dbo].[a]...", true, "INSERT INTO a VALUES (1)", "INSERT INTO a VALUES (2)")
        .alert("rows may go", "[dbo].[a]");
    ClaimedChild child = bed.child(site, bed.start(site, Map.of()), 1);
    AttemptReport report = bed.run(child);

    assertThat(report.message()).isEqualTo("done: 2 steps, 1 alert");
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(report.type()).isEqualTo(TaskType.Dacpac);
    assertThat(site.run("SELECT id FROM a ORDER BY id")).containsExactly("1", "2");
    assertThat(report.batches())
        .extracting(BatchReport::number, BatchReport::lifecycle)
        .containsExactly(
            tuple(1, Lifecycle.Succeeded),
            tuple(2, Lifecycle.Succeeded),
            tuple(3, Lifecycle.Succeeded));
    assertThat(TestBed.log(report))
        .contains(
            "package made 1.2.0.0, SHA-256 ",
            "plan: 2 steps, 1 alert",
            "DataIssue: rows may go ([dbo].[a])",
            "a transaction begins",
            "step 1 of 2: Creating Table [dbo].[a]...",
            "committed: steps 1 to 2");
    KeptPlan plan = bed.findPlan(child.executionId()).orElseThrow();
    assertThat(plan.script()).startsWith("-- " + DATABASE + "\nCREATE TABLE a (id INT)\nGO\n");
    assertThat(plan.report()).isEqualTo("<DeploymentReport><Alerts /></DeploymentReport>");
    assertThat(plan.changesNothing()).isFalse();
    assertThat(plan.attempt()).isEqualTo(1);
  }

  /// What follows a script would go into another database.
  @Test
  void whereAScriptEndsIsNotWhereTheStepsGo() throws Exception {
    deployer
        .script("USE master\nGO\nSET QUOTED_IDENTIFIER OFF\n")
        .step("Creating Table [dbo].[a]...", true, "CREATE TABLE a (id INT)")
        .step("Filling [dbo].[a]...", true, "INSERT INTO \"a\" VALUES (1)");
    ClaimedChild child = bed.child(site, bed.start(site, Map.of()), 1);
    AttemptReport report = bed.run(child);

    assertThat(report.message()).isEqualTo("done: 3 steps");
    assertThat(site.run("SELECT id FROM a")).containsExactly("1");
  }

  @Test
  void aScriptThatLeavesATransactionOpenIsNotCalledDone() throws Exception {
    deployer.script("BEGIN TRANSACTION\nCREATE TABLE a (id INT)\n");
    ClaimedChild child = bed.child(site, bed.start(site, Map.of()), 1);
    AttemptReport report = bed.run(child);

    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message())
        .contains("step 1 (", "left a transaction open, which was rolled back");
    assertThat(site.run("SELECT OBJECT_ID('a')")).containsExactly((String) null);
  }

  /// The server would run nothing of what follows, and say nothing of it. A stand-in may take the
  /// setting and not heed it.
  @ParameterizedTest
  @ValueSource(strings = {"NOEXEC", "PARSEONLY", "FMTONLY", "SHOWPLAN_ALL"})
  void aScriptThatHasTheServerRunNothingIsNotCalledDone(String setting) throws Exception {
    deployer
        .script(
            "CREATE TABLE a (id INT)\nGO\nSET %s ON\nGO\nCREATE TABLE c (id INT)\n"
                .formatted(setting))
        .step("Creating Table [dbo].[b]...", true, "CREATE TABLE b (id INT)");
    ClaimedChild child = bed.child(site, bed.start(site, Map.of()), 1);
    AttemptReport report = bed.run(child);

    assumeThat(tables()).as("the server heeds the setting").doesNotContain("c");
    assertThat(tables()).containsExactly("a");
    assertThat(report.childLifecycle()).as(report.message()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message())
        .contains("step 1 (", "the server runs nothing (SET NOEXEC", "Nothing was done before.");
  }

  @Test
  void aFailureSaysWhichStepItWasAndTakesItsTransactionBack() throws Exception {
    deployer
        .step("Before...", false, "CREATE TABLE a (id INT)")
        .step("Creating Table [dbo].[b]...", true, "CREATE TABLE b (id INT)")
        .step("Failing...", true, "INSERT INTO b VALUES (1)", "\nINSERT INTO missing VALUES (1)");
    ClaimedChild child = bed.child(site, bed.start(site, Map.of()), 1);
    AttemptReport report = bed.run(child);

    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.WaitingForRetry);
    assertThat(report.message())
        .contains(
            "missing",
            "batch 4, line 9",
            "Step 3 of 3 failed: Failing...",
            "The transaction of steps 2 to 3 was rolled back, nothing of it is kept.",
            "Done before, and kept: step 1.");
    assertThat(TestBed.log(report)).contains("Step 3 of 3 failed: Failing...");
    assertThat(tables()).containsExactly("a");

    deployer.forget().step("Creating Table [dbo].[c]...", true, "CREATE TABLE c (id INT)");
    AttemptReport second = bed.run(bed.again(child));
    assertThat(second.childLifecycle()).as("planned anew").isEqualTo(Lifecycle.Succeeded);
    assertThat(tables()).containsExactly("a", "c");
    assertThat(bed.findPlan(child.executionId()).orElseThrow())
        .satisfies(plan -> {
          assertThat(plan.attempt()).isEqualTo(2);
          assertThat(plan.script()).contains("CREATE TABLE c");
        });
  }

  @Test
  void whatIsInNoTransactionStaysAndIsSaidToStay() throws Exception {
    deployer
        .step("Creating Table [dbo].[a]...", true, "CREATE TABLE a (id INT)")
        .step("Alone...", false, "CREATE TABLE b (id INT)", "INSERT INTO missing VALUES (1)")
        .step("Never...", true, "CREATE TABLE c (id INT)");
    AttemptReport report = bed.run(bed.child(site, bed.start(site, Map.of()), 1));
    assertThat(report.message())
        .contains(
            "Step 2 of 3 failed: Alone...",
            "It is in no transaction; its earlier batches are kept.",
            "Done before, and kept: step 1.");
    assertThat(TestBed.log(report)).contains("committed: step 1", "without a transaction:");
    assertThat(tables()).containsExactly("a", "b");
  }

  @Test
  void withoutTransactionalScriptsThereIsNoTransaction() throws Exception {
    deployer
        .step("Creating Table [dbo].[a]...", true, "CREATE TABLE a (id INT)")
        .step("Failing...", true, "INSERT INTO missing VALUES (1)");
    AttemptReport report =
        bed.run(
            bed.child(site, bed.start(site, Map.of("IncludeTransactionalScripts", "False")), 1));
    assertThat(report.message()).contains("It is in no transaction");
    assertThat(tables()).containsExactly("a");
  }

  @Test
  void aStepThatEndsTheTransactionFailsForGood() throws Exception {
    deployer
        .step("Ending...", true, "CREATE TABLE a (id INT)", "COMMIT TRANSACTION")
        .step("Never...", true, "CREATE TABLE b (id INT)");
    AttemptReport report = bed.run(bed.child(site, bed.start(site, Map.of()), 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).contains("one transaction that a deployment demands");
    assertThat(tables()).doesNotContain("b");
  }

  @Test
  void aCheckAndATrialKeepThePlanAndDoNothingOfIt() throws Exception {
    deployer.step("Creating Table [dbo].[a]...", true, "CREATE TABLE a (id INT)");
    for (Purpose purpose : List.of(Purpose.Check, Purpose.Trial)) {
      ClaimedChild child =
          bed.child(site, bed.start(site, Map.of(), purpose, Map.of(), Map.of()), 1);
      AttemptReport report = bed.run(child);
      assertThat(report.childLifecycle()).as(report.message()).isEqualTo(Lifecycle.Succeeded);
      assertThat(report.message()).isEqualTo("would be done: 1 step");
      assertThat(report.batches()).isEmpty();
      assertThat(bed.findPlan(child.executionId()).orElseThrow().script())
          .contains("CREATE TABLE a");
      assertThat(tables()).isEmpty();
    }
  }

  @Test
  void aRefusedPackageIsNotTriedAgain() throws Exception {
    ClaimedChild child = bed.child(site, bed.start(site, Map.of()), 1);
    deployer.refuses("SqlAssembly [a] is not handled");
    AttemptReport report = bed.run(child);
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.message()).isEqualTo("SqlAssembly [a] is not handled");
    assertThat(bed.findPlan(child.executionId())).isEmpty();
  }

  @Test
  void variablesTakeTheValuesOfParametersAndSecretsStandInNoPlan() throws Exception {
    deployer.step("Printing...", true, "SELECT 'top-secret-value' AS v");
    ClaimedChild child =
        bed.child(
            site,
            bed.start(
                site,
                Map.of(),
                Purpose.Run,
                Map.of("Tenant", "one"),
                Map.of("Password", "top-secret-value")),
            1);
    AttemptReport report = bed.run(child);
    assertThat(report.childLifecycle()).as(report.message()).isEqualTo(Lifecycle.Succeeded);
    assertThat(deployer.used().getLast().variables())
        .isEqualTo(
            Map.of("Tenant", "one", "Password", "top-secret-value", "DatabaseName", DATABASE));
    assertThat(bed.findPlan(child.executionId()).orElseThrow().script())
        .doesNotContain("top-secret-value");
  }

  @Test
  void aScriptOfThePackageIsSplitAndItsVariablesTakeTheirValues() throws Exception {
    deployer
        .script("CREATE TABLE $(Tenant) (id INT)\nGO\nINSERT INTO $(Tenant) VALUES (7)\nGO 2\n")
        .step(
            "Creating Table [dbo].[b]...",
            true,
            "CREATE TABLE b (price NVARCHAR(20) DEFAULT '$(Tenant)')");
    ClaimedChild child =
        bed.child(site, bed.start(site, Map.of(), Purpose.Run, Map.of("Tenant", "a"), Map.of()), 1);
    AttemptReport report = bed.run(child);
    assertThat(report.childLifecycle()).as(report.message()).isEqualTo(Lifecycle.Succeeded);
    assertThat(report.batches()).hasSize(3);
    assertThat(site.run("SELECT id FROM a")).containsExactly("7", "7");
  }

  @Test
  void aScriptThatCannotBeRightFailsForGoodBeforeAnythingIsDone() throws Exception {
    deployer
        .step("Creating Table [dbo].[a]...", false, "CREATE TABLE a (id INT)")
        .script("SELECT 'open");
    AttemptReport report = bed.run(bed.child(site, bed.start(site, Map.of()), 1));
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(report.batches()).isEmpty();
    assertThat(tables()).isEmpty();
  }

  @Test
  void whoeverHasLostTheChildDoesNothing() throws Exception {
    deployer.step("Creating Table [dbo].[a]...", true, "CREATE TABLE a (id INT)");
    ClaimedChild child = bed.child(site, bed.start(site, Map.of()), 1);
    bed.lose(child);
    AttemptReport report = bed.run(child);
    assertThat(report.attemptLifecycle()).isEqualTo(Lifecycle.Canceled);
    assertThat(tables()).isEmpty();
    assertThat(bed.findPlan(child.executionId())).isEmpty();
  }

  /// On a stand-in what was given up may go on for some seconds, with its own table.
  @Test
  void aStopEndsAStepAndTheServerTakesItsTransactionBack() throws Exception {
    deployer
        .step("Creating Table [dbo].[a]...", true, "CREATE TABLE stopped (id INT)")
        .step("Never ending...", true, "DECLARE @i INT = 0; WHILE @i < 2000000000 SET @i = @i + 1");
    ClaimedChild child = bed.child(site, bed.start(site, Map.of()), 1);
    RunningAttempt attempt = new RunningAttempt(child, 10_000, () -> true);
    FutureTask<AttemptReport> running = new FutureTask<>(() -> bed.run(attempt));
    Thread.ofVirtual().start(running);
    while (!TestBed.hasBegun(attempt, 2)) {
      assertThat(running.isDone()).isFalse();
      TimeUnit.MILLISECONDS.sleep(20);
    }
    attempt.stop(StopReason.STOPPED);
    AttemptReport report = running.get(30, TimeUnit.SECONDS);
    assertThat(report.childLifecycle()).isEqualTo(Lifecycle.Canceled);
    assertThat(report.message()).isEqualTo("the execution was stopped");
    assertThat(TestBed.log(report)).contains("is rolled back by the server");
    assertThat(site.run("SELECT name FROM sys.tables WHERE name = 'stopped'")).isEmpty();
  }

  private List<String> tables() throws Exception {
    return site.run("SELECT name FROM sys.tables WHERE name IN ('a', 'b', 'c') ORDER BY name");
  }

  private static Site master() {
    return at("master");
  }

  private static Site at(String database) {
    return new Site(
        ConnectionSettings.of(
                ServerName.parse(environment("EDJ_TEST_SQLSERVER_URL")),
                database,
                environment("EDJ_TEST_SQLSERVER_USER"),
                new Password(environment("EDJ_TEST_SQLSERVER_PASSWORD")))
            .withTls(TlsMode.REQUIRE, null),
        database,
        "edj.ledger");
  }

  private static String environment(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
