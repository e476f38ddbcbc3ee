package dev.edj.schedule;

import dev.edj.controldb.DeadlockVictim;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.problem.EdjException;
import dev.edj.schedule.FiringStore.DueTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Fires triggers that are due, and those that wait for ended runs. Any number of nodes may do so
/// at once: a trigger is taken, fired and moved on in one transaction, many triggers in each.
public final class Firings {

  private static final int MOST_TRIGGERS = 500;
  private static final int MOST_ENDED = 500;
  private static final int MOST_REMOVED = 10_000;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

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
        .map(milliseconds -> Duration.ofMillis(Math.max(1, milliseconds)))
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
    List<DueTrigger> due = store.due(taken.toArray(Long[]::new), now);
    Map<RuleColumns, ScheduleRule> rules = new HashMap<>();
    List<Occasion> occasions = new ArrayList<>();
    List<String> next = new ArrayList<>();
    for (DueTrigger trigger : due) {
      Due plan = plan(trigger, rules, now, occasions);
      next.add(plan.next() == null ? null : plan.next().toString());
    }
    new Starting(handle, ids).start(occasions);
    store.advance(
        due.stream().map(DueTrigger::triggerId).toArray(Long[]::new),
        next.toArray(String[]::new),
        now);
  }

  /// A rule that this node cannot read, such as one of a zone that is no more, must not keep all
  /// others from being fired: it says so, and waits to be changed.
  private static Due plan(
      DueTrigger trigger,
      Map<RuleColumns, ScheduleRule> rules,
      Instant now,
      List<Occasion> occasions) {
    try {
      ScheduleRule rule = rules.computeIfAbsent(trigger.rule(), RuleColumns::rule);
      Due plan = CatchUp.DEFAULT.due(rule, trigger.misfire(), trigger.settledAt(), now);
      occasions.addAll(occasions(trigger, plan));
      return plan;
    } catch (EdjException e) {
      occasions.add(notStarted(trigger, trigger.nextAt(), "the rule cannot be read: " + e.text()));
      return new Due(List.of(), null, null);
    }
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

  /// Starts the jobs that wait for runs which have ended. Returns whether there may be more.
  public boolean startFollowUps() {
    return DeadlockVictim.retry(jdbi, this::startFollowUps) == MOST_ENDED;
  }

  private int startFollowUps(Handle handle) {
    FiringStore store = handle.attach(FiringStore.class);
    UUID[] ended = store.takeEnded(MOST_ENDED).toArray(UUID[]::new);
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
    return ended.length;
  }

  /// Forgets firings older than the history that is kept.
  public void forgetOlderThan(Duration retention) {
    jdbi.useExtension(
        FiringStore.class, store -> store.removeOlderThan(retention.toMillis(), MOST_REMOVED));
  }
}
