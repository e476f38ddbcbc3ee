package dev.edj.portal.job;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.execution.ResultMode;
import dev.edj.execution.Rollout;
import dev.edj.job.Job;
import dev.edj.job.JobChange;
import dev.edj.job.JobStep;
import dev.edj.job.NewJobStep;
import dev.edj.parameter.SecretParameter;
import dev.edj.problem.EdjException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is typed into the form is what the job becomes.
class JobFormTest {

  @Test
  void aJobThatIsOpenedAndSavedStaysAsItIs() {
    Job job = job();
    JobChange change = JobForm.of(job).change(job);

    List<NewJobStep> steps = requireNonNull(change.steps());
    assertThat(steps).hasSize(1);
    assertThat(steps.getFirst().content()).isEqualTo("script");
    assertThat(steps.getFirst().contentVersion()).isEqualTo(3);
    assertThat(steps.getFirst().maxParallelism()).isEqualTo(8);
    assertThat(change.parameters()).isEqualTo(job.parameters());
    assertThat(change.secrets()).containsOnlyKeys("later");
    assertThat(change.removedSecrets()).isEmpty();
    assertThat(change.rollout()).isEqualTo(job.rollout());
  }

  @Test
  void aSecretThatIsTakenOutOfTheFormIsRemoved() {
    Job job = job();
    JobForm without = with(job, List.of());
    assertThat(without.change(job).removedSecrets()).containsExactly("kept", "later");
    assertThat(without.change(job).parameters()).isEmpty();
  }

  @Test
  void aSecretWithAnotherNameNeedsItsValueAgain() {
    Job job = job();
    assertThatThrownBy(() -> with(job, renamed("")).change(job))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.field()).isEqualTo("parameters[0].value"));

    JobChange change = with(job, renamed("again")).change(job);
    assertThat(change.secrets()).containsExactly(Map.entry("other", "again"));
    assertThat(change.removedSecrets()).containsExactly("kept", "later");
  }

  private static List<ParameterForm> renamed(String value) {
    return List.of(new ParameterForm("other", value, true, false, true));
  }

  private static JobForm with(Job job, List<ParameterForm> parameters) {
    JobForm form = JobForm.of(job);
    return new JobForm(
        form.name(),
        form.description(),
        form.version(),
        form.steps(),
        parameters,
        form.rollout(),
        form.start());
  }

  @Test
  void whatIsWrongNamesTheFieldOfItsStep() {
    JobForm form =
        JobForm.of(job())
            .withAnotherStep()
            .withStep(
                1, step -> step.with(new ScriptForm("new", "", "", "", "two", "SELECT", "", null)));
    JobForm wrong =
        form.withStep(
            1,
            step ->
                new StepForm(
                    "",
                    step.script(),
                    step.login(),
                    "",
                    "",
                    "many",
                    false,
                    false,
                    "",
                    ResultForm.KEEP));
    assertThatThrownBy(wrong::newJob)
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.field()).isEqualTo("steps[1].target"));
  }

  @Test
  void aDestinationsFieldIsToldByTheFormsName() {
    JobForm form =
        JobForm.of(job())
            .withStep(
                0,
                step ->
                    new StepForm(
                        step.name(),
                        step.script(),
                        step.login(),
                        step.target(),
                        "",
                        "",
                        false,
                        false,
                        "",
                        new ResultForm("Send", "nothing://", "db", "", "t", "login", "", false)));
    assertThatThrownBy(form::newJob)
        .isInstanceOfSatisfying(
            EdjException.class,
            e -> {
              assertThat(e.field()).isEqualTo("steps[0].result.server");
              assertThat(e.text()).startsWith("steps[0].result.server: ");
            });
  }

  @Test
  void aValueWithoutANameIsNotForgotten() {
    JobForm form =
        new JobForm(
            "j",
            "",
            "",
            JobForm.of(job()).steps(),
            List.of(ParameterForm.NOTHING, new ParameterForm("", "5", false, false, false)),
            RolloutForm.AT_ONCE,
            StartForm.NEVER);
    assertThatThrownBy(form::newJob).hasMessageContaining("the value has no name");
  }

  @Test
  void stepsMoveOnlyWhereThereAreSome() {
    JobForm form = JobForm.of(job()).withAnotherStep();
    assertThat(Act.parse("up:0").on(form)).isEqualTo(form);
    assertThat(Act.parse("down:1").on(form)).isEqualTo(form);
    assertThat(Act.parse("remove:7").on(form)).isEqualTo(form);
    assertThat(Act.parse("down:0").on(form).steps())
        .containsExactly(form.steps().get(1), form.steps().get(0));
    assertThat(Act.parse("remove:0").on(form).withoutStep(0).steps()).isEmpty();
  }

  @Test
  void whatWasLoadedIsReadWhateverTheContentIsCalled() {
    Loaded loaded = Loaded.parse("a@b@@5").orElseThrow();
    assertThat(loaded).isEqualTo(new Loaded("a@b", "", 5));
    assertThat(Loaded.parse(loaded.toString())).contains(loaded);
    assertThat(Loaded.parse("")).isEmpty();
  }

  private static Job job() {
    Map<String, @Nullable String> parameters = new HashMap<>();
    parameters.put("given", "1");
    parameters.put("asked", null);
    JobStep step =
        new JobStep(
            1,
            "JobStep",
            "script",
            3,
            "login",
            "tenants",
            "Default execution policy",
            8,
            false,
            false,
            ResultMode.Keep,
            null,
            Map.of());
    return new Job(
        "j",
        "",
        true,
        false,
        4,
        List.of(step),
        parameters,
        List.of(new SecretParameter("kept", true), new SecretParameter("later", false)),
        new Rollout(List.of("1", "10%"), Duration.ofMinutes(5), true, "5%").checked(),
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
