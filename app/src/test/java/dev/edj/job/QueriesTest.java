package dev.edj.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.content.Content;
import dev.edj.execution.EndSignal;
import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Executions;
import dev.edj.execution.History;
import dev.edj.execution.HistoryStore;
import dev.edj.execution.JobExecution;
import dev.edj.execution.NewExecution;
import dev.edj.execution.PlanStore;
import dev.edj.execution.Purpose;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.schedule.NewTrigger;
import dev.edj.schedule.ScheduleClock;
import dev.edj.schedule.Triggers;
import dev.edj.target.Membership;
import dev.edj.target.NewTarget;
import dev.edj.target.TargetKind;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueriesTest {

  private static final Duration MONTH = Duration.ofDays(30);

  private TestControlDatabase database;
  private Jdbi jdbi;
  private TestFleet fleet;
  private Executions executions;
  private Queries queries;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    jdbi = database.jdbi();
    fleet = new TestFleet(jdbi);
    TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
    executions = new Executions(jdbi, ids, new EndSignal());
    queries = new Queries(jdbi, executions, ids);
    fleet.credential("login", "good");
    fleet.database("good", "db");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aQueryIsAnExecutionWithTheUsualLimits() {
    JobExecution started = start("SELECT 1");
    assertThat(started.purpose()).isEqualTo(Purpose.Query);
    assertThat(started.createdBy()).isEqualTo("somebody");
    assertThat(started.target()).isEqualTo("good/db");
    assertThat(started.credential()).isEqualTo("login");
    assertThat(started.job()).isEqualTo("query-" + started.id());
    PlanStore.PinnedPlan plan = plan(started);
    assertThat(plan.script()).isEqualTo("SELECT 1");
    assertThat(plan.mostRows()).isEqualTo(10_000);
    assertThat(plan.oneTransaction()).isTrue();
    assertThat(jobTimeout(started)).isEqualTo(Duration.ofMinutes(10));
    assertThat(listed(Purpose.Query)).containsExactly(started.id());
  }

  @Test
  void limitsAndValuesAreThoseThatAreGiven() {
    NewQuery query =
        new NewQuery(
            "UPDATE t SET a = $(a)",
            "good/db",
            "login",
            false,
            Map.of("a", "1"),
            Map.of("b", "hidden"),
            Duration.ofSeconds(5),
            7);
    JobExecution started = queries.start(query, "somebody");
    assertThat(started.purpose()).isEqualTo(Purpose.Run);
    PlanStore.PinnedPlan plan = plan(started);
    assertThat(plan.mostRows()).isEqualTo(7);
    assertThat(plan.atMostOnce()).isTrue();
    assertThat(jobTimeout(started)).isEqualTo(Duration.ofSeconds(5));
    String given =
        jdbi.withExtension(PlanStore.class, store -> store.parameters(started.id()).given());
    assertThat(given).contains("\"a\": \"1\"", "ciphertext").doesNotContain("hidden");
    assertThat(query.toString()).doesNotContain("hidden");
  }

  @Test
  void itsJobAndItsContentAreFoundByNobody() {
    JobExecution started = start("SELECT 1");
    String name = started.job();
    assertThat(fleet.jobs.list()).isEmpty();
    assertThat(fleet.contents.list()).extracting(Content::name).isEmpty();
    assertNotFound(() -> fleet.jobs.named(name));
    assertNotFound(() -> fleet.jobs.disable(name));
    assertNotFound(() -> fleet.jobs.delete(name));
    assertNotFound(() -> fleet.contents.named(name));
    assertNotFound(() -> fleet.contents.version(name, null));
    assertNotFound(() -> fleet.contents.versions(name));
    assertNotFound(() -> fleet.contents.delete(name));
    assertNotFound(() -> executions.start(name, "somebody"));
    assertNotFound(() -> executions.stopJob(name));
    assertNotFound(() -> executions.list(filter(name, null)));
    assertNotFound(() -> new History(jdbi).purge(name, null, "somebody"));
    assertField(
        () -> fleet.job("thief", name, "login", "good/db"), "content", "'%s'".formatted(name));
    fleet.content("script", "SELECT 1");
    fleet.job("follower", "script", "login", "good/db");
    assertThatThrownBy(() ->
            new Triggers(jdbi, ScheduleClock.CONTROL_DATABASE)
                .create(new NewTrigger("follower", null, name, null, null, null, null)))
        .isInstanceOf(EdjException.class)
        .hasMessageContaining(name);
  }

  @Test
  void whatAQueryUsesIsUsedByTheHistory() {
    start("SELECT 1");
    assertRefused(
        () -> fleet.credentials.delete("login"), ErrorCode.IN_USE, "the history of executions");
    assertRefused(
        () -> fleet.targets.delete("good/db"), ErrorCode.IN_USE, "the history of executions");
  }

  @Test
  void aQueryIsNeitherStartedAgainNorWhatAJobIsStartedFor() {
    UUID failed = ended(start("SELECT 1"), Duration.ZERO);
    jdbi.useHandle(handle -> handle.execute("UPDATE job_execution SET lifecycle = 'Failed'"));
    assertField(() -> executions.retry(failed, "somebody"), "id", "was a query");
    fleet.content("script", "SELECT 1");
    fleet.job("job", "script", "login", "good/db");
    assertField(
        () -> executions.start("job", new NewExecution(null, null, Purpose.Query), "somebody"),
        "purpose",
        "has no job");
  }

  @Test
  void withoutACredentialItIsTheTargetsOwnOrTheOnlyOneThatMayGoThere() {
    fleet.credential("elsewhere", "evil");
    assertThat(start("SELECT 1").credential()).isEqualTo("login");

    fleet.credential("other", "good");
    assertField(() -> start("SELECT 1"), "credential", "login, other");
    fleet.database("evil", "db");
    fleet.collection("both");
    fleet.targets.addChild("both", "good/db", Membership.Include);
    fleet.targets.addChild("both", "evil/db", Membership.Include);
    assertField(
        () -> queries.start(new NewQuery("SELECT 1", "both", null), "somebody"),
        "credential",
        "none may be sent to all servers");

    fleet.targets.create(new NewTarget(TargetKind.Server, null, "good", null, "other", null, null));
    assertThat(queries.start(new NewQuery("SELECT 1", "good/*", null), "somebody").credential())
        .isEqualTo("other");
  }

  @Test
  void badInputNamesItsFieldAndLeavesNothing() {
    assertField(() -> start(" "), "script", "empty");
    assertField(() -> start("SELECT '\0'"), "script", "NUL");
    assertField(
        () -> queries.start(new NewQuery("SELECT 1", "nowhere", null), "somebody"),
        "target",
        "'nowhere' does not exist");
    assertField(
        () -> queries.start(new NewQuery("SELECT 1", "good/db", "nobody"), "somebody"),
        "credential",
        "'nobody' does not exist");
    for (Duration timeout :
        List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofNanos(1), Duration.ofDays(2))) {
      assertField(() -> limited(timeout, null), "timeout", "1 ms to 1 day");
    }
    for (int maxRows : List.of(0, -1, 100_001)) {
      assertField(() -> limited(null, maxRows), "maxRows", "1 to 100,000");
    }
    fleet.credential("elsewhere", "evil");
    assertRefused(
        () -> queries.start(new NewQuery("SELECT 1", "good/db", "elsewhere"), "somebody"),
        ErrorCode.SERVER_NOT_ALLOWED,
        "server good");
    for (String table : List.of("job", "content", "job_execution")) {
      assertThat(rows(table)).as(table).isZero();
    }
  }

  @Test
  void anHourAfterItsEndAllOfItGoes() {
    UUID young = ended(start("SELECT 1"), Duration.ofMinutes(50));
    UUID old = ended(start("SELECT 2"), Duration.ofMinutes(70));
    JobExecution active = start("SELECT 3");
    removeHistory();
    assertNotFound(() -> executions.named(old));
    assertThat(executions.named(young).job()).isNotNull();
    assertThat(rows("job")).isEqualTo(2);
    assertThat(rows("content")).isEqualTo(2);

    ended(active, Duration.ofHours(2));
    new History(jdbi).purge(null, Instant.now(), "somebody");
    removeHistory();
    for (String table :
        List.of("job", "job_version", "job_step", "content", "content_version", "step_execution")) {
      assertThat(rows(table)).as(table).isZero();
    }
  }

  @Test
  void theContentsOfJobsStay() {
    fleet.content("script", "SELECT 1");
    fleet.job("job", "script", "login", "good/db");
    ended(executions.start("job", "somebody"), Duration.ofHours(2));
    removeHistory();
    assertThat(fleet.jobs.named("job").name()).isEqualTo("job");
    assertThat(fleet.contents.named("script").name()).isEqualTo("script");
    assertThat(rows("job_execution")).isEqualTo(1);
  }

  private void removeHistory() {
    new History(jdbi).removeExpired(MONTH);
    jdbi.useExtension(HistoryStore.class, HistoryStore::removeAdHocJobs);
    jdbi.useExtension(HistoryStore.class, HistoryStore::removeAdHocContents);
  }

  private JobExecution start(String script) {
    return queries.start(new NewQuery(script, "good/db", null), "somebody");
  }

  private void limited(@Nullable Duration timeout, @Nullable Integer maxRows) {
    queries.start(
        new NewQuery("SELECT 1", "good/db", null, null, null, null, timeout, maxRows), "somebody");
  }

  private UUID ended(JobExecution execution, Duration ago) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE job_execution
            SET lifecycle = 'Succeeded', followed = true, ended_at = now() - ? * interval '1 second'
            WHERE execution_id = ?
            """,
            ago.toSeconds(),
            execution.id()));
    return execution.id();
  }

  private PlanStore.PinnedPlan plan(JobExecution execution) {
    return jdbi.withExtension(PlanStore.class, store -> store.plan(step(execution)));
  }

  private long step(JobExecution execution) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT step_execution_id FROM step_execution WHERE execution_id = :run")
            .bind("run", execution.id())
            .mapTo(Long.class)
            .one());
  }

  private Duration jobTimeout(JobExecution execution) {
    return Duration.ofMillis(
        jdbi.withHandle(handle ->
            handle
                .createQuery("SELECT job_timeout_ms FROM step_execution WHERE execution_id = :run")
                .bind("run", execution.id())
                .mapTo(Long.class)
                .one()));
  }

  private List<UUID> listed(Purpose purpose) {
    return executions.list(filter(null, purpose)).items().stream().map(JobExecution::id).toList();
  }

  private static ExecutionFilter filter(@Nullable String job, @Nullable Purpose purpose) {
    return ExecutionFilter.page(100).job(job).purpose(purpose).includeInactive().filter();
  }

  private long rows(String table) {
    return Objects.requireNonNull(
        jdbi.withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one()));
  }

  private static void assertNotFound(ThrowingCallable call) {
    assertRefused(call, ErrorCode.NOT_FOUND, "does not exist");
  }

  private static void assertRefused(ThrowingCallable call, ErrorCode code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static void assertField(ThrowingCallable call, String field, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.field()).isEqualTo(field))
        .hasMessageContaining(message);
  }
}
