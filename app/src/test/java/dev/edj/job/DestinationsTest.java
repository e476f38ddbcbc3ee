package dev.edj.job;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.execution.Destination;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.History;
import dev.edj.execution.JobExecution;
import dev.edj.execution.PinnedDestination;
import dev.edj.execution.PlanStore;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.execution.ResultMode;
import dev.edj.execution.RunStep;
import dev.edj.execution.RunStore;
import dev.edj.execution.RunStore.PinnedStep;
import dev.edj.execution.SchemaDrift;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.execution.TriggeredRun;
import dev.edj.execution.TriggeredRuns;
import dev.edj.policy.DestinationFailure;
import dev.edj.policy.ExecutionPolicyChange;
import dev.edj.policy.NewExecutionPolicy;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What jobs do with the rows that their scripts return.
@TestInstance(Lifecycle.PER_CLASS)
class DestinationsTest {

  private static final Destination SIZES =
      new Destination("warehouse", "telemetry", null, "sizes", "writer", null, null);
  private static final Destination SIZES_IN_FULL =
      new Destination("warehouse", "telemetry", null, "sizes", "writer", SchemaDrift.Fail, false);
  private static final Destination COUNTS =
      new Destination(
          "postgresql://warehouse",
          "telemetry",
          "audit",
          "counts",
          "writer",
          SchemaDrift.Add,
          true);

  private final TestControlDatabase database = TestControlDatabase.create();
  private final Jdbi jdbi = database.jdbi();
  private final TestFleet fleet = new TestFleet(jdbi);
  private final Jobs jobs = fleet.jobs;
  private final TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
  private final Executions executions = new Executions(jdbi, ids, new EndSignal());

  @BeforeAll
  void makeWhatJobsAreMadeOf() {
    fleet.content("script", "SELECT 1");
    fleet.credential("login", "good");
    fleet.credential(
        "writer",
        "warehouse",
        "postgresql://warehouse",
        "mysql://warehouse",
        "mariadb://warehouse");
    fleet.credential("anywhere", "*");
    fleet.database("good", "db");
    create("always sends", null, COUNTS);
    executions.start("always sends", "test");
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void rowsAreKeptUnlessTheStepSaysOtherwise() {
    JobStep usual = create("usual", null, null);
    assertThat(usual.results()).isEqualTo(ResultMode.Keep);
    assertThat(usual.destination()).isNull();
    assertThat(create("keeps", ResultMode.Keep, null)).isEqualTo(usual);
    assertThat(create("drops", ResultMode.Drop, null).results()).isEqualTo(ResultMode.Drop);
  }

  @Test
  void aDestinationIsShownWithWhatItLeavesOut() {
    JobStep sends = create("sends", null, SIZES);
    assertThat(sends.results()).isEqualTo(ResultMode.Send);
    assertThat(sends.destination()).isEqualTo(SIZES_IN_FULL);
    assertThat(create("sends as it says", ResultMode.Send, SIZES).destination())
        .isEqualTo(SIZES_IN_FULL);
    assertThat(create("sends all", null, COUNTS).destination()).isEqualTo(COUNTS);
  }

  @Test
  void aServerNeedNotBeATargetAndHasOneNameOnly() {
    create("first", null, sizesOn("New.example.com,1433"));
    JobStep second = create("second", null, sizesOn("tcp:new.example.com"));

    assertThat(requireNonNull(second.destination()).server()).isEqualTo("new.example.com");
    assertThat(servers("%new%")).containsExactly("new.example.com");
    assertThat(servers("good")).containsExactly("good");
    create("to a target", null, sizesOn("good"));
    assertThat(servers("good")).containsExactly("good");
  }

  @Test
  void aChangeOfTheDestinationMakesANewVersion() {
    create("versions", null, SIZES);
    assertThat(change("versions", null, SIZES).version()).isEqualTo(1);
    assertThat(change("versions", ResultMode.Send, SIZES_IN_FULL).version()).isEqualTo(1);
    assertThat(change("versions", null, COUNTS).version()).isEqualTo(2);
    assertThat(change("versions", null, null).version()).isEqualTo(3);
    assertThat(change("versions", ResultMode.Keep, null).version()).isEqualTo(3);
    assertThat(change("versions", ResultMode.Drop, null).version()).isEqualTo(4);

    assertThat(jobs.named("versions", 1).steps().getFirst().destination()).isEqualTo(SIZES_IN_FULL);
    assertThat(jobs.named("versions", 2).steps().getFirst().destination()).isEqualTo(COUNTS);
    assertThat(jobs.named("versions", 3).steps().getFirst().destination()).isNull();
    assertThat(jobs.update("versions", new JobChange("text", null, null, null)).version())
        .isEqualTo(4);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertField(() -> create("bad", ResultMode.Keep, SIZES), "results", "is Keep");
    assertField(() -> create("bad", ResultMode.Drop, SIZES), "results", "is Drop");
    assertField(() -> create("bad", ResultMode.Send, null), "destination", "must be given");
    assertThatThrownBy(() -> jobs.named("bad")).hasMessageContaining("does not exist");
  }

  @Test
  void badInputNamesItsField() {
    assertField(() -> create("bad", null, sizesOn("")), "destination.server", "is empty");
    assertField(() -> create("bad", null, sizesOn("a b")), "destination.server", "a blank");
    assertField(
        () -> create("bad", null, sizesOn("oracle://s")), "destination.server", "not one of");
    for (String bad : List.of("", " ", " a", "a ", "a\0", "..", "x".repeat(129))) {
      assertField(() -> create("bad", null, named(bad, "s", "t")), "destination.database", "");
      assertField(() -> create("bad", null, named("d", bad, "t")), "destination.schema", "");
      assertField(() -> create("bad", null, named("d", "s", bad)), "destination.table", "");
    }
    assertThatThrownBy(() -> jobs.named("bad")).hasMessageContaining("does not exist");
  }

  @Test
  void aNameThatItsEngineWouldCutIsRefused() {
    String longest = "é".repeat(31);
    Destination fits =
        new Destination("postgresql://warehouse", longest, longest, longest, "writer", null, null);
    assertThat(create("long names", null, fits).results()).isEqualTo(ResultMode.Send);
    assertField(
        () ->
            create(
                "bad",
                null,
                new Destination(
                    "postgresql://warehouse", "d", null, longest + "é", "writer", null, null)),
        "destination.table",
        "has 64 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void aSchemaIsRefusedWhereThereAreNone(String scheme) {
    String server = scheme + "://warehouse";
    assertField(
        () ->
            create(
                "bad",
                null,
                new Destination(server, "telemetry", "audit", "sizes", "writer", null, null)),
        "destination.schema",
        "has no schemas");
    create(scheme, null, new Destination(server, "telemetry", null, "sizes", "writer", null, null));
  }

  @Test
  void theCredentialHasToExistAndMayBeSentToTheServer() {
    assertField(
        () ->
            create("bad", null, new Destination("warehouse", "d", null, "t", "nobody", null, null)),
        "destination.credential",
        "'nobody' does not exist");
    assertThatThrownBy(() ->
            create("bad", null, new Destination("elsewhere", "d", null, "t", "writer", null, null)))
        .isInstanceOfSatisfying(
            EdjException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SERVER_NOT_ALLOWED);
              assertThat(e.field()).isEqualTo("destination.credential");
            })
        .hasMessageContaining("credential 'writer' may not be sent to server elsewhere");
    assertThat(servers("elsewhere")).as("nothing was changed").isEmpty();
  }

  @Test
  void aCredentialThatWritesResultsIsNotDeleted() {
    fleet.credential("busy", "*");
    create(
        "busy", null, new Destination("warehouse", "telemetry", null, "sizes", "busy", null, null));
    UUID run = executions.start("busy", "test").id();
    assertInUse("busy", "job 'busy'");
    change("busy", null, null);
    assertInUse("busy", "job 'busy'");

    execute(
        """
        UPDATE job_step
        SET results = 'Keep', destination_server_id = NULL, destination_database = NULL, destination_table = NULL,
            destination_credential_id = NULL, destination_drift = NULL, destination_source_columns = NULL
        WHERE job_id = %d
        """
            .formatted(jobId("busy")));
    assertInUse("busy", "the history of executions");
    execute(
        """
        UPDATE job_execution SET lifecycle = 'Succeeded', ended_at = now(), followed = true
        WHERE execution_id = '%s'
        """
            .formatted(run));
    assertThat(new History(jdbi).purge("busy", null, "test").removed()).isEqualTo(1);
    fleet.credentials.delete("busy");
  }

  @Test
  void aStartPinsTheDestination() {
    fleet.policies.create(policy("writes again", DestinationFailure.WriteOnly));
    jobs.create(new NewJob("pinned", null, List.of(under("writes again", SIZES)), null, null));
    JobExecution first = executions.start("pinned", "test");
    fleet.policies.update("writes again", settings(DestinationFailure.RunAgain));
    jobs.update("pinned", new JobChange(null, List.of(under("writes again", COUNTS)), null, null));
    JobExecution second = executions.start("pinned", "test");
    change("pinned", ResultMode.Drop, null);
    JobExecution third = executions.start("pinned", "test");

    PinnedPlan plan = plan(first.id());
    assertThat(plan.results()).isEqualTo(ResultMode.Send);
    assertThat(plan.destination())
        .isEqualTo(
            new PinnedDestination(
                serverId("warehouse"),
                "telemetry",
                null,
                "sizes",
                credentialId("writer"),
                false,
                false));
    assertThat(plan.writeOnly()).isTrue();
    assertThat(plan(second.id()).writeOnly()).isFalse();
    assertThat(plan(second.id()).destination())
        .isEqualTo(
            new PinnedDestination(
                serverId("postgresql://warehouse"),
                "telemetry",
                "audit",
                "counts",
                credentialId("writer"),
                true,
                true));
    assertThat(plan(third.id()).results()).isEqualTo(ResultMode.Drop);
    assertThat(plan(third.id()).destination()).isNull();

    assertThat(executions.named(first.id()).destination()).isEqualTo(SIZES_IN_FULL);
    assertThat(executions.named(second.id()).destination()).isEqualTo(COUNTS);
    assertThat(executions.named(second.id()).results()).isEqualTo(ResultMode.Send);
    assertThat(executions.named(third.id()).destination()).isNull();
    assertThat(executions.named(third.id()).results()).isEqualTo(ResultMode.Drop);
  }

  @Test
  void whatATriggerStartsIsPinnedLikewise() {
    create("triggered", null, COUNTS);
    UUID run = ids.next();
    jdbi.useTransaction(handle -> {
      TriggeredRuns triggered = new TriggeredRuns(handle);
      long jobId = jobId("triggered");
      triggered.lock(List.of(jobId));
      triggered.start(List.of(new TriggeredRun(run, jobId, null, null, null, false)));
    });
    change("triggered", null, null);

    assertThat(requireNonNull(plan(run).destination()).table()).isEqualTo("counts");
    assertThat(executions.named(run).destination()).isEqualTo(COUNTS);
  }

  @Test
  void stepsHaveDestinationsOfTheirOwn() {
    jobs.create(
        new NewJob(
            "steps",
            null,
            List.of(step(null, SIZES), step(ResultMode.Send, COUNTS), step(null, null)),
            null,
            null));
    JobExecution run = executions.start("steps", "test");

    assertThat(run.results()).isNull();
    assertThat(run.destination()).isNull();
    assertThat(requireNonNull(run.steps()))
        .extracting(RunStep::results)
        .containsExactly(ResultMode.Send, ResultMode.Send, ResultMode.Keep);
    assertThat(requireNonNull(run.steps()))
        .extracting(RunStep::destination)
        .containsExactly(SIZES_IN_FULL, COUNTS, null);
    jobs.update(
        "steps", new JobChange(null, List.of(step(null, SIZES), step(null, SIZES)), null, null));
    JobExecution alike = executions.start("steps", "test");
    assertThat(alike.results()).isEqualTo(ResultMode.Send);
    assertThat(alike.destination()).as("it is shown with each step").isNull();
  }

  @Test
  void aChildShowsWhereItsRowsGo() {
    create("children", null, COUNTS);
    UUID run = executions.start("children", "test").id();
    UUID child = ids.next();
    jdbi.useHandle(handle ->
        handle.execute(
            """
            INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name)
            SELECT ?, step_execution_id, ?, 'db' FROM step_execution WHERE execution_id = ?
            """,
            child,
            serverId("good"),
            run));

    assertThat(executions.named(child).results()).isEqualTo(ResultMode.Send);
    assertThat(executions.named(child).destination()).isEqualTo(COUNTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "results = 'Keep'",
        "results = 'Sent'",
        "destination_server_id = NULL",
        "destination_database = NULL",
        "destination_table = NULL",
        "destination_credential_id = NULL",
        "destination_drift = NULL",
        "destination_drift = 'fail'",
        "destination_source_columns = NULL"
      })
  void theControlDatabaseHoldsAllOfADestination(String change) {
    for (String table : List.of("job_step", "step_execution")) {
      assertBroken("UPDATE %s SET %s WHERE results = 'Send'".formatted(table, change));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "results = 'Send'",
        "destination_database = 'telemetry'",
        "destination_schema = 'audit'",
        "destination_source_columns = true"
      })
  void theControlDatabaseHoldsNothingOfADestinationThatIsNone(String change) {
    create("none " + change, null, null);
    executions.start("none " + change, "test");
    for (String table : List.of("job_step", "step_execution")) {
      assertBroken("UPDATE %s SET %s WHERE results = 'Keep'".formatted(table, change));
    }
  }

  private JobStep create(
      String name, @Nullable ResultMode results, @Nullable Destination destination) {
    return jobs.create(new NewJob(name, null, List.of(step(results, destination)), null, null))
        .steps()
        .getFirst();
  }

  private Job change(String name, @Nullable ResultMode results, @Nullable Destination destination) {
    return jobs.update(name, new JobChange(null, List.of(step(results, destination)), null, null));
  }

  private static NewJobStep step(@Nullable ResultMode results, @Nullable Destination destination) {
    return NewJobStep.of("script", "login", "good/db")
        .results(results)
        .destination(destination)
        .build();
  }

  private static NewJobStep under(String policy, Destination destination) {
    return NewJobStep.of("script", "login", "good/db")
        .policy(policy)
        .destination(destination)
        .build();
  }

  private static Destination sizesOn(String server) {
    return new Destination(server, "telemetry", null, "sizes", "anywhere", null, null);
  }

  private static Destination named(String database, String schema, String table) {
    return new Destination("warehouse", database, schema, table, "writer", null, null);
  }

  private static NewExecutionPolicy policy(String name, DestinationFailure failure) {
    return new NewExecutionPolicy(
        name, null, null, null, null, null, null, null, null, null, failure);
  }

  private static ExecutionPolicyChange settings(DestinationFailure failure) {
    return new ExecutionPolicyChange(null, null, null, null, null, null, null, null, null, failure);
  }

  private PinnedPlan plan(UUID run) {
    PinnedStep only = jdbi.onDemand(RunStore.class).pinnedSteps(run).getFirst();
    return jdbi.onDemand(PlanStore.class).plan(only.stepExecutionId());
  }

  private int serverId(String name) {
    return (int) id("SELECT server_id FROM server WHERE name = ?", name);
  }

  private long credentialId(String name) {
    return id("SELECT credential_id FROM credential WHERE name = ?", name);
  }

  private long jobId(String name) {
    return id("SELECT job_id FROM job WHERE name = ?", name);
  }

  private long id(String sql, String name) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).bind(0, name).mapTo(Long.class).one());
  }

  private List<String> servers(String pattern) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT name FROM server WHERE name LIKE ?")
            .bind(0, pattern)
            .mapTo(String.class)
            .list());
  }

  private void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql));
  }

  private void assertBroken(String sql) {
    assertThatThrownBy(() -> execute(sql))
        .as(sql)
        .hasMessageContaining("violates check constraint");
  }

  private void assertInUse(String credential, String by) {
    assertThatThrownBy(() -> fleet.credentials.delete(credential))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IN_USE))
        .hasMessageContaining("is used by " + by);
  }

  private static void assertField(ThrowingCallable call, String field, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EdjException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_FIELD);
              assertThat(e.field()).isEqualTo(field);
            })
        .hasMessageContaining(message);
  }
}
