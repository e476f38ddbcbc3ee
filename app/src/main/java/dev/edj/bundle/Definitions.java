package dev.edj.bundle;

import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.execution.ResultMode;
import dev.edj.job.Jobs;
import dev.edj.parameter.ParameterValues;
import dev.edj.parameter.SecretParameter;
import dev.edj.policy.Retries;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an execution runs, as it was when it was started.
record Definitions(Jobs jobs, Executions executions) {

  private static final String FOLDER = "definitions/";

  /// The values that were given at the start.
  record Given(Map<String, @Nullable String> values, List<SecretParameter> secrets) {}

  /// A step as its run pinned it.
  ///
  /// @param packageSha256 the data-tier package that it deploys; null for a script
  record Step(
      int stepId,
      String step,
      String content,
      int contentVersion,
      @Nullable String packageSha256,
      List<String> publishOptions,
      String target,
      boolean exactlyOnce,
      ResultMode results,
      @Nullable Duration attemptTimeout,
      Retries retries,
      Set<String> transientErrors,
      Set<String> permanentErrors) {

    static Step of(PinnedPlan plan) {
      return new Step(
          plan.stepId(),
          plan.stepName(),
          plan.content(),
          plan.contentVersion(),
          plan.packageSha256(),
          plan.publishOptions(),
          plan.target(),
          plan.exactlyOnce(),
          plan.results(),
          plan.attemptTimeout(),
          plan.retries(),
          plan.transientErrors(),
          plan.permanentErrors());
    }
  }

  void write(Archive archive, JobExecution run) throws IOException {
    writeJob(archive, run);
    ParameterValues given = executions.given(run.id());
    archive.json(FOLDER + "parameters.json", new Given(given.readable(), given.secrets()));
    for (PinnedPlan plan : executions.pinned(run.id())) {
      String name = FOLDER + "step-" + plan.stepId();
      archive.json(name + ".json", Step.of(plan));
      if (!plan.deploysPackage()) {
        archive.text(name + ".sql", plan.script());
      }
    }
  }

  /// A query is of no job that anybody could show.
  private void writeJob(Archive archive, JobExecution run) throws IOException {
    try {
      archive.json(FOLDER + "job.json", jobs.named(run.job(), run.jobVersion()));
    } catch (EdjException e) {
      if (e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
    }
  }
}
