package dev.edj.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.edj.audit.Actor;
import dev.edj.audit.AuditEvent;
import dev.edj.audit.AuditFilter;
import dev.edj.audit.AuditLog;
import dev.edj.execution.EndSignal;
import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Executions;
import dev.edj.execution.HistoryStore;
import dev.edj.execution.JobExecution;
import dev.edj.execution.NewExecution;
import dev.edj.execution.Purpose;
import dev.edj.execution.RunStore;
import dev.edj.execution.RunStore.ClaimedRun;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.node.NodeLease;
import dev.edj.node.NodeProfile;
import dev.edj.node.NodeRole;
import dev.edj.problem.EdjException;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Triggers on a real control database, at times that the test says.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class FiringsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private TestControlDatabase database;
  private Jdbi jdbi;
  private TestFleet fleet;
  private Executions executions;
  private Firings firings;
  private Schedules schedules;
  private Triggers triggers;
  private volatile Instant now = NOON;

  @BeforeAll
  void open() {
    database = TestControlDatabase.create();
    jdbi = database.jdbi();
    fleet = new TestFleet(jdbi);
    fleet.credential("app", "*");
    fleet.content("c", "SELECT 1");
    fleet.database("s", "d");
    executions = new Executions(jdbi, new TimeOrderedIds(InstantSource.system()), new EndSignal());
    firings = node();
    schedules = new Schedules(jdbi, handle -> now, firings);
    triggers = new Triggers(jdbi, handle -> now);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @BeforeEach
  void start() {
    jdbi.useHandle(handle -> {
      handle.execute("DELETE FROM firing");
      handle.execute("DELETE FROM job_trigger");
      handle.execute("DELETE FROM job_execution");
      handle.execute("DELETE FROM schedule");
      handle.execute("DELETE FROM job");
    });
    now = NOON;
    fleet.job("j", "c", "app", "s/d");
  }

  @Test
  void aPlannedTimeStartsOneExecutionThatSaysWhichItWas() {
    hourly();
    bind("j", "hourly");

    firings.fireDue();
    assertThat(planned("j")).isEmpty();

    now = NOON.plusSeconds(3600);
    firings.fireDue();
    firings.fireDue();

    JobExecution run = executions.list(filter("j", "hourly")).items().getFirst();
    assertThat(planned("j")).containsExactly(NOON.plusSeconds(3600));
    assertThat(run.schedule()).isEqualTo("hourly");
    assertThat(executions.list(filter("j", "other")).items()).isEmpty();
    assertThat(only("j").nextAt()).isEqualTo(NOON.plusSeconds(7200));
    assertThat(only("j").lastExecutionId()).isEqualTo(run.id());
  }

  @Test
  void nodesThatComeTogetherFireEachTimeOnce() throws Exception {
    hourly();
    int jobs = 60;
    for (int i = 0; i < jobs; i++) {
      fleet.job("j" + i, "c", "app", "s/d");
      bind("j" + i, "hourly");
    }
    for (int hour = 1; hour <= 3; hour++) {
      now = NOON.plusSeconds(3600L * hour);
      together(Firings::fireDue);
    }
    firings.fireDue();
    for (int i = 0; i < jobs; i++) {
      assertThat(planned("j" + i))
          .containsExactlyInAnyOrder(
              NOON.plusSeconds(3600), NOON.plusSeconds(7200), NOON.plusSeconds(10_800));
    }
  }

  @Test
  void nodesThatComeTogetherStartWhatFollowsAnEndOnce() throws Exception {
    fleet.job("next", "c", "app", "s/d");
    triggers.create(new NewTrigger("next", null, "j", null, null, null, null));
    List<UUID> ended = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ended.add(ended("j", "Succeeded"));
    }
    together(Firings::startFollowUps);
    firings.startFollowUps();
    assertThat(runs("next"))
        .extracting(JobExecution::followsId)
        .containsExactlyInAnyOrderElementsOf(ended);
  }

  @Test
  void aTriggerThatAnotherNodeHasIsNotAskedForAgainAtOnce() {
    hourly();
    bind("j", "hourly");
    now = NOON.plusSeconds(3600);
    try (Handle other = jdbi.open()) {
      other.begin();
      assertThat(other.attach(FiringStore.class).take(now, 10)).hasSize(1);
      assertThat(firings.fireDue()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(1));
      other.rollback();
    }
    assertThat(planned("j")).isEmpty();
  }

  @Test
  void aNodeThatDiesBeforeItsCommitLeavesTheFiringToTheNext() {
    hourly();
    bind("j", "hourly");
    now = NOON.plusSeconds(3600);
    assertThatThrownBy(() ->
            jdbi.useTransaction(handle -> {
              long schedule =
                  handle
                      .attach(ScheduleStore.class)
                      .find("hourly")
                      .map(ScheduleRow::scheduleId)
                      .orElseThrow();
              firings.fireDueOf(handle, schedule, now);
              throw new IllegalStateException("killed");
            }))
        .hasMessage("killed");
    assertThat(planned("j")).isEmpty();
    firings.fireDue();
    assertThat(planned("j")).containsExactly(now);
  }

  @Test
  void aTriggerThatIsMovedBackFiresNothingTwice() {
    hourly();
    bind("j", "hourly");
    now = NOON.plusSeconds(3600);
    firings.fireDue();
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE job_trigger SET settled_at = settled_at - interval '2 hours',"
                + " next_at = settled_at - interval '1 hour'"));
    firings.fireDue();
    assertThat(planned("j")).containsExactly(now);
  }

  @Test
  void afterAnOutageOneExecutionMakesUpForAllMissedFirings() {
    hourly();
    bind("j", "hourly");
    now = NOON.plus(Duration.ofHours(5)).plusSeconds(600);
    firings.fireDue();
    assertThat(planned("j")).containsExactly(NOON.plus(Duration.ofHours(5)));
    Firing firing = triggers.firings(only("j").id(), 10).getFirst();
    assertThat(firing.missedSince()).isEqualTo(NOON.plusSeconds(3600));
    assertThat(only("j").nextAt()).isEqualTo(NOON.plus(Duration.ofHours(6)));
  }

  @Test
  void afterAnOutageNoneOrEachOfThemIsFiredWhereTheTriggerSaysSo() {
    hourly();
    fleet.job("all", "c", "app", "s/d");
    bind("j", "hourly", Overlap.Skip, Misfire.Skip);
    bind("all", "hourly", Overlap.Skip, Misfire.FireAll);
    now = NOON.plus(Duration.ofHours(3)).plusSeconds(600);
    firings.fireDue();
    assertThat(planned("j")).isEmpty();
    assertThat(only("j").lastReason()).contains("missed");
    assertThat(planned("all"))
        .containsExactlyInAnyOrder(
            NOON.plusSeconds(3600), NOON.plusSeconds(7200), NOON.plusSeconds(10_800));
  }

  @Test
  void aClockThatIsPutBackFiresNothingTwiceAndOneThatJumpsAheadIsAnOutage() {
    hourly();
    bind("j", "hourly");
    now = NOON.plus(Duration.ofDays(2));
    firings.fireDue();
    now = NOON.plusSeconds(7200);
    firings.fireDue();
    assertThat(planned("j")).containsExactly(NOON.plus(Duration.ofDays(2)));
    now = NOON.plus(Duration.ofDays(2)).plusSeconds(3600);
    firings.fireDue();
    assertThat(planned("j")).hasSize(2).contains(now);
  }

  @Test
  void daylightSavingIsThatOfTheSchedulesOwnZone() {
    now = Instant.parse("2026-03-28T12:00:00Z");
    for (String zone : List.of("Europe/Brussels", "America/New_York", "Australia/Lord_Howe")) {
      schedules.create(
          new NewSchedule(zone, null, null, null, null, null, null, "02:30", zone, null, null));
      fleet.job(zone, "c", "app", "s/d");
      bind(zone, zone);
    }
    Instant end = Instant.parse("2026-04-06T12:00:00Z");
    while (now.isBefore(end)) {
      now = now.plusSeconds(1800);
      firings.fireDue();
    }
    assertThat(planned("Europe/Brussels"))
        .hasSize(9)
        .contains(Instant.parse("2026-03-29T01:00:00Z"), Instant.parse("2026-03-30T00:30:00Z"));
    assertThat(planned("America/New_York"))
        .hasSize(9)
        .contains(Instant.parse("2026-03-29T06:30:00Z"));
    // The clock goes back half an hour on 5 April, from 02:00 to 01:30: 02:30 comes once.
    assertThat(planned("Australia/Lord_Howe"))
        .hasSize(9)
        .contains(Instant.parse("2026-04-03T15:30:00Z"), Instant.parse("2026-04-04T16:00:00Z"));
  }

  @Test
  void aDisabledTriggerFiresNothingAndDoesNotMakeUpForItLater() {
    hourly();
    bind("j", "hourly");
    triggers.update(only("j").id(), new TriggerChange(false, null, null, null));
    assertThat(only("j").nextAt()).isNull();
    now = NOON.plusSeconds(7200);
    firings.fireDue();
    assertThat(planned("j")).isEmpty();
    triggers.update(only("j").id(), new TriggerChange(true, null, null, null));
    firings.fireDue();
    assertThat(planned("j")).isEmpty();
    now = NOON.plusSeconds(10_800);
    firings.fireDue();
    assertThat(planned("j")).containsExactly(now);
  }

  @Test
  void aChangedScheduleFiresWhatWasDueAndThenGoesByItsNewRule() {
    hourly();
    bind("j", "hourly");
    now = NOON.plusSeconds(3601);
    schedules.update("hourly", rule("30 minutes"));
    assertThat(planned("j")).containsExactly(NOON.plusSeconds(3600));
    assertThat(only("j").nextAt()).isEqualTo(NOON.plusSeconds(5400));
    now = NOON.plusSeconds(5400);
    firings.fireDue();
    assertThat(planned("j"))
        .containsExactlyInAnyOrder(NOON.plusSeconds(3600), NOON.plusSeconds(5400));
  }

  /// Because its zone is unknown here, or because a newer version wrote it.
  @Test
  void aScheduleThatCannotBeReadHoldsUpNoOtherAndIsMadeUpForWhenItCan() {
    hourly();
    bind("j", "hourly");
    for (String name : List.of("zone", "kind")) {
      schedules.create(new NewSchedule(name, rule("1 hour")));
      fleet.job(name, "c", "app", "s/d");
      bind(name, name);
    }
    zone("zone", "Mars/Base");
    database
        .owner()
        .useHandle(handle -> {
          handle.execute(
              "ALTER TABLE schedule DROP CONSTRAINT IF EXISTS schedule_recurrence_check");
          handle.execute(
              "UPDATE schedule SET recurrence = 'Years', interval_count = NULL WHERE name = 'kind'");
        });
    now = NOON.plusSeconds(3600);
    firings.fireDue();
    now = now.plusSeconds(60);
    firings.fireDue();
    assertThat(planned("j")).containsExactly(NOON.plusSeconds(3600));
    for (String name : List.of("zone", "kind")) {
      assertThat(only(name).lastReason()).startsWith("the schedule cannot be read: ");
      assertThat(only(name).nextAt()).isEqualTo(now.plusSeconds(60));
      assertThat(triggers.firings(only(name).id(), 10)).isEmpty();
      assertThat(runs(name)).isEmpty();
    }

    zone("zone", "UTC");
    now = NOON.plus(Duration.ofHours(3)).plusSeconds(600);
    firings.fireDue();
    assertThat(planned("zone")).containsExactly(NOON.plus(Duration.ofHours(3)));
    assertThat(triggers.firings(only("zone").id(), 10))
        .extracting(Firing::missedSince)
        .containsExactly(NOON.plusSeconds(3600));
    assertThat(only("zone").lastReason()).isNull();
  }

  @Test
  void aScheduleThatCannotBeReadIsShownWithTheReasonAndCanBeChanged() {
    hourly();
    schedules.create(
        new NewSchedule(
            "broken", null, null, null, null, "0 * * * *", null, null, null, null, null));
    bind("j", "broken");
    zone("broken", "Mars/Base");
    assertThat(schedules.list()).extracting(Schedule::name).containsExactly("broken", "hourly");
    assertThat(schedules.named("broken").text())
        .startsWith("cannot be read: zone: 'Mars/Base' is not a time zone");
    assertThat(schedules.named("broken").nextAt()).isNull();
    assertThatThrownBy(() -> schedules.next("broken", 1, null))
        .isInstanceOf(EdjException.class)
        .hasMessageContaining("schedule 'broken' cannot be read");
    fleet.job("other", "c", "app", "s/d");
    assertThatThrownBy(() -> bind("other", "broken"))
        .isInstanceOf(EdjException.class)
        .hasMessageContaining("schedule 'broken' cannot be read");

    now = NOON.plusSeconds(3600);
    Schedule changed =
        schedules.update(
            "broken",
            new NewScheduleRule(null, null, null, null, null, null, null, "UTC", null, null));
    assertThat(changed.text()).isEqualTo("cron 0 * * * * UTC");
    firings.fireDue();
    assertThat(planned("j")).containsExactly(NOON.plusSeconds(3600));
    assertThat(only("j").nextAt()).isEqualTo(NOON.plusSeconds(7200));
  }

  @Test
  void aJobThatCannotBeStartedIsRecordedAndItsTriggerGoesOn() {
    hourly();
    bind("j", "hourly");
    fleet.jobs.disable("j");
    now = NOON.plusSeconds(3600);
    firings.fireDue();
    assertThat(only("j").lastReason()).isEqualTo("job 'j' is disabled");
    fleet.jobs.enable("j");
    now = NOON.plusSeconds(7200);
    firings.fireDue();
    assertThat(planned("j")).containsExactly(now);
    fleet.jobs.delete("j");
    now = NOON.plusSeconds(10_800);
    firings.fireDue();
    assertThat(only("j").lastReason()).isEqualTo("job 'j' is being deleted");
    assertThat(only("j").nextAt()).isEqualTo(NOON.plusSeconds(14_400));
  }

  @Test
  void whileAnEarlierExecutionRunsTheOverlapSettingDecides() {
    hourly();
    for (Overlap overlap : Overlap.values()) {
      fleet.job(overlap.name(), "c", "app", "s/d");
      bind(overlap.name(), "hourly", overlap, Misfire.FireOnce);
    }
    now = NOON.plusSeconds(3600);
    firings.fireDue();
    now = NOON.plusSeconds(7200);
    firings.fireDue();

    assertThat(runs("Skip")).extracting(JobExecution::waitingCause).doesNotContain(EARLIER);
    assertThat(runs("DoNotStart")).hasSize(1);
    assertThat(only("DoNotStart").lastReason()).contains("has not ended");
    assertThat(runs("Queue")).extracting(JobExecution::waitingCause).contains(EARLIER);
    assertThat(runs("Queue")).extracting(JobExecution::cancelRequested).containsOnly(false);
    assertThat(runs("CancelPrevious"))
        .extracting(JobExecution::cancelRequested)
        .containsExactly(false, true);
    assertThat(runs("CancelPrevious").getFirst().waitingCause()).isEqualTo(EARLIER);
  }

  @Test
  void whatIsQueuedIsLaunchedWhenNothingElseOfItsJobRuns() {
    hourly();
    bind("j", "hourly", Overlap.Queue, null);
    long node = nodeId();
    RunStore store = jdbi.onDemand(RunStore.class);
    for (int hour = 1; hour <= 3; hour++) {
      now = NOON.plusSeconds(3600L * hour);
      firings.fireDue();
    }
    List<UUID> oldestFirst = runs("j").reversed().stream().map(JobExecution::id).toList();
    for (UUID next : oldestFirst) {
      assertThat(store.claim(node, 10)).extracting(ClaimedRun::executionId).containsExactly(next);
      assertThat(store.claim(node, 10)).isEmpty();
      end(next, "Succeeded");
    }
  }

  @Test
  void whatIsQueuedWaitsForWhatCameBeforeItAndForNothingLater() {
    hourly();
    bind("j", "hourly", Overlap.Queue, null);
    long node = nodeId();
    UUID earlier = executions.start("j", "test").id();
    now = NOON.plusSeconds(3600);
    firings.fireDue();
    UUID queued = runs("j").getFirst().id();
    UUID later = executions.start("j", "test").id();
    assertThat(claim(node)).containsExactlyInAnyOrder(earlier, later);
    assertThat(executions.named(queued).waitingCause()).isEqualTo(EARLIER);
    end(earlier, "Succeeded");
    assertThat(executions.named(queued).waitingCause()).isNotEqualTo(EARLIER);
    assertThat(claim(node)).containsExactly(queued);
  }

  @Test
  void whatStopsTheOthersIsLaunchedOnceTheyHaveEnded() {
    hourly();
    bind("j", "hourly", Overlap.CancelPrevious, null);
    long node = nodeId();
    UUID earlier = executions.start("j", "test").id();
    assertThat(claim(node)).containsExactly(earlier);
    now = NOON.plusSeconds(3600);
    firings.fireDue();
    UUID stopping = runs("j").getFirst().id();
    UUID later = executions.start("j", "test").id();
    assertThat(claim(node)).containsExactly(later);
    end(earlier, "Canceled");
    assertThat(claim(node)).containsExactly(stopping);
    assertThat(executions.named(later).cancelRequested()).isFalse();
    AuditEvent stop = audited("execution.stop", earlier);
    assertThat(stop.actor()).isEqualTo(Actor.SERVICE);
    assertThat(stop.object().name()).isEqualTo("j");
  }

  @Test
  void aTriggersStartIsInTheAuditLog() {
    hourly();
    bind("j", "hourly");
    now = NOON.plusSeconds(3600);
    firings.fireDue();

    UUID run = runs("j").getFirst().id();
    AuditEvent start = audited("execution.start", run);
    assertThat(start.actor()).isEqualTo(Actor.SERVICE);
    assertThat(start.object().name()).isEqualTo("j");
    assertThat(start.object().version()).isEqualTo(1);
    assertThat(start.scripts())
        .containsExactly("e004ebd5b5532a4b85984a62f8ad48a81aa3460c1ca07701f386135d72cdecf5");
    assertThat(String.valueOf(start.after()))
        .contains("\"schedule\":\"hourly\"", "\"plannedAt\":\"2026-03-01T13:00:00Z\"");
  }

  private AuditEvent audited(String action, UUID execution) {
    return new AuditLog(jdbi)
        .list(AuditFilter.page(10).of(action).to(execution.toString()))
        .items()
        .getFirst();
  }

  @Test
  void whatStopsTheOthersStopsNothingThatIsPlannedAfterIt() {
    Instant one = NOON.plusSeconds(3600);
    for (Instant planned : List.of(one, one.plusSeconds(20), one.minusSeconds(20))) {
      String time = planned.toString().substring(11, 19);
      schedules.create(
          new NewSchedule(time, null, null, null, null, null, null, time, null, null, null));
      bind("j", time, planned.equals(one) ? Overlap.CancelPrevious : Overlap.Skip, null);
    }
    now = one.plusSeconds(30);
    firings.fireDue();
    assertThat(runs("j"))
        .extracting(JobExecution::plannedAt, JobExecution::cancelRequested)
        .containsExactly(
            tuple(one.plusSeconds(20), false),
            tuple(one, false),
            tuple(one.minusSeconds(20), true));
  }

  @Test
  void noMoreThanAHundredExecutionsOfAJobWait() {
    schedules.create(new NewSchedule("minutely", rule("1 minute")));
    bind("j", "minutely", Overlap.Queue, Misfire.FireAll);
    now = NOON.plusSeconds(6_000);
    firings.fireDue();
    now = now.plusSeconds(60);
    firings.fireDue();
    assertThat(runs("j")).hasSize(100);
    assertThat(only("j").lastReason()).isEqualTo("100 executions of job 'j' wait already");
  }

  private static final String EARLIER = "an earlier execution of the job";

  @Test
  void anEndStartsTheJobsThatWaitForItOnce() {
    for (EndCondition on : EndCondition.values()) {
      fleet.job(on.name(), "c", "app", "s/d");
      triggers.create(new NewTrigger(on.name(), null, "j", on, null, null, null));
    }
    UUID failed = ended("j", "Failed");
    firings.startFollowUps();
    firings.startFollowUps();
    assertThat(runs("Success")).isEmpty();
    assertThat(runs("Failure")).extracting(JobExecution::followsId).containsExactly(failed);
    assertThat(runs("Always")).extracting(JobExecution::followsId).containsExactly(failed);

    UUID succeeded = ended("j", "Succeeded");
    ended("j", "Canceled");
    firings.startFollowUps();
    assertThat(runs("Success")).extracting(JobExecution::followsId).containsExactly(succeeded);
    assertThat(runs("Failure")).hasSize(1);
    assertThat(runs("Always")).hasSize(3);
    assertThat(runs("Rows")).isEmpty();
  }

  @Test
  void anExecutionWhoseScriptReturnedRowsStartsTheJobsThatWaitForThat() {
    fleet.job("mend", "c", "app", "s/d");
    triggers.create(new NewTrigger("mend", null, "j", EndCondition.Rows, null, null, null));
    UUID found = ended("j", "Failed");
    ended("j", "Succeeded");
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE step_progress p SET returned_rows = 1
            FROM step_execution s
            WHERE s.step_execution_id = p.step_execution_id AND s.execution_id = ?
            """,
            found));
    firings.startFollowUps();
    assertThat(runs("mend")).extracting(JobExecution::followsId).containsExactly(found);
  }

  @Test
  void theHistoryOfADeletedJobStaysUntilItsEndsWereFollowed() {
    fleet.job("next", "c", "app", "s/d");
    triggers.create(new NewTrigger("next", null, "j", null, null, null, null));
    UUID last = ended("j", "Succeeded");
    fleet.jobs.delete("j");
    HistoryStore history = jdbi.onDemand(HistoryStore.class);
    assertThat(history.removableRuns(0, 10)).isEmpty();
    assertThat(history.removeDeletedJobs()).isEmpty();
    firings.startFollowUps();
    assertThat(runs("next")).extracting(JobExecution::followsId).containsExactly(last);
    assertThat(history.removableRuns(3_600_000, 10))
        .extracting(HistoryStore.EndedRun::executionId)
        .containsExactly(last);
    history.removeRuns(last);
    triggers.deleteOfDeletedJobs();
    assertThat(history.removeDeletedJobs()).containsExactly("j");
  }

  @Test
  void triggersThatGoWithAJobAreInTheAuditLog() {
    hourly();
    fleet.job("next", "c", "app", "s/d");
    fleet.job("other", "c", "app", "s/d");
    bind("j", "hourly");
    bind("other", "hourly");
    triggers.create(new NewTrigger("next", null, "j", null, null, null, null));
    UUID last = ended("j", "Succeeded");
    fleet.jobs.delete("j");
    triggers.deleteOfDeletedJobs();
    assertThat(triggers.list(null, null, null)).hasSize(3);

    firings.startFollowUps();
    HistoryStore history = jdbi.onDemand(HistoryStore.class);
    history.removeRuns(last);
    assertThat(history.removeDeletedJobs()).isEmpty();
    triggers.deleteOfDeletedJobs();
    assertThat(history.removeDeletedJobs()).containsExactly("j");
    assertThat(triggers.list(null, null, null)).extracting(Trigger::job).containsExactly("other");
    assertThat(new AuditLog(jdbi).list(AuditFilter.page(2).of("trigger.delete")).items())
        .extracting(event -> event.object().name(), AuditEvent::actor)
        .containsExactlyInAnyOrder(tuple("j", Actor.SERVICE), tuple("next", Actor.SERVICE));
  }

  @Test
  void whatIsNotARunIsFollowedByNothing() {
    fleet.job("next", "c", "app", "s/d");
    triggers.create(new NewTrigger("next", null, "j", EndCondition.Always, null, null, null));
    for (Purpose purpose : List.of(Purpose.Check, Purpose.Trial)) {
      end(start("j", purpose), "Succeeded");
    }
    firings.startFollowUps();
    assertThat(runs("next")).isEmpty();
  }

  @Test
  void noTriggerMindsWhatIsNotARun() {
    hourly();
    for (Overlap overlap : Overlap.values()) {
      fleet.job(overlap.name(), "c", "app", "s/d");
      bind(overlap.name(), "hourly", overlap, Misfire.FireOnce);
      start(overlap.name(), Purpose.Check);
    }
    now = NOON.plusSeconds(3600);
    firings.fireDue();
    for (Overlap overlap : Overlap.values()) {
      assertThat(runs(overlap.name()))
          .as(overlap.name())
          .extracting(JobExecution::purpose)
          .containsExactly(Purpose.Run, Purpose.Check);
      assertThat(runs(overlap.name()).getFirst().waitingCause()).isNotEqualTo(EARLIER);
      assertThat(runs(overlap.name()))
          .extracting(JobExecution::cancelRequested)
          .containsOnly(false);
    }
    assertThat(jdbi.onDemand(RunStore.class).claim(nodeId(), 100))
        .hasSize(2 * Overlap.values().length);
  }

  private UUID start(String job, Purpose purpose) {
    return executions.start(job, new NewExecution(null, null, purpose), "test").id();
  }

  @Test
  void whatEndedBeforeATriggerWasMadeIsFollowedByNothing() {
    ended("j", "Succeeded");
    fleet.job("next", "c", "app", "s/d");
    triggers.create(new NewTrigger("next", null, "j", null, null, null, null));
    firings.startFollowUps();
    assertThat(runs("next")).isEmpty();
  }

  @Test
  void jobsThatWouldStartOneAnotherForEverAreRefused() {
    fleet.job("second", "c", "app", "s/d");
    fleet.job("third", "c", "app", "s/d");
    triggers.create(new NewTrigger("second", null, "j", null, null, null, null));
    triggers.create(new NewTrigger("third", null, "second", null, null, null, null));
    assertThatThrownBy(
            () -> triggers.create(new NewTrigger("j", null, "third", null, null, null, null)))
        .isInstanceOf(EdjException.class)
        .hasMessageContaining("j -> second -> third -> j");
    assertThatThrownBy(
            () -> triggers.create(new NewTrigger("j", null, "j", null, null, null, null)))
        .isInstanceOf(EdjException.class);
  }

  @Test
  void manyWaysFromJobToJobAreNoMoreWorkThanOne() {
    int layers = 25;
    for (int layer = 0; layer < layers; layer++) {
      for (int place = 0; place < 3; place++) {
        fleet.job(layer + "-" + place, "c", "app", "s/d");
        for (int before = 0; layer > 0 && before < 3; before++) {
          triggers.create(
              new NewTrigger(
                  layer + "-" + place, null, layer - 1 + "-" + before, null, null, null, null));
        }
      }
    }
    assertThatThrownBy(
            () -> triggers.create(new NewTrigger("9-0", null, "12-0", null, null, null, null)))
        .isInstanceOf(EdjException.class)
        .message()
        .containsPattern(": 9-0 -> 10-. -> 11-. -> 12-0 -> 9-0$");
    assertThatThrownBy(
            () -> triggers.create(new NewTrigger("0-0", null, "24-0", null, null, null, null)))
        .isInstanceOf(EdjException.class)
        .message()
        .containsPattern(": 0-0 -> \\.\\.\\. -> 5-. -> .* -> 24-0 -> 0-0$");
  }

  @Test
  void whatIsThereOrUsedIsRefused() {
    hourly();
    bind("j", "hourly");
    assertThatThrownBy(() -> bind("j", "hourly"))
        .hasMessageContaining("job 'j' has a trigger for schedule 'hourly' already");
    assertThatThrownBy(this::hourly).hasMessageContaining("exists already");
    assertThatThrownBy(() -> schedules.delete("hourly"))
        .hasMessageContaining("used by the trigger of job 'j'");
    triggers.delete(only("j").id());
    schedules.delete("hourly");
    assertThat(schedules.list()).isEmpty();
  }

  /// Six nodes do it at the same moment.
  private void together(Consumer<Firings> deed) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch together = new CountDownLatch(1);
      List<Future<?>> nodes = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Firings node = node();
        nodes.add(
            threads.submit(() -> {
              together.await();
              deed.accept(node);
              return node;
            }));
      }
      together.countDown();
      for (Future<?> node : nodes) {
        node.get();
      }
    }
  }

  private Firings node() {
    return new Firings(jdbi, new TimeOrderedIds(InstantSource.system()), handle -> now);
  }

  private void hourly() {
    schedules.create(new NewSchedule("hourly", rule("1 hour")));
  }

  private void zone(String schedule, String zone) {
    jdbi.useHandle(
        handle -> handle.execute("UPDATE schedule SET zone = ? WHERE name = ?", zone, schedule));
  }

  private List<UUID> claim(long node) {
    return jdbi.onDemand(RunStore.class).claim(node, 10).stream()
        .map(ClaimedRun::executionId)
        .toList();
  }

  private static NewScheduleRule rule(String interval) {
    return new NewScheduleRule(interval, null, null, null, null, null, null, null, null, null);
  }

  private void bind(String job, String schedule) {
    bind(job, schedule, null, null);
  }

  private void bind(
      String job, String schedule, @Nullable Overlap overlap, @Nullable Misfire misfire) {
    triggers.create(new NewTrigger(job, schedule, null, null, null, overlap, misfire));
  }

  private Trigger only(String job) {
    return triggers.list(job, null, null).getFirst();
  }

  private List<Instant> planned(String job) {
    return runs(job).stream().map(JobExecution::plannedAt).toList();
  }

  /// Newest first.
  private List<JobExecution> runs(String job) {
    return executions.list(filter(job, null)).items();
  }

  private static ExecutionFilter filter(String job, @Nullable String schedule) {
    return ExecutionFilter.page(1000).job(job).schedule(schedule).includeInactive().filter();
  }

  private UUID ended(String job, String lifecycle) {
    UUID run = executions.start(job, "test").id();
    end(run, lifecycle);
    return run;
  }

  private void end(UUID run, String lifecycle) {
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE job_execution SET lifecycle = ?, node_id = NULL, ended_at = now() WHERE execution_id = ?",
            lifecycle,
            run));
  }

  private long nodeId() {
    return NodeLease.register(
            jdbi,
            new NodeProfile(
                "n", Duration.ofMinutes(1), Set.of(NodeRole.values()), Set.of(), "test"))
        .nodeId();
  }
}
