package dev.edj.portal.job;

import static dev.edj.schedule.ScheduleClock.CONTROL_DATABASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.edj.access.Caller;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.job.Job;
import dev.edj.job.JobChange;
import dev.edj.schedule.Firings;
import dev.edj.schedule.Schedules;
import dev.edj.schedule.Triggers;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What becomes of a form that is sent, where that is not for a browser to show.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobSavingTest {

  private static final Caller USER = Caller.local();

  private final TestControlDatabase database = TestControlDatabase.create();
  private final TestFleet fleet = new TestFleet(database.jdbi());
  private final JobSaving saving =
      new JobSaving(
          fleet.jobs,
          fleet.contents,
          fleet.credentials,
          new Schedules(
              database.jdbi(),
              CONTROL_DATABASE,
              new Firings(
                  database.jdbi(), new TimeOrderedIds(InstantSource.system()), CONTROL_DATABASE)),
          new Triggers(database.jdbi(), CONTROL_DATABASE));

  @BeforeAll
  void makeWhatJobsAreMadeOf() {
    fleet.credential("login", "*");
    fleet.database("server", "db");
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void ofFormsSentAtTheSameTimeOneIsSavedAndTheOthersKeepWhatWasTyped() throws Exception {
    Job job = job("sent at once");
    List<Callable<Saving>> forms =
        IntStream.range(0, 4)
            .<Callable<Saving>>mapToObj(
                i -> () -> saving.update(job.name(), typed(job, "p" + i), USER))
            .toList();

    List<Saving> outcomes;
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      outcomes = threads.invokeAll(forms).stream().map(Future::resultNow).toList();
    }

    assertThat(outcomes).filteredOn(Saving.Saved.class::isInstance).hasSize(1);
    assertThat(fleet.jobs.named(job.name()).version()).isEqualTo(2);
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Saving.Refused refused) {
        assertThat(refused.status().value()).isEqualTo(409);
        assertThat(refused.refusal().sentence()).contains("version 2 now, and was 1");
        assertThat(refused.form().version()).isEqualTo("2");
        assertThat(refused.form().parameters().getFirst().name()).isEqualTo("p" + i);
      }
    }
  }

  @Test
  void whoSavesAgainPutsTheirsOnTop() {
    Job job = job("again");
    fleet.jobs.update(job.name(), new JobChange(null, null, null, Map.of("theirs", "1")));

    Saving refused = saving.update(job.name(), typed(job, "mine"), USER);

    assertThat(refused).isInstanceOf(Saving.Refused.class);
    assertThat(saving.update(job.name(), ((Saving.Refused) refused).form(), USER))
        .isInstanceOf(Saving.Saved.class);
    assertThat(fleet.jobs.named(job.name()).parameters()).containsOnlyKeys("mine");
    assertThat(fleet.jobs.versions(job.name()).getFirst().createdBy()).isEqualTo("local");
  }

  @Test
  void whatIsRefusedKeepsItsNewScriptsAndTakesTheirContentsBack() {
    JobForm form =
        new JobForm(
            "two scripts",
            "",
            "",
            List.of(
                step(new ScriptForm("new", "", "", "", "one", "SELECT 1", "", null)),
                step(new ScriptForm("new", "", "", "", "two", "SELECT 2", "", null))
                    .with(LoginForm.existing("nobody"))),
            List.of(),
            RolloutForm.AT_ONCE,
            StartForm.NEVER);

    Saving saved = saving.create(form, USER);

    Saving.Refused refused = (Saving.Refused) saved;
    assertThat(refused.refusal().field()).isEqualTo("steps[1].login.credential");
    assertThat(refused.form().steps())
        .extracting(step -> step.script().text(), step -> step.script().isNew())
        .containsExactly(tuple("SELECT 1", true), tuple("SELECT 2", true));
    assertThat(fleet.contents.names("", 50)).doesNotContain("one", "two");
  }

  private static StepForm step(ScriptForm script) {
    return new StepForm(
        "",
        script,
        LoginForm.existing("login"),
        "server/db",
        "",
        "",
        false,
        false,
        "",
        ResultForm.KEEP);
  }

  private Job job(String name) {
    fleet.content(name, "SELECT 1");
    return fleet.job(name, name, "login", "server/db");
  }

  private static JobForm typed(Job job, String parameter) {
    JobForm form = JobForm.of(job);
    return new JobForm(
        form.name(),
        form.description(),
        form.version(),
        form.steps(),
        List.of(new ParameterForm(parameter, "1", false, false, false)),
        form.rollout(),
        form.start());
  }
}
