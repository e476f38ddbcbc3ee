package dev.edj.portal.job;

import static java.util.Objects.requireNonNullElse;

import dev.edj.execution.Destination;
import dev.edj.execution.PublishOptionLines;
import dev.edj.job.JobStep;
import dev.edj.job.NewJobStep;
import dev.edj.portal.site.FormFields;
import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import dev.edj.problem.Names;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A step as it was typed.
///
/// @param publishOptions how a data-tier package is deployed: `name=value`, one on each line
record StepForm(
    String name,
    ScriptForm script,
    LoginForm login,
    String target,
    String policy,
    String maxParallelism,
    Boolean exactlyOnce,
    Boolean barrier,
    String publishOptions,
    ResultForm result) {

  static final StepForm NOTHING =
      new StepForm(
          "", ScriptForm.NOTHING, LoginForm.NOTHING, "", "", "", false, false, "", ResultForm.KEEP);

  StepForm {
    name = requireNonNullElse(name, "").strip();
    script = requireNonNullElse(script, ScriptForm.NOTHING);
    login = requireNonNullElse(login, LoginForm.NOTHING);
    target = requireNonNullElse(target, "").strip();
    policy = requireNonNullElse(policy, "");
    maxParallelism = requireNonNullElse(maxParallelism, "").strip();
    exactlyOnce = requireNonNullElse(exactlyOnce, false);
    barrier = requireNonNullElse(barrier, false);
    publishOptions = Typed.lines(publishOptions);
    result = requireNonNullElse(result, ResultForm.KEEP);
  }

  static StepForm of(JobStep step) {
    return new StepForm(
        step.name(),
        ScriptForm.existing(
            step.content(),
            step.contentVersion() == null ? "" : Integer.toString(step.contentVersion())),
        LoginForm.existing(step.credential()),
        step.target(),
        step.policy(),
        step.maxParallelism() == null ? "" : Integer.toString(step.maxParallelism()),
        step.exactlyOnce(),
        step.barrier(),
        String.join("\n", PublishOptionLines.of(step.publishOptions())),
        ResultForm.of(step.results(), step.destination()));
  }

  StepForm with(ScriptForm other) {
    return new StepForm(
        name,
        other,
        login,
        target,
        policy,
        maxParallelism,
        exactlyOnce,
        barrier,
        publishOptions,
        result);
  }

  StepForm with(LoginForm other) {
    return new StepForm(
        name,
        script,
        other,
        target,
        policy,
        maxParallelism,
        exactlyOnce,
        barrier,
        publishOptions,
        result);
  }

  /// Whether any of what is folded away is set.
  public boolean isDetailed() {
    return !maxParallelism.isEmpty() || exactlyOnce || barrier || result.isUnusual();
  }

  /// @param place of its fields: `steps[0].`
  /// @param job whose name a new content takes that has none
  NewJobStep newStep(String place, String job) {
    String checkedName = name.isEmpty() ? null : Names.checked(place + "name", name);
    String content = content(place, job);
    Integer version =
        script.isExisting()
            ? new Typed(place + "script.version", script.version()).wholeNumber()
            : null;
    return NewJobStep.of(
            content,
            login.isNew()
                ? login.name()
                : new Typed(place + "login.credential", login.credential())
                    .required("choose one, or make a new one"),
            new Typed(place + "target", target).required("must be given: where the script runs"))
        .name(checkedName)
        .contentVersion(version)
        .policy(policy.isEmpty() ? null : policy)
        .maxParallelism(parallelism(place))
        .exactlyOnce(exactlyOnce)
        .barrier(barrier)
        .publishOptions(options(place))
        .results(result.resultMode())
        .destination(
            new FormFields(field -> place + resultField(field)).of(this::checkedDestination))
        .build();
  }

  /// A value that is left out is one that is not taken.
  private @Nullable Map<String, String> options(String place) {
    Map<String, String> options = new LinkedHashMap<>();
    new Typed(place + "publishOptions", publishOptions)
        .pairs()
        .forEach((name, value) -> options.put(name, requireNonNullElse(value, "")));
    return options.isEmpty() ? null : options;
  }

  private @Nullable Integer parallelism(String place) {
    Integer most = new Typed(place + "maxParallelism", maxParallelism).wholeNumber();
    if (most != null && most < 1) {
      throw EdjException.invalid(place + "maxParallelism", "must be at least 1");
    }
    return most;
  }

  private String content(String place, String job) {
    if (!script.isExisting()) {
      script.requireWhole(place);
      return script.name().isEmpty() ? job : script.name();
    }
    return new Typed(place + "script.content", script.content())
        .required("choose one, or write a new one");
  }

  private @Nullable Destination checkedDestination() {
    return result.destination();
  }

  /// `destination.server` is `result.server` here.
  static String resultField(String field) {
    if (field.equals("results") || field.equals("destination")) {
      return "result.mode";
    }
    return field.replace("destination.", "result.");
  }
}
