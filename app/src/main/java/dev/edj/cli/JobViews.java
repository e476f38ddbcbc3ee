package dev.edj.cli;

import dev.edj.execution.Rollout;
import dev.edj.job.Job;
import dev.edj.job.JobStep;
import dev.edj.text.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Jobs as people read them.
final class JobViews {

  private JobViews() {}

  static Details details(Job job) {
    Details details =
        new Details()
            .line("Name", job.name())
            .line("Description", job.description())
            .line("State", state(job))
            .line("Version", job.version());
    for (JobStep step : job.steps()) {
      if (job.steps().size() > 1) {
        details.line("Step " + step.stepId(), step.name());
      }
      details
          .line("Content", step.content() + version(step.contentVersion()))
          .line("Credential", step.credential())
          .line("Target", step.target())
          .line("Execution policy", step.policy())
          .line("Max parallelism", step.maxParallelism())
          .line("Exactly once", step.exactlyOnce() ? "yes" : null)
          .line("Barrier", step.barrier() ? "yes" : null)
          .line("Publish options", publishOptions(step))
          .line("Results", ResultViews.of(step.results(), step.destination()));
    }
    return details
        .line("Parameters", String.join("\n", ValueViews.lines(job.parameters(), job.secrets())))
        .line("Rollout", rollout(job.rollout()))
        .line("Created", job.createdAt())
        .line("Updated", job.updatedAt());
  }

  static Table table(List<Job> jobs) {
    Table table = Table.of("NAME", "STATE", "VERSION", "CONTENT", "TARGET", "CREDENTIAL");
    jobs.forEach(job ->
        table.row(
            job.name(),
            state(job),
            job.version(),
            ofSteps(job, JobStep::content),
            ofSteps(job, JobStep::target),
            ofSteps(job, JobStep::credential)));
    return table;
  }

  static Table steps(List<JobStep> steps) {
    Table table =
        Table.of("STEP", "NAME", "CONTENT", "TARGET", "CREDENTIAL", "MAX PARALLELISM", "BARRIER");
    steps.forEach(step ->
        table.row(
            step.stepId(),
            step.name(),
            step.content() + version(step.contentVersion()),
            step.target(),
            step.credential(),
            step.maxParallelism(),
            step.barrier() ? "yes" : ""));
    return table;
  }

  private static @Nullable String publishOptions(JobStep step) {
    return step.publishOptions().isEmpty()
        ? null
        : step.publishOptions().entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining("\n"));
  }

  private static @Nullable String rollout(Rollout rollout) {
    List<String> waves = Objects.requireNonNullElse(rollout.waves(), List.of());
    List<String> parts = new ArrayList<>();
    if (!waves.isEmpty()) {
      parts.add("in waves of " + String.join(", ", waves) + " and what is left");
    }
    if (Boolean.TRUE.equals(rollout.approval())) {
      parts.add("each approved");
    }
    if (rollout.pauseMs() > 0) {
      parts.add(Durations.format(Duration.ofMillis(rollout.pauseMs())) + " apart");
    }
    if (rollout.failureLimit() != null) {
      parts.add("halted when " + rollout.failureLimit() + " failed");
    }
    return parts.isEmpty() ? null : String.join(", ", parts);
  }

  private static Cell state(Job job) {
    return job.deleting()
        ? new Cell("being deleted", Style.BAD, false)
        : job.enabled()
            ? new Cell("enabled", Style.GOOD, false)
            : new Cell("disabled", Style.CAUTION, false);
  }

  private static String version(@Nullable Integer version) {
    return version == null ? "" : " (version " + version + ")";
  }

  private static String ofSteps(Job job, Function<JobStep, String> property) {
    return job.steps().stream().map(property).distinct().collect(Collectors.joining(", "));
  }
}
