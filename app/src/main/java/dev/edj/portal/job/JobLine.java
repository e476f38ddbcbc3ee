package dev.edj.portal.job;

import dev.edj.execution.LatestRun;
import dev.edj.job.Job;
import dev.edj.job.JobStep;
import dev.edj.schedule.Trigger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A job in the list of them.
///
/// @param runs newest first
record JobLine(Job job, List<LatestRun> runs, List<Trigger> triggers) {

  public @Nullable LatestRun last() {
    return runs.isEmpty() ? null : runs.getFirst();
  }

  public Trend trend() {
    return Trend.of(runs);
  }

  public @Nullable Instant nextAt() {
    return triggers.stream()
        .map(Trigger::nextAt)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  public List<String> targets() {
    return job.steps().stream().map(JobStep::target).distinct().toList();
  }

  /// What starts it: schedules, and jobs after which it starts.
  public List<String> starts() {
    return triggers.stream()
        .map(
            trigger -> trigger.schedule() != null ? trigger.schedule() : "after " + trigger.after())
        .toList();
  }
}
