package dev.edj;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.execution.AttemptReport;
import dev.edj.execution.Counts;
import dev.edj.execution.EndSignal;
import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.NewExecution;
import dev.edj.execution.PlanStore;
import dev.edj.execution.Purpose;
import dev.edj.execution.Retention;
import dev.edj.execution.Rollout;
import dev.edj.execution.TaskType;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.job.JobChange;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.node.NodeProfile;
import dev.edj.notice.Outbox;
import dev.edj.problem.EdjException;
import dev.edj.settings.NoticeSettings;
import dev.edj.target.Membership;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import dev.edj.worker.RunningAttempt;
import dev.edj.worker.WorkerSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Jobs of several steps, waves, limits and retries, on a whole node whose attempts only say how
/// they ended.
@Order(1)
@Timeout(90)
class StepsTest {

  private static final int DATABASES = 6;

  private final TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
  private final EndSignal ends = new EndSignal();

  /// What ran, as `step:database`, in the order in which it began.
  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final Map<String, CountDownLatch> holding = new ConcurrentHashMap<>();
  private TestControlDatabase database;
  private Jdbi jdbi;
  private TestFleet fleet;
  private Executions executions;
  private @Nullable Node node;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    jdbi = database.jdbi();
    fleet = new TestFleet(jdbi);
    executions = new Executions(jdbi, ids, ends);
    fleet.credential("login", "postgresql://*");
    fleet.content("script", "SELECT 1");
    fleet.collection("all");
    for (int i = 0; i < DATABASES; i++) {
      fleet.targets.addChild(
          "all", fleet.database("postgresql://s", "d" + i).id().toString(), Membership.Include);
    }
  }

  @AfterEach
  void close() {
    holding.values().forEach(CountDownLatch::countDown);
    if (node != null) {
      node.close();
    }
    database.close();
  }

  @Test
  void aStepBeginsWhereTheStepBeforeSucceededAndIsSkippedWhereItFailed() {
    job("j", Rollout.AT_ONCE, step("all"), step("all"), step("all"));
    failing.addAll(List.of("1:d1", "2:d2"));
    start();
    UUID run = executions.start("j", "test").id();
    JobExecution ended = ended(run);
    assertThat(ended.lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(ended.children()).isEqualTo(new Counts(0, 0, 0, 13, 2, 0, 0, 3));
    assertThat(begun).doesNotContain("2:d1", "3:d1", "3:d2").doesNotHaveDuplicates();
    for (int i = 0; i < DATABASES; i++) {
      String name = "d" + i;
      assertThat(begun.stream().filter(one -> one.endsWith(name)).toList()).isSorted();
    }
    assertThat(children(run).stream().filter(c -> c.lifecycle() == Lifecycle.Skipped))
        .hasSize(3)
        .allSatisfy(c ->
            assertThat(c.message()).isEqualTo("an earlier step did not succeed on this database"));
  }

  @Test
  void oneDatabaseDoesNotWaitForTheOthers() throws InterruptedException {
    job("j", Rollout.AT_ONCE, step("all"), step("all"));
    hold("1:d0");
    start();
    UUID run = executions.start("j", "test").id();
    awaitBegun("2:d5");
    assertThat(begun).doesNotContain("2:d0");
    assertThat(child(run, 2, "d0").waitingCause()).isEqualTo("an earlier step on this database");
    release("1:d0");
    assertThat(ended(run).lifecycle()).isEqualTo(Lifecycle.Succeeded);
  }

  @Test
  void atABarrierAllDo() throws InterruptedException {
    job("j", Rollout.AT_ONCE, step("all"), barrier("all"));
    failing.add("1:d1");
    hold("1:d0");
    start();
    UUID run = executions.start("j", "test").id();
    awaitBegun("1:d5");
    Thread.sleep(1_200);
    assertThat(begun).noneMatch(one -> one.startsWith("2:"));
    assertThat(child(run, 2, "d5").waitingCause())
        .isEqualTo("barrier: an earlier step has not ended everywhere");
    release("1:d0");
    assertThat(ended(run).children()).isEqualTo(new Counts(0, 0, 0, 10, 1, 0, 0, 1));
  }

  @Test
  void wavesFollowEachOtherWhenApproved() throws InterruptedException {
    job("j", new Rollout(List.of("1", "2"), null, true, null), step("all"), step("all"));
    start();
    UUID run = executions.start("j", "test").id();
    awaitCause(run, "approval of wave 2 of 3");
    assertThat(begun).containsExactly("1:d0", "2:d0");
    assertThat(child(run, 1, "d3").waitingCause()).isEqualTo("wave 3 of 3");
    executions.approve(run, null);
    awaitCause(run, "approval of wave 3 of 3");
    assertThatThrownBy(() -> executions.approve(run, 2))
        .hasMessageContaining("waits for no approval of wave 2");
    assertThat(begun).hasSize(6).contains("2:d2").doesNotContain("1:d3");
    executions.approve(run, 3);
    assertThat(ended(run).children()).isEqualTo(new Counts(0, 0, 0, 12, 0, 0, 0, 0));
    assertThatThrownBy(() -> executions.approve(run, null))
        .isInstanceOf(EdjException.class)
        .hasMessageContaining("waits for no approval");
  }

  @Test
  void wavesFollowEachOtherByThemselvesAfterThePause() {
    job(
        "j",
        new Rollout(List.of("50%"), Duration.ofSeconds(2), null, null),
        step("all"),
        barrier("all"));
    start();
    UUID run = executions.start("j", "test").id();
    JobExecution ended = ended(run);
    assertThat(ended.children()).isEqualTo(new Counts(0, 0, 0, 12, 0, 0, 0, 0));
    assertThat(Duration.between(ended.createdAt(), ended.endedAt()))
        .isGreaterThan(Duration.ofSeconds(2));
    assertThat(begun.subList(0, 6)).allMatch(one -> one.matches("[12]:d[012]"));
    assertThat(begun.subList(0, 3)).allMatch(one -> one.startsWith("1:"));
  }

  @Test
  void nothingMoreBeginsWhenTooManyHaveFailed() {
    job("j", new Rollout(List.of("2"), null, null, "2"), step("all"));
    failing.addAll(List.of("1:d0", "1:d1"));
    start();
    JobExecution ended = ended(executions.start("j", "test").id());
    assertThat(ended.lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(ended.children()).isEqualTo(new Counts(0, 0, 0, 0, 2, 0, 4, 0));
    assertThat(ended.message()).startsWith("2 databases failed, and the limit is 2");
  }

  @Test
  void whatDidNotSucceedIsTriedAgainAndNothingElse() {
    job("j", Rollout.AT_ONCE, step("all"), step("all"));
    failing.addAll(List.of("1:d1", "2:d2"));
    start();
    UUID first = ended(executions.start("j", "test").id()).id();
    failing.clear();
    begun.clear();
    JobExecution again = ended(executions.retry(first, "test").id());
    assertThat(again.lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(begun).containsExactlyInAnyOrder("1:d1", "2:d1", "2:d2");
    assertThatThrownBy(() -> executions.retry(again.id(), "test"))
        .hasMessageContaining("every child of execution");
    assertThatThrownBy(() -> executions.retry(children(first).getFirst().id(), "test"))
        .hasMessageContaining("is a child");
  }

  @Test
  void aStepIsKnownAgainByItsNameAndANewOneRunsWhereAnyDidNotSucceed() {
    NewJobStep first = named("first");
    NewJobStep second = named("second");
    job("j", Rollout.AT_ONCE, first, second);
    failing.addAll(List.of("1:d1", "2:d2"));
    start();
    UUID run = ended(executions.start("j", "test").id()).id();
    failing.clear();
    begun.clear();
    fleet.jobs.update("j", new JobChange(null, List.of(named("new"), first, second), null, null));
    assertThat(ended(executions.retry(run, "test").id()).lifecycle())
        .isEqualTo(Lifecycle.Succeeded);
    assertThat(begun).containsExactlyInAnyOrder("1:d1", "1:d2", "2:d1", "3:d1", "3:d2");
  }

  @Test
  void aDatabaseThatLeftTheTargetIsNotTriedAgain() {
    job("j", Rollout.AT_ONCE, step("all"));
    failing.addAll(List.of("1:d1", "1:d2"));
    start();
    UUID run = ended(executions.start("j", "test").id()).id();
    failing.clear();
    begun.clear();
    fleet.targets.removeChild("all", "postgresql://s/d1");
    JobExecution again = ended(executions.retry(run, "test").id());
    assertThat(begun).containsExactly("1:d2");
    assertThat(again.lifecycle()).isEqualTo(Lifecycle.Succeeded);
  }

  @Test
  void aBarrierBeforeTheFirstStepIsNone() {
    job("j", Rollout.AT_ONCE, barrier("all"), step("all"));
    failing.add("1:d1");
    start();
    assertThat(counts(ended(executions.start("j", "test").id())))
        .isEqualTo(new Counts(0, 0, 0, 10, 1, 0, 0, 1));
  }

  @Test
  void manyRunsOfManyStepsDoNotGetInEachOthersWay() {
    List<String> jobs = IntStream.range(0, 8).mapToObj(i -> "j" + i).toList();
    jobs.forEach(
        name -> job(name, Rollout.AT_ONCE, step("all"), step("all"), step("all"), step("all")));
    long before = deadlocks();
    start();
    for (int round = 0; round < 5; round++) {
      List<UUID> runs = jobs.stream().map(name -> executions.start(name, "test").id()).toList();
      runs.forEach(run -> assertThat(ended(run).lifecycle()).isEqualTo(Lifecycle.Succeeded));
    }
    assertThat(deadlocks()).isEqualTo(before);
  }

  private long deadlocks() {
    return jdbi.withHandle(handle -> {
      handle.execute("SELECT pg_stat_force_next_flush()");
      return handle
          .createQuery("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
          .mapTo(Long.class)
          .one();
    });
  }

  @Test
  void aStoppedChildTakesItsNextStepsAlong() throws InterruptedException {
    job("j", Rollout.AT_ONCE, step("all"), step("all"));
    hold("1:d0");
    start();
    UUID run = executions.start("j", "test").id();
    awaitBegun("2:d5");
    executions.stop(child(run, 2, "d0").id());
    release("1:d0");
    assertThat(ended(run).children()).isEqualTo(new Counts(0, 0, 0, 11, 0, 0, 1, 0));
  }

  @Test
  void aStoppedRunEndsWithAllThatWaits() throws InterruptedException {
    job("j", new Rollout(List.of("1"), null, true, null), step("all"), barrier("all"));
    start();
    UUID run = executions.start("j", "test").id();
    awaitCause(run, "approval of wave 2 of 2");
    executions.stop(run);
    assertThat(ended(run).lifecycle()).isEqualTo(Lifecycle.Canceled);
    assertThat(ended(run).children()).isEqualTo(new Counts(0, 0, 0, 2, 0, 0, 10, 0));
  }

  @Test
  void anOlderVersionCanBeStarted() {
    job("j", Rollout.AT_ONCE, step("all"));
    fleet.jobs.update("j", new JobChange(null, List.of(step("all"), step("all")), null, null));
    start();
    assertThat(
            counts(ended(executions.start("j", new NewExecution(1, null, null), "test").id()))
                .total())
        .isEqualTo(6);
    assertThat(counts(ended(executions.start("j", "test").id())).total()).isEqualTo(12);
    assertThatThrownBy(() -> executions.start("j", new NewExecution(3, null, null), "test"))
        .hasMessageContaining("version 3");
  }

  @Test
  void valuesGivenAtTheStartComeBeforeTheJobsOwn() {
    fleet.jobs.create(
        new NewJob("j", null, List.of(step("all")), null, Map.of("Env", "test", "size", "1")));
    UUID run =
        executions.start("j", new NewExecution(null, Map.of("env", "live"), null), "test").id();
    PlanStore.RunParameters parameters = jdbi.onDemand(PlanStore.class).parameters(run);
    assertThat(parameters.givenValues().over(parameters.declaredValues()).readable())
        .containsOnly(Map.entry("Env", "live"), Map.entry("size", "1"));
    assertThatThrownBy(() ->
            executions.start("j", new NewExecution(null, Map.of("envi", "live"), null), "test"))
        .hasMessageContaining("has no parameter 'envi'; it has Env, size");
    assertThatThrownBy(() ->
            executions.start("j", new NewExecution(null, Map.of("job_id", "1"), null), "test"))
        .hasMessageContaining("built in");
  }

  @Test
  void aCheckKeepsNobodyAwayAndIsKeptAwayByNobody() throws InterruptedException {
    job("j", Rollout.AT_ONCE, step("all"));
    hold("1:d0");
    start();
    UUID check = start(Purpose.Check);
    awaitBegun("1:d0");
    UUID run = executions.start("j", "test").id();
    UUID second = start(Purpose.Check);
    awaitChildren(run);
    awaitChildren(second);
    release("1:d0");
    for (UUID id : List.of(check, run, second)) {
      assertThat(ended(id).lifecycle()).isEqualTo(Lifecycle.Succeeded);
    }
    assertThat(ended(check).purpose()).isEqualTo(Purpose.Check);
    assertThat(child(check, 1, "d0").purpose()).isEqualTo(Purpose.Check);
  }

  @Test
  void aTrialIsKeptAwayByRunsAndTrialsAndKeepsNoRunAway() throws InterruptedException {
    job("j", Rollout.AT_ONCE, step("all"));
    hold("1:d0");
    start();
    UUID trial = start(Purpose.Trial);
    awaitBegun("1:d0");
    UUID run = executions.start("j", "test").id();
    UUID second = start(Purpose.Trial);
    awaitChildren(run);
    awaitChildren(second);
    assertThat(child(second, 1, "d0").lifecycle()).isEqualTo(Lifecycle.Skipped);
    release("1:d0");
    assertThat(ended(trial).lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(ended(run).lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThat(ended(second).lifecycle()).isEqualTo(Lifecycle.SucceededWithSkipped);
  }

  @Test
  void aCheckGoesEverywhereAtOnceAndLooksAtEachStepByItself() {
    job("j", new Rollout(List.of("1"), null, true, "1"), step("all"), barrier("all"));
    failing.addAll(List.of("1:d0", "1:d1"));
    start();
    JobExecution ended = ended(start(Purpose.Check));
    assertThat(ended.lifecycle()).isEqualTo(Lifecycle.Failed);
    assertThat(ended.children()).isEqualTo(new Counts(0, 0, 0, 10, 2, 0, 0, 0));
  }

  @Test
  void aTrialGoesThroughTheStepsInOrderAndKnowsNoWaves() {
    job("j", new Rollout(List.of("1"), null, true, "1"), step("all"), barrier("all"));
    failing.add("1:d0");
    start();
    JobExecution ended = ended(start(Purpose.Trial));
    assertThat(ended.children()).isEqualTo(new Counts(0, 0, 0, 10, 1, 0, 0, 1));
  }

  @Test
  void aCheckThatFailedIsRetriedAsACheck() {
    job("j", Rollout.AT_ONCE, step("all"));
    failing.add("1:d0");
    start();
    UUID check = start(Purpose.Check);
    ended(check);
    JobExecution again = ended(executions.retry(check, "test").id());
    assertThat(again.purpose()).isEqualTo(Purpose.Check);
    assertThat(counts(again).total()).isEqualTo(1);
  }

  @Test
  void aDisabledJobCanBeCheckedAndNotTried() {
    job("j", Rollout.AT_ONCE, step("all"));
    fleet.jobs.disable("j");
    start();
    assertThat(ended(start(Purpose.Check)).lifecycle()).isEqualTo(Lifecycle.Succeeded);
    assertThatThrownBy(() -> start(Purpose.Trial)).hasMessageContaining("is disabled");
  }

  private UUID start(Purpose purpose) {
    return executions.start("j", new NewExecution(null, null, purpose), "test").id();
  }

  private void awaitChildren(UUID run) throws InterruptedException {
    for (int i = 0; i < 1_000 && counts(executions.named(run)).total() == 0; i++) {
      Thread.sleep(20);
    }
    assertThat(counts(executions.named(run)).total()).isPositive();
  }

  @Test
  void theCountersAreRightAfterMuchOfEverything() {
    job(
        "j",
        new Rollout(List.of("1", "2", "1"), null, null, null),
        step("all"),
        barrier("all"),
        step("all"));
    IntStream.range(0, 3).forEach(i -> failing.add((i + 1) + ":d" + (2 * i)));
    start();
    UUID run = executions.start("j", "test").id();
    Counts counts = counts(ended(run));
    List<JobExecution> children = children(run);
    assertThat(children).hasSize(18).allMatch(c -> c.lifecycle().ended());
    assertThat(counts.succeeded())
        .isEqualTo(children.stream().filter(c -> c.lifecycle() == Lifecycle.Succeeded).count());
    assertThat(counts.skipped())
        .isEqualTo(children.stream().filter(c -> c.lifecycle() == Lifecycle.Skipped).count());
    assertThat(
            jdbi.<Integer, RuntimeException>withHandle(handle ->
                handle
                    .createQuery("SELECT sum(blocked)::int FROM step_progress")
                    .mapTo(Integer.class)
                    .one()))
        .isZero();
  }

  private void job(String name, Rollout rollout, NewJobStep... steps) {
    fleet.jobs.create(new NewJob(name, null, List.of(steps), null, null, null, rollout));
  }

  private static NewJobStep step(String target) {
    return NewJobStep.of("script", "login", target).build();
  }

  private static NewJobStep named(String name) {
    return NewJobStep.of("script", "login", "all").name(name).build();
  }

  private static NewJobStep barrier(String target) {
    return NewJobStep.of("script", "login", target).barrier(true).build();
  }

  private void start() {
    node =
        new Node(
                database.database(),
                NodeProfile.of("n", Duration.ofSeconds(10)),
                new Retention(Duration.ofDays(1), Duration.ofDays(1)),
                new WorkerSettings(10, 10, 1, 1_000, Duration.ZERO, Duration.ofMillis(100)),
                this::run,
                fleet.resolver,
                fleet.fetch,
                fleet.privateKeys,
                new Outbox(jdbi, fleet.privateKeys, executions, NoticeSettings.NONE),
                ids,
                ends)
            .start();
  }

  private AttemptReport run(RunningAttempt attempt) {
    String name = "%d:%s".formatted(stepId(attempt), attempt.child().database());
    begun.add(name);
    CountDownLatch held = holding.get(name);
    if (held != null) {
      await(held);
    }
    Lifecycle lifecycle = failing.contains(name) ? Lifecycle.Failed : Lifecycle.Succeeded;
    return new AttemptReport(
        attempt.child(),
        TaskType.ScriptExecution,
        lifecycle,
        lifecycle,
        null,
        true,
        null,
        null,
        List.of(),
        List.of());
  }

  private int stepId(RunningAttempt attempt) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT step_id FROM step_execution WHERE step_execution_id = :id")
            .bind("id", attempt.child().stepExecutionId())
            .mapTo(Integer.class)
            .one());
  }

  private void hold(String name) {
    holding.put(name, new CountDownLatch(1));
  }

  private void release(String name) {
    requireNonNull(holding.get(name)).countDown();
  }

  private void awaitBegun(String name) throws InterruptedException {
    for (int i = 0; i < 1_000 && !begun.contains(name); i++) {
      Thread.sleep(20);
    }
    assertThat(begun).contains(name);
  }

  private void awaitCause(UUID run, String cause) throws InterruptedException {
    for (int i = 0; i < 1_000 && !cause.equals(executions.named(run).waitingCause()); i++) {
      Thread.sleep(20);
    }
    assertThat(executions.named(run).waitingCause()).isEqualTo(cause);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JobExecution ended(UUID run) {
    JobExecution ended = executions.await(List.of(run), false, Duration.ofSeconds(30)).getFirst();
    assertThat(ended.lifecycle().ended()).as("%s", ended).isTrue();
    return ended;
  }

  private static Counts counts(JobExecution run) {
    return requireNonNull(run.children());
  }

  private JobExecution child(UUID run, int step, String name) {
    return children(run).stream()
        .filter(c -> Integer.valueOf(step).equals(c.stepId()) && name.equals(c.database()))
        .findFirst()
        .orElseThrow();
  }

  private List<JobExecution> children(UUID run) {
    return executions
        .list(ExecutionFilter.page(100).parent(run).includeInactive().filter())
        .items();
  }
}
