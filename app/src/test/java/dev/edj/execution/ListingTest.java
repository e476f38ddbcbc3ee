package dev.edj.execution;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.TestControlDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Listings against a plain search through all that is there, and the plans by which they stay
/// fast.
class ListingTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> JOBS = List.of("one", "two", "three");
  private static final List<String> SCHEDULES = List.of("Nightly", "Hourly");
  private static final List<String> TARGETS = List.of("all", "some");
  private static final List<String> CONTENTS = List.of("s", "t");
  private static final List<String> SERVERS = List.of("postgresql://a", "postgresql://b");
  private static final List<String> DATABASES = List.of("x", "y", "z");
  private static final List<Lifecycle> OF_RUNS =
      List.of(
          Lifecycle.Created,
          Lifecycle.WaitingForChildJobExecutions,
          Lifecycle.Succeeded,
          Lifecycle.SucceededWithSkipped,
          Lifecycle.Failed,
          Lifecycle.Canceled);
  private static final List<Lifecycle> OF_CHILDREN =
      List.of(
          Lifecycle.Created,
          Lifecycle.InProgress,
          Lifecycle.WaitingForRetry,
          Lifecycle.Succeeded,
          Lifecycle.Failed,
          Lifecycle.TimedOut,
          Lifecycle.Canceled,
          Lifecycle.Skipped);
  private static final int PAGE = 7;
  private static final int ROWS = 100;
  private static final String ANALYZE = "(ANALYZE, TIMING OFF) ";
  private static final Criteria ALL_CHILDREN = criteria(null, null, null, null, null, null);
  private static final Criteria ALL = criteria(null, null, null, null, 1, null);

  private final Random random = new Random(1);
  private TestControlDatabase database;
  private Jdbi jdbi;
  private Fleet fleet;
  private Executions executions;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    jdbi = database.jdbi();
    fleet = new Fleet(jdbi);
    executions = new Executions(jdbi, new TimeOrderedIds(InstantSource.system()), new EndSignal());
    SERVERS.forEach(server -> fleet.server(server, 100));
    JOBS.forEach(job -> fleet.job(job, "Default execution policy"));
    jdbi.useHandle(handle ->
        handle
            .createScript(
                """
                INSERT INTO content (name, kind, latest_version) VALUES ('t', 'Script', 1);
                INSERT INTO content_version (content_id, version, text, sha256)
                  SELECT content_id, 1, 'SELECT 2', '' FROM content WHERE name = 't';
                INSERT INTO target (target_id, name, kind) VALUES (gen_random_uuid(), 'some', 'CustomCollection');
                """)
            .execute());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyFilterAndEveryPairFindWhatAPlainSearchFinds() {
    List<Run> runs = Stream.generate(() -> insertRun(1 + random.nextInt(2))).limit(200).toList();
    for (int i = 0; i < 200; i++) {
      ExecutionFilter.Builder asked = randomFilter(null);
      ExecutionFilter filter = asked.filter();
      assertThat(list(asked)).as(filter.toString()).isEqualTo(search(runs, filter));
    }
  }

  @Test
  void theChildrenOfAnExecutionAreFoundByWhatTheyAre() {
    List<Run> runs = Stream.generate(() -> insertRun(1 + random.nextInt(2))).limit(30).toList();
    for (int i = 0; i < 100; i++) {
      Run run = any(runs);
      ExecutionFilter.Builder asked = randomFilter(run.id());
      ExecutionFilter filter = asked.filter();
      List<UUID> expected =
          run.steps().stream()
              .flatMap(step ->
                  step.children().stream()
                      .filter(child -> isWanted(filter, child))
                      .sorted(comparing(Child::server).thenComparing(Child::database)))
              .map(Child::id)
              .toList();
      assertThat(list(asked)).as(filter.toString()).isEqualTo(expected);
    }
  }

  @Test
  void aPageGoesOnAfterAnExecutionThatWasRemovedMeanwhile() {
    List<Run> runs = Stream.generate(() -> insertRun(1)).limit(60).toList();
    ExecutionFilter.Builder all = filter(null, Lifecycle.Succeeded, null, null, 3);
    List<UUID> expected = search(runs, all.filter());
    jdbi.onDemand(HistoryStore.class).removeRuns(expected.get(2));
    assertThat(executions.list(all.after(expected.get(2)).filter()).items())
        .extracting(JobExecution::id)
        .isEqualTo(expected.subList(3, 6));
    assertInvalid("after", all.after(new UUID(0x4000, 0)));
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    UUID run = insertRun(1).id();
    assertInvalid("job", of(run, "one", null, null, null));
    assertInvalid("schedule", of(run, null, "Nightly", null, null));
    assertInvalid("target", of(run, null, null, "all", null));
    assertInvalid("content", of(run, null, null, null, "s"));
    assertInvalid("lifecycle", filter(run, Lifecycle.SucceededWithSkipped, null, null, 1));
    assertInvalid(
        "lifecycle", filter(null, Lifecycle.SucceededWithSkipped, SERVERS.get(0), null, 1));
    assertInvalid("server", filter(null, null, "a b", null, 1));
    assertInvalid("after", filter(run, null, null, null, 1).after(run));
    assertInvalid("createdTo", between(BEGIN, BEGIN.minusSeconds(1), null, null));
    assertInvalid("startedTo", between(null, null, BEGIN, BEGIN.minusSeconds(1)));
  }

  @Test
  void whatDoesNotExistIsSaidToNotExist() {
    assertNotFound("job", of(null, "none", null, null, null));
    assertNotFound("target", of(null, null, null, "none", null));
    assertNotFound("content", of(null, null, null, null, "none"));
    assertNotFound("server", filter(null, null, "none", null, 1));
    // A schedule's name outlives it.
    assertThat(list(of(null, null, "none", null, null))).isEmpty();
  }

  @Test
  void aServerIsFoundHoweverItsNameIsWritten() {
    insertRun(2);
    insertRun(2);
    assertThat(list(filter(null, null, "PostgreSQL://A:5432", null, PAGE)))
        .isNotEmpty()
        .isEqualTo(list(filter(null, null, "postgresql://a", null, PAGE)));
  }

  @Test
  void aTargetIsFoundByItsId() {
    List<Run> runs = Stream.generate(() -> insertRun(1)).limit(20).toList();
    String id =
        jdbi.withHandle(handle ->
            handle
                .createQuery("SELECT target_id::text FROM target WHERE name = 'some'")
                .mapTo(String.class)
                .one());
    assertThat(list(of(null, null, null, id, null)))
        .isNotEmpty()
        .isEqualTo(search(runs, of(null, null, null, "some", null).filter()));
  }

  @Test
  void aRunOfSeveralStepsShowsWhatTheyHaveInCommonAndEachOfThem() {
    for (int i = 0; i < 20; i++) {
      Run run = insertRun(2);
      JobExecution shown = executions.named(run.id());
      assertThat(shown.step()).isNull();
      assertThat(shown.credential()).isEqualTo("c");
      assertThat(shown.content()).isEqualTo(common(run, Step::content));
      assertThat(shown.target()).isEqualTo(common(run, Step::target));
      assertThat(shown.steps())
          .extracting(RunStep::stepId, RunStep::content, RunStep::target)
          .containsExactly(
              tuple(1, run.steps().get(0).content(), run.steps().get(0).target()),
              tuple(2, run.steps().get(1).content(), run.steps().get(1).target()));
    }
    assertThat(executions.named(insertRun(1).id()).steps()).isNull();
  }

  @Test
  void aRunThatEndedIsListedByItsTargetAndItsLifecycle() {
    fleet.job("j", "Default execution policy");
    UUID run = fleet.run("j", 1, "postgresql://a");
    Claims claims = new Claims(jdbi, new Random(1));
    new Reports(jdbi)
        .record(claims.claim(fleet.node("n"), 1, 0).stream().map(ReportsTest::succeeded).toList());
    assertThat(list(ExecutionFilter.page(1).target("all").lifecycle(Lifecycle.Succeeded)))
        .containsExactly(run);
  }

  @Test
  void childrenThatWaitedForHoursAreFoundByTheTimeOfTheirStart() {
    insertOnManyServers(3, 1, "true");
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE child_execution SET started_at = created_at + interval '3 hours' WHERE database_name = 'app'"));
    UUID run = newestFirst("job_execution", "true").getFirst();
    assertThat(list(startedSince(run, BEGIN.plus(Duration.ofHours(2))))).hasSize(3);
    assertThat(list(startedSince(run, BEGIN.plus(Duration.ofHours(4))))).isEmpty();
  }

  @Test
  void whatRanOnADatabaseOfManyServersComesInOneOrder() {
    insertOnManyServers(60, 120, "run % server = 0");
    ExecutionFilter.Builder all = filter(null, null, null, "app", PAGE);
    ExecutionFilter.Builder failed = filter(null, Lifecycle.Failed, null, "app", PAGE);
    assertThat(list(all)).hasSizeGreaterThan(500).isEqualTo(newestFirst("child_execution", "true"));
    assertThat(list(filter(null, null, null, "app", ROWS)))
        .isEqualTo(newestFirst("child_execution", "true"));
    assertThat(list(failed))
        .isNotEmpty()
        .isEqualTo(newestFirst("child_execution", "lifecycle = 'Failed'"));
  }

  @Test
  void aPageOfADatabaseOfManyServersReadsLittleOfEachServer() {
    insertOnManyServers(100, 100, "true");
    Criteria app = criteria(null, null, null, null, null, "app");
    List<String> plan = plan(ANALYZE, PageStore.LIST_ON_DATABASE, app);
    assertThat(rowsRead(plan, "child_execution")).as("%s", plan).isBetween(200L, 1_000L);
    Criteria timedOut = criteria(null, null, null, null, null, "app", "TimedOut");
    List<String> rare = plan(ANALYZE, PageStore.LIST_ON_DATABASE, timedOut);
    assertThat(rowsRead(rare, "child_execution")).as("%s", rare).isBetween(1L, 200L);
  }

  @Test
  void aPageOfChildrenReadsNothingOfOtherRunsAndLittleOfItsOwn() {
    insertOnManyServers(2_000, 1, "true");
    UUID large = newestFirst("job_execution", "true").getFirst();
    jdbi.useHandle(handle ->
        handle
            .createScript(
                """
                UPDATE child_execution SET lifecycle = 'Created', ended_at = NULL
                  WHERE server_id > (SELECT max(server_id) - 3 FROM server);
                UPDATE child_execution SET lifecycle = 'InProgress', ended_at = NULL, node_id = 1
                  WHERE server_id = (SELECT max(server_id) - 3 FROM server);
                UPDATE step_progress SET created = 3, in_progress = 1;
                """)
            .execute());
    insertOnManyServers(1, 2_000, "true");
    for (Lifecycle lifecycle :
        List.of(Lifecycle.Created, Lifecycle.InProgress, Lifecycle.Succeeded, Lifecycle.Failed)) {
      assertLittleIsRead(planOfChildren(ANALYZE, large, lifecycle));
    }
    assertLittleIsRead(planOfChildren(ANALYZE, large, null));
  }

  private static void assertLittleIsRead(List<String> plan) {
    assertThat(rowsRead(plan, "step_execution")).as("%s", plan).isBetween(1L, ROWS + 2L);
    assertThat(rowsRead(plan, "child_execution")).as("%s", plan).isBetween(1L, 3L * ROWS);
  }

  /// Runs a minute apart, each with a child on the database `app` of those servers for which the
  /// condition holds; every seventh child has failed.
  private void insertOnManyServers(int servers, int runs, String condition) {
    jdbi.useHandle(handle ->
        handle
            .createScript(
                """
                INSERT INTO server (name) SELECT 'postgresql://m' || server FROM generate_series(1, %1$d) server
                  ON CONFLICT DO NOTHING;
                CREATE TEMPORARY TABLE made ON COMMIT PRESERVE ROWS AS
                  SELECT run, gen_random_uuid() AS execution_id, timestamptz '2026-01-01 00:00Z' + run * interval '1 minute' AS created_at
                  FROM generate_series(1, %2$d) run;
                INSERT INTO job_execution (execution_id, job_id, job_version, lifecycle, created_by, created_at, started_at,
                    ended_at, followed)
                  SELECT execution_id, 1, 1, 'Failed', 'test', created_at, created_at, now(), true FROM made;
                INSERT INTO step_execution (execution_id, step_id, step_name, content_id, content_version, credential_id,
                    target_id, policy_name, initial_retry_interval_ms, maximum_retry_interval_ms,
                    retry_interval_backoff_coefficient, maximum_attempts, retry, transient_errors, permanent_errors,
                    run_created_at, run_lifecycle)
                  SELECT execution_id, 1, 'JobStep', content_id, 1, credential.credential_id, target_id, 'p', 1, 1, 1, 1, 'all', '{}',
                    '{}', made.created_at, 'Failed'
                  FROM made, content, credential, target WHERE content.name = 's' AND target.name = 'all';
                INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name, lifecycle, created_at,
                    ended_at)
                  SELECT gen_random_uuid(), s.step_execution_id, v.server_id, 'app',
                    CASE WHEN (run + server) %% 7 = 0 THEN 'Failed' ELSE 'Succeeded' END, made.created_at, now()
                  FROM made JOIN step_execution s USING (execution_id)
                  CROSS JOIN generate_series(1, %1$d) server JOIN server v ON v.name = 'postgresql://m' || server
                  WHERE %3$s;
                INSERT INTO step_progress (step_execution_id, succeeded, failed)
                  SELECT step_execution_id, count(*) FILTER (WHERE lifecycle = 'Succeeded'),
                    count(*) FILTER (WHERE lifecycle = 'Failed')
                  FROM made JOIN step_execution USING (execution_id) JOIN child_execution USING (step_execution_id)
                  GROUP BY step_execution_id;
                DROP TABLE made;
                """
                    .formatted(servers, runs, condition))
            .execute());
    database.owner().useHandle(handle -> handle.execute("ANALYZE"));
  }

  private List<UUID> newestFirst(String table, String condition) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT execution_id FROM %s WHERE %s ORDER BY created_at DESC, execution_id DESC"
                    .formatted(table, condition))
            .mapTo(UUID.class)
            .list());
  }

  @Test
  void everyListingStaysOnItsIndex() {
    jdbi.useHandle(handle ->
        handle
            .createScript(
                """
                INSERT INTO job_execution (execution_id, job_id, job_version, lifecycle, created_by, created_at, started_at,
                    ended_at, schedule_name, followed)
                  SELECT gen_random_uuid(), 1 + n % 3, 1, CASE WHEN n % 1000 = 0 THEN 'Failed' ELSE 'Succeeded' END, 'test',
                    now() - n * interval '1 minute', now() - n * interval '1 minute', now(),
                    CASE WHEN n % 2 = 0 THEN 'Nightly' END, true
                  FROM generate_series(1, 30000) n;
                INSERT INTO step_execution (execution_id, step_id, step_name, content_id, content_version, credential_id,
                    target_id, policy_name, initial_retry_interval_ms, maximum_retry_interval_ms,
                    retry_interval_backoff_coefficient, maximum_attempts, retry, transient_errors, permanent_errors,
                    run_created_at, run_lifecycle)
                  SELECT execution_id, 1, 'JobStep', content_id, 1, credential.credential_id, target_id, 'p', 1, 1, 1, 1, 'all', '{}',
                    '{}', e.created_at, e.lifecycle
                  FROM job_execution e, content, credential, target WHERE content.name = 's' AND target.name = 'all';
                INSERT INTO step_progress (step_execution_id, succeeded) SELECT step_execution_id, 1 FROM step_execution;
                INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name, lifecycle, created_at,
                    ended_at)
                  SELECT gen_random_uuid(), step_execution_id, 1 + step_execution_id % 2, 'd' || step_execution_id % 100,
                    run_lifecycle, run_created_at, now()
                  FROM step_execution;
                """)
            .execute());
    assertPlans();
    database.owner().useHandle(handle -> handle.execute("ANALYZE"));
    assertPlans();
  }

  private void assertPlans() {
    assertPlan(PageStore.LIST_RUNS, ALL, "job_execution_ended_lifecycle");
    assertPlan(PageStore.LIST_REHEARSALS, ALL, "job_execution_rehearsal");
    assertPlan(
        PageStore.LIST_RUNS_OF_JOB,
        criteria(1L, null, null, null, 1, null),
        "job_execution_ended_job");
    assertPlan(
        PageStore.LIST_RUNS_BY_SCHEDULE,
        criteria(null, "Nightly", null, null, 1, null),
        "job_execution_ended_schedule");
    assertPlan(
        PageStore.LIST_RUNS_OF_JOB_BY_SCHEDULE,
        criteria(1L, "Nightly", null, null, 1, null),
        "job_execution_job_schedule");
    UUID target = jdbi.onDemand(PageStore.class).target("all", null);
    assertPlan(
        PageStore.LIST_RUNS_ON_TARGET,
        criteria(null, null, target, null, 1, null),
        "step_execution_target");
    Long content = jdbi.onDemand(PageStore.class).content("s");
    assertPlan(
        PageStore.LIST_RUNS_OF_CONTENT,
        criteria(null, null, null, content, 1, null),
        "step_execution_content");
    assertPlan(
        PageStore.LIST_ON_DATABASE,
        criteria(null, null, null, null, 1, "d7"),
        "child_execution_database");
    assertPlan(
        PageStore.LIST_ON_DATABASE,
        criteria(null, null, null, null, null, "d7"),
        "child_execution_database");
    assertPlan(PageStore.LIST_ON_SERVER, ALL, "child_execution_server");
    UUID run = UUID.randomUUID();
    assertPlan(planOfChildren("", run, null), "step_execution_execution_id_step_id_key");
    assertPlan(planOfChildren("", run, Lifecycle.Failed), "child_execution_unsuccessful");
    assertPlan(planOfChildren("", run, Lifecycle.Created), "child_execution_waiting");
    assertPlan(planOfChildren("", run, Lifecycle.InProgress), "child_execution_running");
  }

  private void assertPlan(String sql, Criteria criteria, String index) {
    assertPlan(plan("", sql, criteria), index);
  }

  private List<String> plan(String options, String sql, Criteria criteria) {
    return jdbi.inTransaction(handle -> {
      handle.attach(PageStore.class).begin();
      return handle
          .createQuery("EXPLAIN " + options + sql)
          .bindMethods(criteria)
          .mapTo(String.class)
          .list();
    });
  }

  private List<String> planOfChildren(String options, UUID run, @Nullable Lifecycle lifecycle) {
    return jdbi.inTransaction(handle -> {
      handle.attach(PageStore.class).begin();
      return handle
          .createQuery("EXPLAIN " + options + PageStore.LIST_CHILDREN)
          .bind("parent", run)
          .bindMethods(ALL_CHILDREN)
          .bindMethods(ChildCriteria.of(lifecycle, true, null))
          .bind("few", Listing.FEW)
          .mapTo(String.class)
          .list();
    });
  }

  private static void assertPlan(List<String> plan, String index) {
    assertThat(plan)
        .noneMatch(line -> line.matches(".*Seq Scan on (job|step|child)_execution.*"))
        .anyMatch(line -> line.matches(".*\\b" + index + "\\b.*"));
  }

  /// Rows of a table that were read, those included that were passed over.
  private static long rowsRead(List<String> analyzedPlan, String table) {
    Pattern scan =
        Pattern.compile(".* on " + table + " .*\\(actual rows=([0-9.]+) loops=([0-9]+)\\)");
    Pattern removed = Pattern.compile(".*Rows Removed by Filter: ([0-9.]+)");
    double rows = 0;
    double loops = 0;
    for (String line : analyzedPlan) {
      Matcher passedOver = removed.matcher(line);
      if (passedOver.matches()) {
        rows += loops * Double.parseDouble(passedOver.group(1));
      } else if (line.contains("->")) {
        Matcher read = scan.matcher(line);
        loops = read.matches() ? Double.parseDouble(read.group(2)) : 0;
        rows += read.matches() ? loops * Double.parseDouble(read.group(1)) : 0;
      }
    }
    return Math.round(rows);
  }

  private static Criteria criteria(
      @Nullable Long jobId,
      @Nullable String schedule,
      @Nullable UUID targetId,
      @Nullable Long contentId,
      @Nullable Integer serverId,
      @Nullable String database,
      String... ended) {
    return new Criteria(
        jobId,
        schedule,
        null,
        targetId,
        contentId,
        serverId,
        database,
        new String[0],
        ended.length == 0 ? new String[] {"Succeeded", "Failed"} : ended,
        Instant.EPOCH,
        Instant.parse("9999-01-01T00:00:00Z"),
        new UUID(0, 0),
        false,
        Instant.EPOCH,
        Instant.EPOCH,
        ROWS);
  }

  /// All pages.
  private List<UUID> list(ExecutionFilter.Builder filter) {
    List<UUID> found = new ArrayList<>();
    @Nullable String next = null;
    do {
      Page<JobExecution> page =
          executions.list(filter.after(next == null ? null : UUID.fromString(next)).filter());
      page.items().forEach(item -> found.add(item.id()));
      next = page.next();
    } while (next != null);
    return found;
  }

  private static List<UUID> search(List<Run> runs, ExecutionFilter filter) {
    if (filter.server() == null && filter.database() == null) {
      return runs.stream()
          .filter(run -> isWanted(filter, run))
          .sorted(comparing(Run::created).thenComparing(run -> run.id().toString()).reversed())
          .map(Run::id)
          .toList();
    }
    return runs.stream()
        .filter(run -> is(filter.job(), run.job()) && is(filter.schedule(), run.schedule()))
        .flatMap(run -> run.steps().stream())
        .filter(step -> is(filter.target(), step.target()) && is(filter.content(), step.content()))
        .flatMap(step -> step.children().stream())
        .filter(child -> isWanted(filter, child))
        .sorted(comparing(Child::created).thenComparing(child -> child.id().toString()).reversed())
        .map(Child::id)
        .toList();
  }

  private static boolean isWanted(ExecutionFilter filter, Run run) {
    return is(filter.job(), run.job())
        && is(filter.schedule(), run.schedule())
        && run.steps().stream().anyMatch(step -> is(filter.target(), step.target()))
        && run.steps().stream().anyMatch(step -> is(filter.content(), step.content()))
        && isWanted(filter, run.lifecycle(), run.created(), run.started());
  }

  private static boolean isWanted(ExecutionFilter filter, Child child) {
    return is(filter.server(), child.server())
        && is(filter.database(), child.database())
        && isWanted(filter, child.lifecycle(), child.created(), child.started());
  }

  private static boolean isWanted(
      ExecutionFilter filter, Lifecycle lifecycle, Instant created, @Nullable Instant started) {
    boolean byStart = filter.startedFrom() != null || filter.startedTo() != null;
    return (filter.lifecycle() == null
            ? filter.includeInactive() || !lifecycle.ended()
            : filter.lifecycle() == lifecycle)
        && isWithin(filter.createdFrom(), filter.createdTo(), created)
        && (!byStart
            || (started != null && isWithin(filter.startedFrom(), filter.startedTo(), started)));
  }

  private static boolean isWithin(@Nullable Instant from, @Nullable Instant to, Instant time) {
    return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
  }

  private static boolean is(@Nullable String wanted, @Nullable String value) {
    return wanted == null || wanted.equals(value);
  }

  private ExecutionFilter.Builder randomFilter(@Nullable UUID parent) {
    boolean ofChildren = parent != null || random.nextInt(3) == 0;
    Instant from = sometimes(3) ? BEGIN.plus(Duration.ofMinutes(random.nextInt(500))) : null;
    boolean byStart = random.nextBoolean();
    Instant to =
        sometimes(3)
            ? Objects.requireNonNullElse(from, BEGIN)
                .plus(Duration.ofMinutes(1 + random.nextInt(300)))
            : null;
    return ExecutionFilter.page(PAGE)
        .parent(parent)
        .job(parent == null && sometimes(3) ? any(JOBS) : null)
        .purpose(parent == null && sometimes(5) ? Purpose.Run : null)
        .schedule(parent == null && sometimes(3) ? any(SCHEDULES) : null)
        .target(parent == null && sometimes(3) ? any(TARGETS) : null)
        .content(parent == null && sometimes(3) ? any(CONTENTS) : null)
        .server(ofChildren && sometimes(2) ? any(SERVERS) : null)
        .database(ofChildren && sometimes(2) ? any(DATABASES) : null)
        .lifecycle(sometimes(3) ? any(ofChildren ? OF_CHILDREN : OF_RUNS) : null)
        .createdFrom(byStart ? null : from)
        .createdTo(byStart ? null : to)
        .startedFrom(byStart ? from : null)
        .startedTo(byStart ? to : null)
        .includeInactive(random.nextInt(4) > 0);
  }

  private boolean sometimes(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /// With an id that says the time of its creation, as far as milliseconds do, or that of a node
  /// whose clock is wrong.
  private Run insertRun(int steps) {
    Instant created = BEGIN.plus(Duration.ofMinutes(random.nextInt(500)));
    Lifecycle lifecycle = any(OF_RUNS);
    Instant started =
        lifecycle == Lifecycle.Created ? null : created.plusSeconds(random.nextInt(4) * 3_000L);
    Run run =
        new Run(
            id(created),
            any(JOBS),
            random.nextBoolean() ? any(SCHEDULES) : null,
            lifecycle,
            created,
            started,
            new ArrayList<>());
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO job_execution (execution_id, job_id, job_version, lifecycle, created_by, created_at, started_at,
                    ended_at, schedule_name, followed)
                SELECT :id, job_id, 1, :lifecycle, 'test', CAST(:created AS timestamptz), CAST(:started AS timestamptz), CASE WHEN :ended THEN now() END, :schedule, true
                FROM job WHERE name = :job
                """)
            .bindMethods(run)
            .bind("ended", lifecycle.ended())
            .execute());
    // Nothing says that the ids of steps are in the order of the steps.
    for (int step = steps; step >= 1; step--) {
      run.steps().addFirst(insertStep(run, step));
    }
    return run;
  }

  private Step insertStep(Run run, int number) {
    Step step = new Step(any(TARGETS), any(CONTENTS), new ArrayList<>());
    long id =
        jdbi.withHandle(handle ->
            handle
                .createQuery(
                    """
                    INSERT INTO step_execution (execution_id, step_id, step_name, content_id, content_version, credential_id,
                        target_id, policy_name, initial_retry_interval_ms, maximum_retry_interval_ms,
                        retry_interval_backoff_coefficient, maximum_attempts, retry, transient_errors, permanent_errors,
                        run_created_at, run_lifecycle)
                    SELECT :run, CAST(:number AS int), 'step ' || CAST(:number AS int), content_id, 1, credential.credential_id, target_id, 'p', 1, 1, 1, 1, 'all',
                      '{}', '{}', CAST(:created AS timestamptz), CAST(:lifecycle AS text)
                    FROM content, credential, target WHERE content.name = :content AND target.name = :target
                    RETURNING step_execution_id
                    """)
                .bind("run", run.id())
                .bind("number", number)
                .bind("created", run.created())
                .bind("lifecycle", run.lifecycle().ended() ? run.lifecycle() : null)
                .bindMethods(step)
                .mapTo(Long.class)
                .one());
    for (String server : SERVERS) {
      for (String name : DATABASES) {
        if (random.nextInt(3) > 0) {
          step.children().add(insertChild(run, id, server, name));
        }
      }
    }
    jdbi.useHandle(handle ->
        handle.execute(
            """
            INSERT INTO step_progress (step_execution_id, created, blocked, in_progress, waiting_for_retry, succeeded)
            SELECT ?, count(*) FILTER (WHERE lifecycle = 'Created'), count(*) FILTER (WHERE blocks > 0),
              count(*) FILTER (WHERE lifecycle = 'InProgress'), count(*) FILTER (WHERE lifecycle = 'WaitingForRetry'),
              count(*) FILTER (WHERE lifecycle = 'Succeeded')
            FROM child_execution WHERE step_execution_id = ?
            """,
            id,
            id));
    return step;
  }

  private Child insertChild(Run run, long step, String server, String name) {
    Lifecycle lifecycle =
        any(OF_CHILDREN.stream().filter(one -> one.ended() || !run.lifecycle().ended()).toList());
    Instant started =
        lifecycle == Lifecycle.Created ? null : run.created().plusSeconds(random.nextInt(20_000));
    Child child = new Child(id(run.created()), server, name, lifecycle, run.created(), started);
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name, lifecycle, node_id,
                    blocks, created_at, started_at, ended_at)
                SELECT :id, :step, server_id, :database, :lifecycle, CASE WHEN :lifecycle = 'InProgress' THEN 1 END,
                  CASE WHEN :lifecycle = 'Created' AND :blocked THEN 1 ELSE 0 END,
                  CAST(:created AS timestamptz), CAST(:started AS timestamptz), CASE WHEN :ended THEN now() END
                FROM server WHERE name = :server
                """)
            .bindMethods(child)
            .bind("step", step)
            .bind("blocked", step % 2 == 0 && random.nextBoolean())
            .bind("ended", lifecycle.ended())
            .execute());
    return child;
  }

  private UUID id(Instant created) {
    return new UUID(
        (created.toEpochMilli() << 16) | 0x7000 | random.nextInt(0x1000),
        (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }

  private static @Nullable String common(Run run, Function<Step, String> property) {
    List<String> values = run.steps().stream().map(property).distinct().toList();
    return values.size() == 1 ? values.getFirst() : null;
  }

  private void assertInvalid(String field, ExecutionFilter.Builder filter) {
    assertThatThrownBy(() -> executions.list(filter.filter()))
        .asInstanceOf(InstanceOfAssertFactories.type(EdjException.class))
        .returns(ErrorCode.INVALID_FIELD, EdjException::code)
        .returns(field, EdjException::field);
  }

  private void assertNotFound(String noun, ExecutionFilter.Builder filter) {
    assertThatThrownBy(() -> executions.list(filter.filter()))
        .hasMessage(noun + " 'none' does not exist");
  }

  private static ExecutionFilter.Builder of(
      @Nullable UUID parent,
      @Nullable String job,
      @Nullable String schedule,
      @Nullable String target,
      @Nullable String content) {
    return ExecutionFilter.page(PAGE)
        .parent(parent)
        .job(job)
        .schedule(schedule)
        .target(target)
        .content(content)
        .includeInactive();
  }

  private static ExecutionFilter.Builder filter(
      @Nullable UUID parent,
      @Nullable Lifecycle lifecycle,
      @Nullable String server,
      @Nullable String database,
      int limit) {
    return ExecutionFilter.page(limit)
        .parent(parent)
        .server(server)
        .database(database)
        .lifecycle(lifecycle)
        .includeInactive();
  }

  private static ExecutionFilter.Builder between(
      @Nullable Instant createdFrom,
      @Nullable Instant createdTo,
      @Nullable Instant startedFrom,
      @Nullable Instant startedTo) {
    return ExecutionFilter.page(PAGE)
        .createdFrom(createdFrom)
        .createdTo(createdTo)
        .startedFrom(startedFrom)
        .startedTo(startedTo)
        .includeInactive();
  }

  private static ExecutionFilter.Builder startedSince(UUID parent, Instant startedFrom) {
    return ExecutionFilter.page(PAGE).parent(parent).startedFrom(startedFrom).includeInactive();
  }

  public record Run(
      UUID id,
      String job,
      @Nullable String schedule,
      Lifecycle lifecycle,
      Instant created,
      @Nullable Instant started,
      List<Step> steps) {}

  public record Step(String target, String content, List<Child> children) {}

  public record Child(
      UUID id,
      String server,
      String database,
      Lifecycle lifecycle,
      Instant created,
      @Nullable Instant started) {}
}
