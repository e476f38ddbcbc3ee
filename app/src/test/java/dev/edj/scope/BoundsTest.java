package dev.edj.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.edj.content.NewContentVersion;
import dev.edj.execution.Destination;
import dev.edj.execution.EndSignal;
import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Executions;
import dev.edj.execution.NewExecution;
import dev.edj.execution.Purpose;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.job.JobChange;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.job.NewQuery;
import dev.edj.job.Queries;
import dev.edj.policy.ExecutionPolicyChange;
import dev.edj.policy.NewExecutionPolicy;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.schedule.Firings;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.NewScheduleRule;
import dev.edj.schedule.NewTrigger;
import dev.edj.schedule.Overlap;
import dev.edj.schedule.ScheduleClock;
import dev.edj.schedule.Schedules;
import dev.edj.schedule.Trigger;
import dev.edj.schedule.TriggerChange;
import dev.edj.schedule.Triggers;
import dev.edj.target.Membership;
import dev.edj.target.NewTarget;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Whoever has a role in the collection `eu` only does there what the role lets them, and nowhere
/// else.
///
///     eu ── server1/a
///        ── inner ── server1/b
///        ── mixed ── server1/c
///                 ── deep ── server1/d
///                 ╌╌ server1/e (excluded)
///     us ── server1/z
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundsTest {

  private static final Scope EU =
      new Scope("bob", Area.within(Set.of("eu")), Area.within(Set.of("eu")));
  private static final Scope OPERATOR_OF_EU =
      new Scope("bob", Area.within(Set.of("eu")), Area.NOWHERE);

  private TestControlDatabase database;
  private Jdbi jdbi;
  private TestFleet fleet;
  private Executions executions;
  private Queries queries;
  private Schedules schedules;
  private Triggers triggers;

  @BeforeAll
  void open() {
    database = TestControlDatabase.create();
    jdbi = database.jdbi();
    fleet = new TestFleet(jdbi);
    TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
    executions = new Executions(jdbi, ids, new EndSignal());
    queries = new Queries(jdbi, executions, ids);
    schedules =
        new Schedules(
            jdbi,
            ScheduleClock.CONTROL_DATABASE,
            new Firings(jdbi, ids, ScheduleClock.CONTROL_DATABASE));
    triggers = new Triggers(jdbi, ScheduleClock.CONTROL_DATABASE);
    fleet.credential("login", "*");
    fleet.content("script", "SELECT 1");
    List.of("a", "b", "c", "d", "e", "z").forEach(name -> fleet.database("server1", name));
    List.of("eu", "inner", "mixed", "deep", "us").forEach(fleet::collection);
    include("eu", "server1/a", "inner", "mixed");
    include("inner", "server1/b");
    include("mixed", "server1/c", "deep");
    include("deep", "server1/d");
    include("us", "server1/z");
    fleet.targets.addChild("mixed", "server1/e", Membership.Exclude);
  }

  private void include(String collection, String... members) {
    List.of(members)
        .forEach(member -> fleet.targets.addChild(collection, member, Membership.Include));
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void aTargetIsWithinACollectionThatItIsOrIsIncludedIn() {
    for (String inside : List.of("eu", "server1/a", "inner", "server1/b", "mixed")) {
      job("within " + inside, inside);
      inEurope(() -> executions.start("within " + inside, "bob"));
    }
    for (String outside : List.of("us", "server1/z", "server1/e")) {
      job("out of " + outside, outside);
      refused(
          "this needs the role Operator for target '%1$s' of job 'out of %1$s', and bob has it in collection 'eu' only"
              .formatted(outside),
          () -> executions.start("out of " + outside, "bob"));
    }
  }

  /// That of the collection `mixed` something is left is known; what is, is not.
  @Test
  void whatIsInACollectionThatExcludesSomethingIsNotKnownToBeLeft() {
    for (String unknown : List.of("server1/c", "deep", "server1/d")) {
      job("by exclusion " + unknown, unknown);
      refused(
          "of collection 'mixed', which excludes something, only the whole counts: take it itself",
          () -> executions.start("by exclusion " + unknown, "bob"));
    }
  }

  /// The rows of the map would say it, which whoever may write its catalog may write.
  @Test
  void whereAShardMapLeadsIsNotKnown() {
    fleet.targets.create(NewTarget.shardMap("tenants", "server1", "catalog", "Tenants", "login"));
    fleet.collection("spread");
    include("spread", "tenants", "server1/a");
    include("eu", "spread");
    try {
      for (String leading : List.of("tenants", "spread", "eu")) {
        refused(
            "for target '%1$s' of job 'along %1$s', and bob has it in collection 'eu' only; where shard map 'tenants' leads is said by its rows"
                .formatted(leading),
            () -> job("along " + leading, leading));
        job("along " + leading, leading);
        refused("shard map 'tenants'", () -> executions.start("along " + leading, "bob"));
      }
      job("beside the map", "server1/a");
      inEurope(() -> executions.start("beside the map", "bob"));
    } finally {
      fleet.targets.removeChild("eu", "spread");
    }
  }

  @Test
  void aShardMapThatIsExcludedLeadsNowhere() {
    fleet.targets.create(NewTarget.shardMap("left out", "server1", "catalog", "Out", "login"));
    fleet.collection("rest");
    include("rest", "server1/a");
    fleet.targets.addChild("rest", "left out", Membership.Exclude);
    include("eu", "rest");
    job("on the rest", "rest");
    inEurope(() -> executions.start("on the rest", "bob"));
  }

  @Test
  void whatIsIncludedInTwoWaysIsWithinByTheOneThatExcludesNothing() {
    fleet.database("server1", "twice");
    include("mixed", "server1/twice");
    include("inner", "server1/twice");
    job("twice", "server1/twice");
    inEurope(() -> executions.start("twice", "bob"));
  }

  @Test
  void allStepsOfTheVersionThatIsStartedAndOfTheJobAsItIsNowHaveToBeWithin() {
    job("grown", "eu");
    fleet.jobs.update("grown", steps("eu", "us"));

    refused("target 'us' of job 'grown'", () -> executions.start("grown", "bob"));
    refused(
        "target 'us' of job 'grown'",
        () -> executions.start("grown", new NewExecution(1, null, null), "bob"));
    refused(
        "target 'us'",
        () -> executions.start("grown", new NewExecution(null, null, Purpose.Check), "bob"));
    assertThat(executions.list(ExecutionFilter.page(9).job("grown").filter()).items()).isEmpty();
    fleet.jobs.update("grown", steps("eu"));
    refused(
        "target 'us' of job 'grown'",
        () -> executions.start("grown", new NewExecution(2, null, null), "bob"));
    inEurope(() -> executions.start("grown", new NewExecution(1, null, null), "bob"));
  }

  @Test
  void anExecutionIsStoppedAndApprovedAndRetriedByWhatItWasStartedOn() {
    job("moved", "us");
    UUID outside = executions.start("moved", "ann").id();
    fleet.jobs.update("moved", steps("eu"));
    UUID inside = executions.start("moved", "ann").id();

    refused("target 'us'", () -> executions.stop(outside));
    refused("target 'us'", () -> executions.approve(outside, null));
    refused("target 'us'", () -> executions.stopJob("moved"));
    assertThat(stopsAskedFor()).isZero();
    inEurope(() -> executions.stop(inside));
    end(outside);
    end(inside);
    refused("target 'us'", () -> executions.retry(outside, "bob"));
    inEurope(() -> executions.retry(inside, "bob"));
    inEurope(() -> executions.stopJob("moved"));

    fleet.jobs.update("moved", steps("us"));
    refused("target 'us'", () -> executions.retry(inside, "bob"));
    refused("target 'us'", () -> executions.stopJob("moved"));
  }

  private int stopsAskedFor() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT count(*) FROM job_execution JOIN job USING (job_id) WHERE name = 'moved' AND cancel_requested_at IS NOT NULL")
            .mapTo(int.class)
            .one());
  }

  private void end(UUID run) {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE job_execution SET lifecycle = 'Failed', ended_at = now(), followed = true WHERE execution_id = ?
            """,
            run));
  }

  @Test
  void jobsAreWrittenWithinBeforeAndAfter() {
    inEurope(() -> fleet.jobs.create(newJob("of europe", "eu")));
    refused(
        "this needs the role Author for target 'us' of job 'of america', and bob has it in collection 'eu' only",
        () -> job("of america", "us"));
    assertThat(fleet.jobs.names("of america", 9)).isEmpty();
    refused("target 'us'", () -> fleet.jobs.update("of europe", steps("eu", "us")));
    refused("target 'us'", () -> fleet.jobs.rehearse(newJob("rehearsed", "us")));
    assertThat(fleet.jobs.named("of europe").version()).isEqualTo(1);

    job("of america", "us");
    refused("target 'us'", () -> fleet.jobs.update("of america", steps("eu")));
    refused("target 'us'", () -> fleet.jobs.disable("of america"));
    refused(
        "target 'us'",
        () -> fleet.jobs.update("of america", new JobChange("words", null, null, null)));
    refused("target 'us'", () -> fleet.jobs.delete("of america"));
    assertThat(fleet.jobs.named("of america").enabled()).isTrue();
    inEurope(() -> fleet.jobs.update("of europe", steps("inner")));
    inEurope(() -> fleet.jobs.disable("of europe"));
    inEurope(() -> {
      fleet.jobs.delete("of europe");
      return true;
    });
  }

  @Test
  void aJobThatWorkedElsewhereBeforeIsNotDeletedWithItsHistory() {
    job("wandering", "us");
    fleet.jobs.update("wandering", steps("eu"));
    inEurope(() -> fleet.jobs.disable("wandering"));
    refused("target 'us'", () -> fleet.jobs.delete("wandering"));
  }

  @Test
  void aJobThatOthersWaitForIsNotDeleted() {
    job("awaited", "eu");
    job("waiting", "us");
    Trigger waiting = triggers.create(following("waiting", "awaited"));
    refused(
        "target 'us' of job 'waiting', which waits for the ends of job 'awaited'",
        () -> fleet.jobs.delete("awaited"));
    assertThat(fleet.jobs.named("awaited").deleting()).isFalse();
    triggers.delete(waiting.id());
    inEurope(() -> {
      fleet.jobs.delete("awaited");
      return true;
    });
  }

  @Test
  void whoMayOnlyStartThereWritesNothingThere() {
    job("to be started", "eu");
    as(OPERATOR_OF_EU, () -> executions.start("to be started", "bob"));
    assertThatThrownBy(() -> as(OPERATOR_OF_EU, () -> fleet.jobs.disable("to be started")))
        .hasMessageContaining("bob has it nowhere");
  }

  @Test
  void rowsAreSentToDatabasesWithin() {
    inEurope(() -> fleet.jobs.create(collecting("collected within", "a")));
    refused("target 'server1/z'", () -> fleet.jobs.create(collecting("collected", "z")));
    refused(
        "database 'server1/unknown' of job 'collected', and bob has it in collection 'eu' only, where only databases count that are targets of their own",
        () -> fleet.jobs.create(collecting("collected", "unknown")));
    fleet.jobs.create(collecting("collected", "unknown"));
    refused("database 'server1/unknown'", () -> executions.start("collected", "bob"));
    UUID run = executions.start("collected", "ann").id();
    refused("database 'server1/unknown'", () -> executions.stop(run));
  }

  private static NewJob collecting(String name, String toDatabase) {
    return new NewJob(
        name,
        null,
        List.of(
            NewJobStep.of("script", "login", "eu")
                .destination(
                    new Destination("server1", toDatabase, null, "answers", "login", null, null))
                .build()),
        null,
        null);
  }

  @Test
  void queriesAreAskedWithin() {
    UUID outside = queries.start(new NewQuery("SELECT 1", "us", "login"), "ann").id();
    UUID inside =
        inEurope(() -> queries.start(new NewQuery("SELECT 1", "server1/b", "login"), "bob").id());
    refused(
        "this needs the role Author for target 'us', and bob",
        () -> queries.start(new NewQuery("SELECT 1", "us", "login"), "bob"));
    refused(
        "this needs the role Operator for target 'us', and bob", () -> executions.stop(outside));
    inEurope(() -> executions.stop(inside));
  }

  @Test
  void contentsAreTheirsWhoseJobsUseThem() {
    NewContentVersion next = new NewContentVersion("SELECT 2", null);
    inEurope(() -> {
      fleet.content("mine", "SELECT 1");
      return fleet.contents.addVersion("mine", next);
    });
    fleet.jobs.create(newJob("mine", "mine", "eu"));
    inEurope(() -> fleet.contents.addVersion("mine", next));
    fleet.jobs.create(newJob("theirs", "mine", "us"));
    // If only in an older version of it.
    fleet.jobs.update("theirs", steps("eu"));
    refused(
        "target 'us' of job 'theirs', which uses content 'mine'",
        () -> fleet.contents.addVersion("mine", next));
    refused("which uses content 'mine'", () -> fleet.contents.delete("mine"));
    assertThat(fleet.contents.named("mine").latestVersion()).isEqualTo(3);
    fleet.content("nobody's", "SELECT 1");
    inEurope(() -> {
      fleet.contents.delete("nobody's");
      return true;
    });
  }

  /// Who asks while somebody else's job takes up the content is answered when that is decided.
  @Test
  @Timeout(60)
  void aContentThatIsJustBeingTakenUpElsewhereIsNotChanged() throws Exception {
    fleet.content("contended", "SELECT 1");
    job("taking up", "us");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Handle elsewhere = jdbi.open()) {
      elsewhere.begin();
      elsewhere.execute(
          """
          UPDATE job_step SET content_id = (SELECT content_id FROM content WHERE name = 'contended')
          WHERE job_id = (SELECT job_id FROM job WHERE name = 'taking up')
          """);
      Future<?> added =
          threads.submit(() ->
              refused(
                  "job 'taking up', which uses content 'contended'",
                  () ->
                      fleet.contents.addVersion(
                          "contended", new NewContentVersion("SELECT 2", null))));
      Future<?> deleted =
          threads.submit(() ->
              refused(
                  "job 'taking up', which uses content 'contended'",
                  () -> fleet.contents.delete("contended")));
      while (waiting() < 2 && !added.isDone() && !deleted.isDone()) {
        Thread.onSpinWait();
      }
      elsewhere.commit();
      added.get();
      deleted.get();
    }
    assertThat(fleet.contents.named("contended").latestVersion()).isEqualTo(1);
  }

  private int waiting() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND wait_event_type = 'Lock'
                """)
            .mapTo(int.class)
            .one());
  }

  @Test
  void policiesAreTheirsWhoseJobsUseThem() {
    ExecutionPolicyChange change =
        new ExecutionPolicyChange(null, null, null, null, null, 3, null, null, null, null);
    inEurope(() -> fleet.policies.create(policy("gentle")));
    inEurope(() -> fleet.policies.update("gentle", change));
    fleet.jobs.create(
        new NewJob(
            "gently",
            null,
            List.of(NewJobStep.of("script", "login", "us").policy("gentle").build()),
            null,
            null));
    refused(
        "target 'us' of job 'gently', which uses execution policy 'gentle'",
        () -> fleet.policies.update("gentle", change));
    refused("execution policy 'gentle'", () -> fleet.policies.delete("gentle"));
  }

  private static NewExecutionPolicy policy(String name) {
    return new NewExecutionPolicy(name, null, null, null, null, null, null, null, null, null, null);
  }

  @Test
  void schedulesAndTriggersAreTheirsWhoseJobsTheyStart() {
    NewScheduleRule rule =
        new NewScheduleRule("15 minutes", null, null, null, null, null, null, null, null, null);
    job("scheduled", "eu");
    job("foreign", "us");
    inEurope(() -> schedules.create(new NewSchedule("nightly", rule)));
    Trigger own = inEurope(() -> triggers.create(scheduled("scheduled", "nightly")));
    inEurope(() -> schedules.update("nightly", rule));
    refused(
        "target 'us' of job 'foreign', which is bound by trigger",
        () -> triggers.create(scheduled("foreign", "nightly")));
    assertThat(triggers.list("foreign", null, null)).isEmpty();
    refused("job 'foreign'", () -> triggers.create(following("foreign", "scheduled")));
    refused("job 'foreign'", () -> triggers.create(following("scheduled", "foreign")));

    Trigger theirs = triggers.create(scheduled("foreign", "nightly"));
    TriggerChange disable = new TriggerChange(false, null, null, null);
    refused("job 'foreign'", () -> triggers.update(theirs.id(), disable));
    refused("job 'foreign'", () -> triggers.delete(theirs.id()));
    refused(
        "job 'foreign', which is started by schedule 'nightly'",
        () -> schedules.update("nightly", rule));
    refused("started by schedule 'nightly'", () -> schedules.delete("nightly"));
    inEurope(() -> triggers.update(own.id(), disable));
    inEurope(() -> {
      triggers.delete(own.id());
      return true;
    });
  }

  /// It was started on what it works on when the job worked elsewhere.
  @Test
  void noTriggerStopsWhatRunsElsewhere() {
    NewScheduleRule rule =
        new NewScheduleRule("15 minutes", null, null, null, null, null, null, null, null, null);
    schedules.create(new NewSchedule("often", rule));
    job("moved while it ran", "us");
    UUID run = executions.start("moved while it ran", "ann").id();
    fleet.jobs.update("moved while it ran", steps("eu"));
    NewTrigger stopping =
        new NewTrigger(
            "moved while it ran", "often", null, null, null, Overlap.CancelPrevious, null);
    String refusal = "target 'us' of job 'moved while it ran', which has a run that trigger";

    refused(refusal, () -> triggers.create(stopping));
    Trigger trigger = inEurope(() -> triggers.create(scheduled("moved while it ran", "often")));
    refused(
        refusal,
        () ->
            triggers.update(
                trigger.id(), new TriggerChange(null, null, Overlap.CancelPrevious, null)));
    assertThat(triggers.named(trigger.id()).overlap()).isEqualTo(Overlap.Skip);
    inEurope(() ->
        triggers.update(
            trigger.id(), new TriggerChange(false, null, Overlap.CancelPrevious, null)));
    TriggerChange enable = new TriggerChange(true, null, null, null);
    refused(refusal, () -> triggers.update(trigger.id(), enable));
    end(run);
    inEurope(() -> triggers.update(trigger.id(), enable));
  }

  private static NewTrigger scheduled(String job, String schedule) {
    return new NewTrigger(job, schedule, null, null, null, null, null);
  }

  private static NewTrigger following(String job, String after) {
    return new NewTrigger(job, null, after, null, null, null, null);
  }

  @Test
  void ofSeveralLimitsEachCounts() {
    job("limited", "server1/a");
    Area both = Area.within(Set.of("eu")).and(Area.within(Set.of("us", "deep")));
    assertThatThrownBy(
            () -> as(new Scope("a token", both, both), () -> executions.start("limited", "bob")))
        .hasMessageContaining("a token has it in collections 'deep', 'us' only");
    Area either = Area.within(Set.of("eu")).and(Area.within(Set.of("us", "eu")));
    assertThatCode(() ->
            as(new Scope("a token", either, either), () -> executions.start("limited", "bob")))
        .doesNotThrowAnyException();
  }

  @Test
  void aCollectionThatIsNotThereHoldsNothing() {
    job("of nobody", "eu");
    Area gone = Area.within(Set.of("gone", "server1/a"));
    assertThatThrownBy(
            () -> as(new Scope("bob", gone, gone), () -> executions.start("of nobody", "bob")))
        .hasMessageContaining("this needs the role Operator for target 'eu'");
    job("of one database", "server1/a");
    assertThatThrownBy(() ->
            as(new Scope("bob", gone, gone), () -> executions.start("of one database", "bob")))
        .hasMessageContaining("target 'server1/a'");
  }

  private void job(String name, String target) {
    fleet.jobs.create(newJob(name, target));
  }

  private static NewJob newJob(String name, String target) {
    return newJob(name, "script", target);
  }

  private static NewJob newJob(String name, String content, String target) {
    return new NewJob(
        name, null, List.of(NewJobStep.of(content, "login", target).build()), null, null);
  }

  private static JobChange steps(String... targets) {
    return new JobChange(
        null,
        List.of(targets).stream()
            .map(target -> NewJobStep.of("script", "login", target).build())
            .toList(),
        null,
        null);
  }

  private static <T, X extends Throwable> T inEurope(ScopedValue.CallableOp<T, X> work) throws X {
    return as(EU, work);
  }

  private static <T, X extends Throwable> T as(Scope scope, ScopedValue.CallableOp<T, X> work)
      throws X {
    return scope.call(work);
  }

  private static void refused(String message, Runnable work) {
    assertThatThrownBy(() ->
            EU.call(() -> {
              work.run();
              return true;
            }))
        .hasMessageContaining(message)
        .asInstanceOf(type(EdjException.class))
        .extracting(EdjException::code)
        .isEqualTo(ErrorCode.OUTSIDE_COLLECTIONS);
  }
}
