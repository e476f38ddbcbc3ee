package dev.edj.portal.job;

import static java.util.Objects.requireNonNullElse;

import dev.edj.job.Job;
import dev.edj.job.JobChange;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.problem.EdjException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A job as it stands in its form: all as it was typed.
///
/// @param version of the job that the form was opened with; empty for a new job
record JobForm(
    String name,
    String description,
    String version,
    List<StepForm> steps,
    List<ParameterForm> parameters,
    RolloutForm rollout,
    StartForm start) {

  JobForm {
    name = requireNonNullElse(name, "").strip();
    description = requireNonNullElse(description, "");
    version = requireNonNullElse(version, "");
    steps = steps == null ? List.of() : filled(steps, StepForm.NOTHING);
    parameters = parameters == null ? List.of() : filled(parameters, ParameterForm.NOTHING);
    rollout = requireNonNullElse(rollout, RolloutForm.AT_ONCE);
    start = requireNonNullElse(start, StartForm.NEVER);
  }

  /// A list of which nothing was sent for some places that a form has.
  private static <T> List<T> filled(List<T> sent, T nothing) {
    return sent.stream().map(one -> requireNonNullElse(one, nothing)).toList();
  }

  static JobForm blank(String target, String content) {
    StepForm step =
        content.isEmpty()
            ? StepForm.NOTHING
            : StepForm.NOTHING.with(ScriptForm.existing(content, ""));
    return new JobForm(
        "",
        "",
        "",
        List.of(
            new StepForm(
                "",
                step.script(),
                step.login(),
                target,
                "",
                "",
                false,
                false,
                "",
                ResultForm.KEEP)),
        List.of(),
        RolloutForm.AT_ONCE,
        StartForm.NEVER);
  }

  static JobForm of(Job job) {
    return new JobForm(
        job.name(),
        job.description(),
        Integer.toString(job.version()),
        job.steps().stream().map(StepForm::of).toList(),
        parameters(job),
        RolloutForm.of(job.rollout()),
        StartForm.NEVER);
  }

  private static List<ParameterForm> parameters(Job job) {
    List<ParameterForm> parameters = new ArrayList<>();
    job.parameters()
        .forEach((name, value) ->
            parameters.add(
                new ParameterForm(
                    name, requireNonNullElse(value, ""), false, value == null, false)));
    job.secrets()
        .forEach(secret ->
            parameters.add(new ParameterForm(secret.name(), "", true, !secret.set(), true)));
    return parameters;
  }

  // What the buttons beside the steps do.

  JobForm withSteps(List<StepForm> others) {
    return new JobForm(name, description, version, others, parameters, rollout, start);
  }

  JobForm withStep(int index, UnaryOperator<StepForm> change) {
    return withSteps(
        IntStream.range(0, steps.size())
            .mapToObj(i -> i == index ? change.apply(steps.get(i)) : steps.get(i))
            .toList());
  }

  JobForm withVersion(int other) {
    return new JobForm(
        name, description, Integer.toString(other), steps, parameters, rollout, start);
  }

  /// Another step behind the last, on the same target with the same login.
  JobForm withAnotherStep() {
    List<StepForm> more = new ArrayList<>(steps);
    StepForm last = steps.isEmpty() ? StepForm.NOTHING : steps.getLast();
    more.add(
        new StepForm(
            "",
            ScriptForm.NOTHING,
            LoginForm.existing(last.login().credential()),
            last.target(),
            last.policy(),
            "",
            false,
            false,
            "",
            ResultForm.KEEP));
    return withSteps(more);
  }

  JobForm withoutStep(int index) {
    List<StepForm> fewer = new ArrayList<>(steps);
    fewer.remove(index);
    return withSteps(fewer);
  }

  /// The step and the one before it in each other's place.
  JobForm withStepMovedUp(int index) {
    List<StepForm> moved = new ArrayList<>(steps);
    moved.add(index - 1, moved.remove(index));
    return withSteps(moved);
  }

  JobForm withAnotherParameter() {
    List<ParameterForm> more = new ArrayList<>(parameters);
    more.add(ParameterForm.NOTHING);
    return new JobForm(name, description, version, steps, more, rollout, start);
  }

  // What it says.

  static String place(int step) {
    return "steps[%d].".formatted(step);
  }

  List<NewJobStep> newSteps() {
    return IntStream.range(0, steps.size())
        .mapToObj(i -> steps.get(i).newStep(place(i), name))
        .toList();
  }

  NewJob newJob() {
    return new NewJob(
        name, description, newSteps(), null, readable(), secrets(), rollout.rollout());
  }

  JobChange change(Job before) {
    requireValuesOfRenamed(before);
    Set<String> kept = new HashSet<>();
    parameters.stream().filter(ParameterForm::secret).map(ParameterForm::name).forEach(kept::add);
    List<String> removed =
        before.secrets().stream()
            .map(secret -> secret.name())
            .filter(secret -> !kept.contains(secret))
            .toList();
    return new JobChange(
        description,
        newSteps(),
        null,
        readable(),
        secrets(),
        removed,
        rollout.rollout(),
        expectedVersion());
  }

  /// The version that the form was opened with. Whoever sends none has seen none.
  int expectedVersion() {
    try {
      return Integer.parseInt(version);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// A secret stays as it is under its own name only.
  private void requireValuesOfRenamed(Job before) {
    for (int i = 0; i < parameters.size(); i++) {
      ParameterForm parameter = parameters.get(i);
      if (parameter.keeps()
          && before.secrets().stream()
              .noneMatch(secret -> secret.name().equals(parameter.name()))) {
        throw EdjException.invalid(
            "parameters[%d].value".formatted(i),
            "a secret with another name needs its value again");
      }
    }
  }

  private Map<String, @Nullable String> readable() {
    return values(false);
  }

  private Map<String, @Nullable String> secrets() {
    return values(true);
  }

  private Map<String, @Nullable String> values(boolean secret) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < parameters.size(); i++) {
      ParameterForm parameter = parameters.get(i);
      if (parameter.name().isEmpty()) {
        refuseNameless(parameter, i);
        continue;
      }
      if (!names.add(parameter.name())) {
        throw EdjException.invalid(
            "parameters[%d].name".formatted(i), "'%s' is there twice".formatted(parameter.name()));
      }
      if (parameter.secret() == secret && !parameter.keeps()) {
        values.put(parameter.name(), parameter.asked() ? null : parameter.value());
      }
    }
    return values;
  }

  private static void refuseNameless(ParameterForm parameter, int index) {
    if (!parameter.value().isEmpty()) {
      throw EdjException.invalid(
          "parameters[%d].name".formatted(index), "must be given: the value has no name");
    }
  }
}
