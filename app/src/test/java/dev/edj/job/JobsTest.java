package dev.edj.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.credential.CredentialUses;
import dev.edj.execution.ResultMode;
import dev.edj.execution.Rollout;
import dev.edj.policy.ExecutionPolicy;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.target.Membership;
import dev.edj.target.NewTarget;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JobsTest {

  private static final NewJobStep STEP = NewJobStep.of("script", "login", "good/db").build();

  private final TestControlDatabase database = TestControlDatabase.create();
  private final TestFleet fleet = new TestFleet(database.jdbi());
  private final Jobs jobs = fleet.jobs;

  @BeforeAll
  void makeWhatJobsAreMadeOf() {
    fleet.content("script", "SELECT 1");
    fleet.credential("login", "good");
    fleet.database("good", "db");
    fleet.database("evil", "db");
    fleet.collection("mixed");
    fleet.targets.addChild("mixed", "good/db", Membership.Include);
    fleet.targets.addChild("mixed", "evil/db", Membership.Include);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void whatANewJobLeavesOutIsTheUsual() {
    Job created = create("usual");

    assertThat(created).isEqualTo(jobs.named("usual"));
    assertThat(created.version()).isEqualTo(1);
    assertThat(created.enabled()).isTrue();
    assertThat(created.deleting()).isFalse();
    assertThat(created.description()).isEmpty();
    assertThat(created.parameters()).isEmpty();
    assertThat(created.steps())
        .containsExactly(
            new JobStep(
                1,
                "JobStep",
                "script",
                null,
                "login",
                "good/db",
                ExecutionPolicy.DEFAULT,
                null,
                false,
                false,
                ResultMode.Keep,
                null,
                Map.of()));
  }

  @Test
  void allThatIsGivenIsKept() {
    NewJobStep step =
        NewJobStep.of("script", "login", fleet.targets.named("good/db").id().toString())
            .name("first")
            .contentVersion(1)
            .policy("Standard execution policy")
            .maxParallelism(7)
            .exactlyOnce(true)
            .barrier(true)
            .build();
    Job created =
        jobs.create(new NewJob("full", "what for", List.of(step), false, Map.of("Env", "t'ë\"st")));

    assertThat(created.enabled()).isFalse();
    assertThat(created.description()).isEqualTo("what for");
    assertThat(created.parameters()).containsExactly(Map.entry("Env", "t'ë\"st"));
    assertThat(created.steps())
        .containsExactly(
            new JobStep(
                1,
                "first",
                "script",
                1,
                "login",
                "good/db",
                "Standard execution policy",
                7,
                true,
                true,
                ResultMode.Keep,
                null,
                Map.of()));
  }

  @Test
  void aNewVersionIsMadeOnlyWhenWhatTheJobDoesChanges() {
    create("versioned");

    assertThat(jobs.update("versioned", new JobChange("text", null, null, null)).version())
        .isEqualTo(1);
    assertThat(jobs.update("versioned", new JobChange(null, List.of(STEP), null, null)).version())
        .isEqualTo(1);
    assertThat(jobs.disable("versioned").version()).isEqualTo(1);
    assertThat(jobs.enable("versioned").enabled()).isTrue();
    Job second = jobs.update("versioned", parameters(Map.of("x", "1")));
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.description()).isEqualTo("text");
    assertThat(jobs.update("versioned", parameters(Map.of("x", "1"))).version()).isEqualTo(2);
    assertThat(jobs.named("versioned", 1).parameters()).isEmpty();
    assertThat(jobs.named("versioned", 2).parameters()).containsEntry("x", "1");
    assertRefused(() -> jobs.named("versioned", 3), ErrorCode.NOT_FOUND, "version 3 of job");
  }

  @Test
  void changesAtTheSameTimeEachMakeAVersion() throws Exception {
    create("raced");
    Callable<Job> one = () -> jobs.update("raced", parameters(Map.of("a", "1")));
    Callable<Job> other = () -> jobs.update("raced", parameters(Map.of("b", "2")));

    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<Job> change : threads.invokeAll(List.of(one, other))) {
        change.get();
      }
    }
    assertThat(jobs.named("raced").version()).isEqualTo(3);
  }

  @Test
  void aChangeOfAnotherVersionIsRefusedAndSaysWhatChanged() {
    create("moved");
    jobs.update("moved", parameters(Map.of("theirs", "1")));

    assertRefused(
        () -> jobs.update("moved", expecting(1)),
        ErrorCode.CHANGED_MEANWHILE,
        "job 'moved' has version 2 by now, and this change was made of version 1 (changed since:"
            + " parameters)");
    assertRefused(
        () -> jobs.rehearse("moved", JobChange.nothing(9)),
        ErrorCode.CHANGED_MEANWHILE,
        "version 9, which there is not");
    assertThat(jobs.named("moved").parameters()).containsOnlyKeys("theirs");
    assertThat(jobs.update("moved", expecting(2)).version()).isEqualTo(3);
  }

  @Test
  void ofChangesOfTheSameVersionAtTheSameTimeOneIsMade() throws Exception {
    create("contended");
    Callable<Job> change = () -> jobs.update("contended", expecting(1));

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      assertThat(threads.invokeAll(Collections.nCopies(4, change)))
          .filteredOn(made -> made.state() == Future.State.SUCCESS)
          .hasSize(1);
    }
    assertThat(jobs.named("contended").version()).isEqualTo(2);
  }

  @Test
  void aCredentialIsCountedOnceForEachJobThatNamesIt() {
    fleet.credential("counted", "good");
    assertThat(fleet.credentials.uses()).containsEntry("counted", new CredentialUses(0, 0));
    create("counts", with("counted", "good/db"), with("counted", "good/db"));
    create("counts too", with("counted", "good/db"));

    assertThat(fleet.credentials.uses()).containsEntry("counted", new CredentialUses(2, 0));
  }

  @Test
  void aVersionSaysWhoMadeIt() {
    jobs.create(new NewJob("signed", null, List.of(STEP), null, null), "anna");
    jobs.update("signed", parameters(Map.of("a", "1")), "ben");
    jobs.update("signed", parameters(Map.of("a", "2")));
    jobs.update("signed", new JobChange("only described", null, null, null), "carla");

    assertThat(jobs.versions("signed"))
        .extracting(JobVersion::createdBy)
        .containsExactly(null, "ben", "anna");
  }

  @Test
  void aCredentialIsRefusedWhereItMayNotBeSent() {
    assertRefused(
        () -> create("refused", with("login", "evil/db")),
        ErrorCode.SERVER_NOT_ALLOWED,
        "credential 'login' may not be sent to server evil");
    assertRefused(
        () -> create("refused", with("login", "mixed")),
        ErrorCode.SERVER_NOT_ALLOWED,
        "server evil");
    assertRefused(() -> jobs.named("refused"), ErrorCode.NOT_FOUND, "job 'refused'");
  }

  @Test
  void aShardMapsOwnLoginIsTheOneThatIsSentToItsManager() {
    fleet.credential("map reader", "catalog");
    shardMap("with a login", "map reader");
    shardMap("without", null);
    create("reads maps", with("login", "with a login"));
    assertRefused(
        () -> create("refused map", with("login", "without")),
        ErrorCode.SERVER_NOT_ALLOWED,
        "server catalog");
  }

  private void shardMap(String name, @Nullable String credential) {
    fleet.targets.create(NewTarget.shardMap(name, "catalog", "d", "map of " + name, credential));
  }

  @Test
  void whatTheStepNamesHasToExist() {
    assertField(() -> create("unknown", with("nobody", "good/db")), "credential");
    assertField(() -> create("unknown", with("login", "nowhere")), "target");
    assertField(() -> create("unknown", NewJobStep.of("?", "login", "good/db").build()), "content");
    assertField(
        () ->
            create(
                "unknown", NewJobStep.of("script", "login", "good/db").contentVersion(9).build()),
        "contentVersion");
    assertField(
        () -> create("unknown", NewJobStep.of("script", "login", "good/db").policy("?").build()),
        "policy");
    assertRefused(() -> jobs.named("unknown"), ErrorCode.NOT_FOUND, "does not exist");
  }

  @Test
  void aJobHasStepsOfDifferentNames() {
    assertRefused(
        () -> create("steps", new NewJobStep[0]), ErrorCode.INVALID_FIELD, "at least one");
    assertThat(create("steps", STEP, STEP).steps())
        .extracting(JobStep::name)
        .containsExactly("JobStep", "JobStep2");
    NewJobStep named = NewJobStep.of("script", "login", "good/db").name("a").build();
    assertRefused(() -> create("same", named, named), ErrorCode.INVALID_FIELD, "the same name");
  }

  @Test
  void aRolloutIsKeptAndItsChangeMakesANewVersion() {
    Rollout rollout = new Rollout(List.of("1", " 10% "), Duration.ofMinutes(5), true, "3");
    jobs.create(new NewJob("careful", null, List.of(STEP), null, null, null, rollout));
    assertThat(jobs.named("careful").rollout())
        .isEqualTo(new Rollout(List.of("1", "10%"), Duration.ofMinutes(5), true, "3"));
    Job changed =
        jobs.update(
            "careful", new JobChange(null, null, null, null, null, null, Rollout.AT_ONCE, null));
    assertThat(changed.version()).isEqualTo(2);
    assertThat(changed.rollout()).isEqualTo(Rollout.AT_ONCE);
    for (Rollout bad :
        List.of(
            new Rollout(List.of("0"), null, null, null),
            new Rollout(List.of("101%"), null, null, null),
            new Rollout(List.of("a few"), null, null, null),
            new Rollout(List.of("1"), Duration.ofSeconds(-1), null, null),
            new Rollout(null, null, true, null),
            new Rollout(null, null, null, "none"))) {
      assertRefused(
          () -> jobs.create(new NewJob("bad", null, List.of(STEP), null, null, null, bad)),
          ErrorCode.INVALID_FIELD,
          "");
    }
  }

  @Test
  void badInputNamesItsField() {
    assertField(() -> create(" bad"), "name");
    assertField(() -> create("x".repeat(129)), "name");
    assertField(
        () -> create("bad", NewJobStep.of("script", "login", "good/db").name("").build()), "step");
    assertField(
        () -> create("bad", NewJobStep.of("script", "login", "good/db").maxParallelism(0).build()),
        "maxParallelism");
    assertField(
        () -> jobs.create(new NewJob("bad", "x".repeat(513), List.of(STEP), null, null)),
        "description");
    for (String name :
        List.of("", "1a", "-a", "a b", "ä", "job_id", "Target_Database", "dollar", "a\0")) {
      assertField(
          () -> jobs.create(new NewJob("bad", null, List.of(STEP), null, Map.of(name, "v"))),
          "parameters");
    }
    assertField(
        () ->
            jobs.create(
                new NewJob("bad", null, List.of(STEP), null, Map.of("env", "1", "ENV", "2"))),
        "parameters");
    assertField(
        () -> jobs.create(new NewJob("bad", null, List.of(STEP), null, Map.of("nul", "\0"))),
        "parameters");
  }

  @Test
  void namesOfAllScriptsAreFine() {
    create("]'%_名\uD83D\uDD11");

    assertThat(jobs.list()).extracting(Job::name).contains("]'%_名\uD83D\uDD11");
  }

  @Test
  void ofTwoThatCreateTheSameJobOneIsToldThatItExists() throws Exception {
    Callable<Job> creation = () -> create("same");
    int refused = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<Job> result : threads.invokeAll(Collections.nCopies(2, creation))) {
        if (result.state() == Future.State.FAILED) {
          assertThat(result.exceptionNow()).hasMessageContaining("job 'same' exists already");
          refused++;
        }
      }
    }
    assertThat(refused).isEqualTo(1);
  }

  @Test
  void aJobBeingDeletedKeepsItsNameAndTakesNoChange() {
    create("deleted");
    jobs.delete("deleted");
    jobs.delete("deleted");

    assertThat(jobs.named("deleted").deleting()).isTrue();
    assertRefused(() -> jobs.enable("deleted"), ErrorCode.JOB_BEING_DELETED, "is being deleted");
    assertRefused(() -> create("deleted"), ErrorCode.ALREADY_EXISTS, "'deleted' exists already");
    assertRefused(() -> jobs.delete("never"), ErrorCode.NOT_FOUND, "'never'");
  }

  @Test
  void whatAJobUsesIsNotDeleted() {
    fleet.content("used", "SELECT 1");
    fleet.credential("used", "good");
    jobs.create(
        new NewJob(
            "user", null, List.of(NewJobStep.of("used", "used", "good/db").build()), null, null));

    assertRefused(() -> fleet.contents.delete("used"), ErrorCode.IN_USE, "job 'user'");
    assertRefused(() -> fleet.credentials.delete("used"), ErrorCode.IN_USE, "job 'user'");
  }

  private Job create(String name) {
    return create(name, STEP);
  }

  private Job create(String name, NewJobStep... steps) {
    return jobs.create(new NewJob(name, null, List.of(steps), null, null));
  }

  private static NewJobStep with(String credential, String target) {
    return NewJobStep.of("script", credential, target).build();
  }

  private static JobChange parameters(@Nullable Map<String, String> parameters) {
    return new JobChange(null, null, null, parameters);
  }

  private static JobChange expecting(int version) {
    return new JobChange(
        null, null, null, Map.of("ours", "of " + version), null, null, null, version);
  }

  private static void assertRefused(ThrowingCallable call, ErrorCode code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static void assertField(ThrowingCallable call, String field) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.field()).isEqualTo(field));
  }
}
