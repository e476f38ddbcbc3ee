package dev.edj.bench.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.edj.Wiring;
import dev.edj.bench.faults.Recorded.Run;
import dev.edj.execution.Lifecycle;
import dev.edj.schedule.EndCondition;
import dev.edj.schedule.Misfire;
import dev.edj.schedule.NewSchedule;
import dev.edj.schedule.NewScheduleRule;
import dev.edj.schedule.NewTrigger;
import dev.edj.schedule.Overlap;
import dev.edj.schedule.TriggerChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A job with a schedule and one that follows it: each planned time starts one execution, and each
/// of those that succeeds starts one of the follower, whatever happens to the nodes.
final class Timetable {

  /// The job that the schedule starts.
  static final String JOB = "timed";

  /// The job that starts when an execution of [#JOB] has succeeded.
  static final String FOLLOWER = "follower";

  /// Between planned times, which are the multiples of it in UTC; a divisor of a minute.
  static final Duration INTERVAL = Duration.ofSeconds(20);

  private final Wiring edj;
  private long trigger;
  private @Nullable Instant from;
  private @Nullable Instant until;

  Timetable(Wiring edj) {
    this.edj = edj;
  }

  /// What is late is made up for, and waits for the execution before it, so that the rules leave
  /// nothing out.
  void begin() {
    NewScheduleRule rule =
        new NewScheduleRule(
            null,
            null,
            null,
            null,
            "*/%d * * * * *".formatted(INTERVAL.toSeconds()),
            null,
            null,
            null,
            null,
            null);
    edj.schedules().create(new NewSchedule(JOB, rule));
    trigger =
        edj.triggers()
            .create(new NewTrigger(JOB, JOB, null, null, null, Overlap.Queue, Misfire.FireAll))
            .id();
    edj.triggers()
        .create(
            new NewTrigger(FOLLOWER, null, JOB, EndCondition.Success, null, Overlap.Queue, null));
    from = now();
  }

  /// Plans nothing more, as soon as everything planned before the first call has been fired.
  ///
  /// @return whether that is so; if not, call it again
  boolean end() {
    try {
      if (until == null) {
        until = now();
      }
      Instant next = edj.triggers().named(trigger).nextAt();
      if (next != null && !next.isAfter(until)) {
        return false;
      }
      edj.triggers().update(trigger, new TriggerChange(false, null, null, null));
      return true;
    } catch (RuntimeException e) {
      return false; // The control database is away.
    }
  }

  /// Whether an execution has ended, and what follows it may not have been started yet.
  boolean isWaitedFor() {
    return edj.controlDatabase()
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    """
                    SELECT EXISTS (
                      SELECT FROM job_execution e JOIN job j ON j.job_id = e.job_id
                      WHERE j.name = :job AND e.ended_at IS NOT NULL AND NOT e.followed)
                    """)
                .bind("job", JOB)
                .mapTo(Boolean.class)
                .one());
  }

  List<String> violations(List<Run> runs) {
    return from == null || until == null
        ? List.of("no schedule was seen to its end")
        : violations(runs, from, until);
  }

  /// By what time it is, and not by what EDJ says was planned.
  ///
  /// @param from every planned time after it has to have started an execution
  /// @param until the last one that has to; there may be more
  static List<String> violations(List<Run> runs, Instant from, Instant until) {
    List<String> violations = lasting(runs);
    Map<Instant, Long> started = started(runs);
    Instant planned = onward(from);
    for (; !planned.isAfter(until); planned = planned.plus(INTERVAL)) {
      if (!started.containsKey(planned)) {
        violations.add("the schedule started nothing at %s".formatted(planned));
      }
    }
    Map<UUID, Long> followers = followers(runs);
    for (Run run : runs) {
      if (isToBeFollowed(run) && !followers.containsKey(run.id())) {
        violations.add("run %s of '%s' was not followed".formatted(run.id(), run.job()));
      }
    }
    return violations;
  }

  /// What is wrong already while jobs still run, and cannot become right again.
  static List<String> lasting(List<Run> runs) {
    List<String> violations = new ArrayList<>();
    started(runs)
        .forEach((time, executions) -> {
          if (executions > 1) {
            violations.add("the schedule started %d executions at %s".formatted(executions, time));
          }
          if (time.equals(Instant.EPOCH) || !onward(time.minusNanos(1)).equals(time)) {
            violations.add("the schedule started an execution that was not planned, at " + time);
          }
        });
    Map<UUID, Long> followers = followers(runs);
    for (Run run : runs) {
      long executions = Optional.ofNullable(followers.get(run.id())).orElse(0L);
      if (executions > (isToBeFollowed(run) ? 1 : 0)) {
        violations.add(
            "run %s of '%s', %s, was followed by %d executions"
                .formatted(run.id(), run.job(), run.lifecycle(), executions));
      }
    }
    return violations;
  }

  private static Map<Instant, Long> started(List<Run> runs) {
    return runs.stream()
        .filter(run -> run.job().equals(JOB))
        .collect(
            groupingBy(
                run -> Optional.ofNullable(run.plannedAt()).orElse(Instant.EPOCH), counting()));
  }

  /// By the run that they follow; one that follows none stands for itself.
  private static Map<UUID, Long> followers(List<Run> runs) {
    return runs.stream()
        .filter(run -> run.job().equals(FOLLOWER))
        .collect(
            groupingBy(run -> Optional.ofNullable(run.follows()).orElse(run.id()), counting()));
  }

  private static boolean isToBeFollowed(Run run) {
    return run.job().equals(JOB) && run.lifecycle() == Lifecycle.Succeeded;
  }

  /// The first planned time after one.
  private static Instant onward(Instant time) {
    long interval = INTERVAL.toSeconds();
    return Instant.ofEpochSecond((time.getEpochSecond() / interval + 1) * interval);
  }

  /// By the control database's clock.
  private Instant now() {
    return edj.controlDatabase()
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("SELECT clock_timestamp()").mapTo(Instant.class).one());
  }
}
