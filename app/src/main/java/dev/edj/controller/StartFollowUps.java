package dev.edj.controller;

import dev.edj.duty.Duty;
import dev.edj.metric.Metric;
import dev.edj.metric.Tally;
import dev.edj.schedule.EndedRun;
import dev.edj.schedule.Firings;
import java.time.Duration;
import java.util.List;

/// Starts the jobs that wait for the ends of others, and counts what has ended: each run of a job
/// comes by here once, whatever ended it.
final class StartFollowUps implements Duty {

  private static final Duration POLL = Duration.ofSeconds(1);

  private final Firings firings;
  private final Tally tally;

  StartFollowUps(Firings firings, Tally tally) {
    this.firings = firings;
    this.tally = tally;
  }

  @Override
  public Duration perform() {
    List<EndedRun> ended = firings.startFollowUps();
    ended.forEach(this::count);
    return ended.size() == Firings.MOST_ENDED ? Duration.ZERO : POLL;
  }

  private void count(EndedRun run) {
    tally.count(Metric.EXECUTIONS_ENDED, run.lifecycle());
    tally.observe(Metric.EXECUTION_DURATION, run.took());
  }
}
