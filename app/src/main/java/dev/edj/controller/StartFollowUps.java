package dev.edj.controller;

import dev.edj.duty.Duty;
import dev.edj.log.LogField;
import dev.edj.log.LogFields;
import dev.edj.metric.Metric;
import dev.edj.metric.Tally;
import dev.edj.schedule.EndedRun;
import dev.edj.schedule.Firings;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Starts the jobs that wait for the ends of others, and tells and counts what has ended: each run
/// of a job comes by here once, whatever ended it.
final class StartFollowUps implements Duty {

  private static final Logger log = LoggerFactory.getLogger(StartFollowUps.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Firings firings;
  private final Tally tally;
  private final RunTrace trace;

  StartFollowUps(Firings firings, Tally tally, RunTrace trace) {
    this.firings = firings;
    this.tally = tally;
    this.trace = trace;
  }

  @Override
  public Duration perform() {
    List<EndedRun> ended = firings.startFollowUps();
    ended.forEach(this::tell);
    return ended.size() == Firings.MOST_ENDED ? Duration.ZERO : POLL;
  }

  private void tell(EndedRun run) {
    try (LogFields _ = LogFields.execution(run.executionId())) {
      LogFields.put(LogField.JOB, run.job());
      log.atLevel(run.succeeded() ? Level.DEBUG : Level.INFO)
          .log("job '{}' ended after {}: {}", run.job(), run.took(), run.lifecycle());
    }
    tally.count(Metric.EXECUTIONS_ENDED, run.lifecycle().name());
    tally.observe(Metric.EXECUTION_DURATION, run.took());
    trace.ended(run);
  }
}
