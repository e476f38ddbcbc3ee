package dev.edj.portal.job;

import dev.edj.execution.JobExecution;
import dev.edj.execution.LatestRun;
import dev.edj.job.Job;
import dev.edj.job.JobStep;
import dev.edj.job.JobVersion;
import dev.edj.portal.notice.NoticeLine;
import dev.edj.schedule.Trigger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the page of a job shows.
///
/// @param newest the number of its newest version, which `job` may be older than
/// @param notices those that tell of it: its own, and those of all jobs
/// @param runs its last executions, checks and trials among them, newest first
record JobPage(
    Job job,
    int newest,
    List<JobVersion> versions,
    List<Starter> starters,
    List<NoticeLine> notices,
    List<JobExecution> runs,
    List<LatestRun> latest) {

  /// What starts it.
  ///
  /// @param next the next times, when it is a schedule's
  record Starter(Trigger trigger, List<Instant> next) {}

  public boolean isCurrent() {
    return job.version() == newest;
  }

  public Trend trend() {
    return Trend.of(latest);
  }

  /// Whether something has to be given at each start.
  public boolean asks() {
    return JobStart.asks(job);
  }

  public String rollout() {
    return JobProperties.rollout(job.rollout());
  }

  public String results(JobStep step) {
    return JobProperties.results(step);
  }

  /// The version before the one that is shown; null when it is the first.
  public @Nullable Integer before() {
    return job.version() == 1 ? null : Integer.valueOf(job.version() - 1);
  }
}
