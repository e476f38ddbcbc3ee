package dev.edj.schedule;

import dev.edj.controldb.DeadlockVictim;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.schedule.FiringStore.DueTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fires triggers that are due, and those that wait for ended runs. Any number of nodes may do so
/// at once: a trigger is taken, fired and moved on in one transaction, many triggers in each.
public final class Firings {

  private static final Logger log = LoggerFactory.getLogger(Firings.class);
  private static final int MOST_TRIGGERS = 500;

  /// How many ended runs are taken at once.
  public static final int MOST_ENDED = 500;

  private static final int MOST_REMOVED = 10_000;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /// What is due and not to be had is another node's, which fires it or dies.
  private static final Duration WAIT_FOR_OTHERS = Duration.ofMillis(100);

  /// Another node may be able to read what this one cannot.
  private static final Duration WAIT_FOR_READABLE = Duration.ofMinutes(1);

  private final Jdbi jdbi;
  private final TimeOrderedIds ids;
  private final ScheduleClock clock;

  public Firings(Jdbi jdbi, TimeOrderedIds ids, ScheduleClock clock) {
    this.jdbi = jdbi;
    this.ids = ids;
    this.clock = clock;
  }

  /// Fires what is due, and says how long to wait until more will be: a second at most, because
  /// triggers come and change meanwhile.
  public Duration fireDue() {
    int taken = DeadlockVictim.retry(jdbi, this::fireDue);
    return taken == MOST_TRIGGERS ? Duration.ZERO : jdbi.inTransaction(this::untilNext);
  }

  private int fireDue(Handle handle) {
    Instant now = clock.now(handle);
    List<Long> taken = handle.attach(FiringStore.class).take(now, MOST_TRIGGERS);
    fire(handle, taken, now);
    return taken.size();
  }

  private Duration untilNext(Handle handle) {
    return handle
        .attach(FiringStore.class)
        .millisecondsToNext(clock.now(handle))
        .map(milliseconds -> milliseconds > 0 ? Duration.ofMillis(milliseconds) : WAIT_FOR_OTHERS)
        .filter(wait -> wait.compareTo(LONGEST_WAIT) < 0)
        .orElse(LONGEST_WAIT);
  }

  /// Fires what is due of one schedule, whose triggers stay taken to the end of the transaction.
  void fireDueOf(Handle handle, long scheduleId, Instant now) {
    fire(handle, handle.attach(FiringStore.class).takeAllOf(scheduleId), now);
  }

  private void fire(Handle handle, List<Long> taken, Instant now) {
    if (taken.isEmpty()) {
      return;
    }
    FiringStore store = handle.attach(FiringStore.class);
    store.begin();
    List<DueTrigger> due = store.due(taken.toArray(Long[]::new), now);
    Map<Long, String> obstacles = new TreeMap<>();
    Map<DueTrigger, Due> plans = plans(due, now, obstacles);
    new Starting(handle, ids).start(occasions(plans));
    store.advance(
        plans.keySet().stream().map(DueTrigger::triggerId).toArray(Long[]::new),
        plans.values().stream()
            .map(plan -> plan.next() == null ? null : plan.next().toString())
            .toArray(String[]::new),
        now);
    if (!obstacles.isEmpty()) {
      store.postpone(
          obstacles.keySet().toArray(Long[]::new),
          obstacles.values().toArray(String[]::new),
          now.plus(WAIT_FOR_READABLE));
    }
  }

  /// A rule that this node cannot read, such as one of a zone that is no more, must not keep all
  /// others from being fired, whatever reading it ends in.
  ///
  /// @param obstacles takes the triggers without a plan, and why
  private static Map<DueTrigger, Due> plans(
      List<DueTrigger> due, Instant now, Map<Long, String> obstacles) {
    Map<RuleColumns, ScheduleRule> rules = new HashMap<>();
    Map<DueTrigger, Due> plans = new LinkedHashMap<>();
    for (DueTrigger trigger : due) {
      try {
        ScheduleRule rule = rules.computeIfAbsent(trigger.rule(), RuleColumns::rule);
        plans.put(trigger, CatchUp.DEFAULT.due(rule, trigger.misfire(), trigger.settledAt(), now));
      } catch (RuntimeException e) {
        String obstacle = ScheduleRow.obstacle(e);
        log.warn("schedule '{}' {}", trigger.schedule(), obstacle);
        obstacles.put(trigger.triggerId(), "the schedule " + obstacle);
      }
    }
    return plans;
  }

  /// In the order of their times, in which the overlap settings see them.
  private static List<Occasion> occasions(Map<DueTrigger, Due> plans) {
    List<Occasion> occasions = new ArrayList<>();
    plans.forEach((trigger, plan) -> occasions.addAll(occasions(trigger, plan)));
    occasions.sort(Comparator.comparing(Occasion::plannedAt));
    return occasions;
  }

  private static List<Occasion> occasions(DueTrigger trigger, Due plan) {
    if (plan.firings().isEmpty()) {
      return plan.firstMissed() == null
          ? List.of()
          : List.of(notStarted(trigger, plan.firstMissed(), "missed: no node was there in time"));
    }
    List<Occasion> occasions = new ArrayList<>();
    for (Instant planned : plan.firings()) {
      occasions.add(
          new Occasion(
              trigger.triggerId(),
              trigger.jobId(),
              trigger.overlap(),
              trigger.schedule(),
              planned,
              null,
              occasions.isEmpty() ? plan.firstMissed() : null,
              null));
    }
    return occasions;
  }

  private static Occasion notStarted(DueTrigger trigger, Instant planned, String reason) {
    return new Occasion(
        trigger.triggerId(),
        trigger.jobId(),
        trigger.overlap(),
        trigger.schedule(),
        planned,
        null,
        planned,
        reason);
  }

  /// Starts the jobs that wait for runs which have ended. Returns the runs: each is returned once,
  /// by whichever node took it, and when they are as many as are taken at once there may be more.
  public List<EndedRun> startFollowUps() {
    return DeadlockVictim.retry(jdbi, this::startFollowUps);
  }

  private List<EndedRun> startFollowUps(Handle handle) {
    FiringStore store = handle.attach(FiringStore.class);
    List<EndedRun> taken = store.takeEnded(MOST_ENDED);
    UUID[] ended = taken.stream().map(EndedRun::executionId).toArray(UUID[]::new);
    if (ended.length > 0) {
      new Starting(handle, ids)
          .start(
              store.followUps(ended).stream()
                  .map(followUp ->
                      new Occasion(
                          followUp.triggerId(),
                          followUp.jobId(),
                          followUp.overlap(),
                          null,
                          followUp.endedAt(),
                          followUp.executionId(),
                          null,
                          null))
                  .toList());
      store.markFollowed(ended);
    }
    return taken;
  }

  /// Forgets firings older than the history that is kept.
  public void forgetOlderThan(Duration retention) {
    jdbi.useExtension(
        FiringStore.class, store -> store.removeOlderThan(retention.toMillis(), MOST_REMOVED));
  }
}
