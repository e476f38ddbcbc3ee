package dev.edj.schedule;

import static java.util.Objects.requireNonNullElse;

import dev.edj.audit.Actor;
import dev.edj.audit.NewAuditEvent;
import dev.edj.controldb.ConstraintViolation;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.schedule.TriggerStore.LockedTrigger;
import dev.edj.schedule.TriggerStore.NamedJob;
import dev.edj.scope.Bounds;
import dev.edj.scope.Right;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Binds jobs to schedules and to the ends of other jobs.
public final class Triggers {

  private static final String NOUN = "trigger";
  private static final int MOST_FIRINGS = 1_000;
  private static final int MOST_NAMED = 20;
  private static final int MOST_DELETED = 500;

  private final Jdbi jdbi;
  private final ScheduleClock clock;

  public Triggers(Jdbi jdbi, ScheduleClock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /// Counts from now on: nothing planned before is fired.
  public Trigger create(NewTrigger trigger) {
    if ((trigger.schedule() == null) == (trigger.after() == null)) {
      throw EdjException.invalid(
          "schedule", "name a schedule, or with 'after' the job to wait for, and not both");
    }
    try {
      return named(
          jdbi.inTransaction(handle -> {
            long id =
                trigger.schedule() == null
                    ? follow(handle, trigger, String.valueOf(trigger.after()))
                    : bind(handle, trigger, trigger.schedule());
            Bounds.of(handle, Right.WRITE).requireTrigger(id);
            Bounds.of(handle, Right.RUN).requireStopsOfTrigger(id);
            Trigger created = named(handle, id);
            event("create", created).after(created).record(handle);
            return id;
          }));
    } catch (JdbiException e) {
      if (ConstraintViolation.constraint(e).endsWith("_key")) {
        throw alreadyExists(trigger);
      }
      throw e;
    }
  }

  private long bind(Handle handle, NewTrigger trigger, String schedule) {
    if (trigger.on() != null) {
      throw EdjException.invalid("on", "is only for a trigger that waits for another job");
    }
    TriggerStore store = handle.attach(TriggerStore.class);
    long jobId = job(store, "job", trigger.job());
    ScheduleRow row =
        handle
            .attach(ScheduleStore.class)
            .findForShare(schedule)
            .orElseThrow(() -> unknown("schedule", schedule));
    Instant now = clock.now(handle);
    boolean enabled = requireNonNullElse(trigger.enabled(), true);
    Instant next =
        row.rule()
            .next(now)
            .orElseThrow(() ->
                EdjException.invalid(
                    "schedule",
                    "'%s' plans nothing any more; change it first".formatted(schedule)));
    return store.insert(
        jobId,
        row.scheduleId(),
        null,
        null,
        enabled,
        requireNonNullElse(trigger.overlap(), Overlap.Skip),
        requireNonNullElse(trigger.misfire(), Misfire.FireOnce),
        now,
        enabled ? next : null);
  }

  private long follow(Handle handle, NewTrigger trigger, String after) {
    if (trigger.misfire() != null) {
      throw EdjException.invalid("misfire", "is only for a trigger of a schedule");
    }
    TriggerStore store = handle.attach(TriggerStore.class);
    store.takeFollowUpTurn();
    long jobId = job(store, "job", trigger.job());
    long afterId = job(store, "after", after);
    refuseCircle(store, jobId, afterId, trigger.job());
    return store.insert(
        jobId,
        null,
        afterId,
        requireNonNullElse(trigger.on(), EndCondition.Success),
        requireNonNullElse(trigger.enabled(), true),
        requireNonNullElse(trigger.overlap(), Overlap.Skip),
        null,
        handle.attach(ScheduleStore.class).now(),
        null);
  }

  private static void refuseCircle(TriggerStore store, long jobId, long afterId, String job) {
    List<String> path = store.path(jobId, afterId, MOST_NAMED);
    if (!path.isEmpty()) {
      String beginning = path.getFirst().equals(job) ? "" : job + " -> ... -> ";
      throw EdjException.invalid(
          "after",
          "they would start one another for ever: %s%s -> %s"
              .formatted(beginning, String.join(" -> ", path), job));
    }
  }

  public Trigger named(long id) {
    return jdbi.withHandle(handle -> named(handle, id));
  }

  private static Trigger named(Handle handle, long id) {
    return handle.attach(TriggerStore.class).find(id).orElseThrow(() -> notFound(id));
  }

  private static NewAuditEvent event(String verb, Trigger trigger) {
    return NewAuditEvent.of("trigger." + verb).named(trigger.job()).id(trigger.id());
  }

  /// The triggers of a job, of a schedule, or after a job.
  ///
  /// @param schedule null leaves a criterion out
  public List<Trigger> list(
      @Nullable String job, @Nullable String schedule, @Nullable String after) {
    return jdbi.withExtension(TriggerStore.class, store -> store.list(job, schedule, after));
  }

  /// What starts these jobs.
  public List<Trigger> ofJobs(List<String> jobs) {
    return jdbi.withExtension(TriggerStore.class, store -> store.ofJobs(jobs));
  }

  public List<Trigger> list(TriggerSearch search) {
    return jdbi.withExtension(TriggerStore.class, store -> store.search(search));
  }

  /// How many are bound to each of these schedules; those without any are missing.
  public Map<String, BoundTriggers> bound(List<String> schedules) {
    return jdbi.withExtension(TriggerStore.class, store -> store.bound(schedules));
  }

  /// Those that fire next, the soonest first.
  public List<Trigger> next(int limit) {
    return jdbi.withExtension(TriggerStore.class, store -> store.next(limit));
  }

  /// What became of its planned times, newest first.
  public List<Firing> firings(long id, int limit) {
    if (limit < 1 || limit > MOST_FIRINGS) {
      throw EdjException.invalid("limit", "must be from 1 to %,d".formatted(MOST_FIRINGS));
    }
    named(id);
    return jdbi.withExtension(TriggerStore.class, store -> store.firings(id, limit));
  }

  /// What was planned while a trigger was disabled is not made up for.
  public Trigger update(long id, TriggerChange change) {
    jdbi.useTransaction(handle -> update(handle, id, change));
    return named(id);
  }

  private void update(Handle handle, long id, TriggerChange change) {
    TriggerStore store = handle.attach(TriggerStore.class);
    LockedTrigger before = store.lock(id).orElseThrow(() -> notFound(id));
    Bounds.of(handle, Right.WRITE).requireTrigger(id);
    Trigger shown = named(handle, id);
    Long scheduleId = before.scheduleId();
    refuseForeign(change, scheduleId == null);
    boolean enabled = requireNonNullElse(change.enabled(), before.enabled());
    boolean begins = enabled && !before.enabled();
    ScheduleStore schedules = handle.attach(ScheduleStore.class);
    Instant now = scheduleId == null ? schedules.now() : clock.now(handle);
    Instant next =
        begins && scheduleId != null
            ? schedules.withId(scheduleId).rule().next(now).orElse(null)
            : before.nextAt();
    store.update(
        id,
        enabled,
        either(change.on(), before.on()),
        requireNonNullElse(change.overlap(), before.overlap()),
        either(change.misfire(), before.misfire()),
        begins ? now : before.settledAt(),
        enabled ? next : null);
    Bounds.of(handle, Right.RUN).requireStopsOfTrigger(id);
    event("update", shown).before(shown).after(named(handle, id)).record(handle);
  }

  private static void refuseForeign(TriggerChange change, boolean followsJob) {
    if (followsJob && change.misfire() != null) {
      throw EdjException.invalid("misfire", "is only for a trigger of a schedule");
    }
    if (!followsJob && change.on() != null) {
      throw EdjException.invalid("on", "is only for a trigger that waits for another job");
    }
  }

  /// Nothing is started by it any more; what it has started goes on.
  public void delete(long id) {
    jdbi.useTransaction(handle -> {
      Trigger before = named(handle, id);
      Bounds.of(handle, Right.WRITE).requireTrigger(id);
      if (handle.attach(TriggerStore.class).delete(id) == 0) {
        throw notFound(id);
      }
      event("delete", before).before(before).record(handle);
    });
  }

  /// Deletes triggers of jobs that were deleted, and those that wait for such jobs, once no
  /// execution is left that could start something by them.
  public void deleteOfDeletedJobs() {
    jdbi.useTransaction(handle -> {
      TriggerStore store = handle.attach(TriggerStore.class);
      List<Trigger> going =
          store.lockOfDeletedJobs(MOST_DELETED).stream().map(id -> named(handle, id)).toList();
      going.forEach(trigger -> store.delete(trigger.id()));
      NewAuditEvent.record(
          handle,
          going.stream()
              .map(trigger -> event("delete", trigger).before(trigger).by(Actor.SERVICE))
              .toList());
    });
  }

  private static long job(TriggerStore store, String field, String name) {
    NamedJob job = store.findJob(name).orElseThrow(() -> unknown(field, name));
    if (job.deleting()) {
      throw new EdjException(
          ErrorCode.JOB_BEING_DELETED, field, "job '%s' is being deleted".formatted(name));
    }
    return job.jobId();
  }

  private static <T> @Nullable T either(@Nullable T change, @Nullable T before) {
    return change == null ? before : change;
  }

  private static EdjException alreadyExists(NewTrigger trigger) {
    return new EdjException(
        ErrorCode.ALREADY_EXISTS,
        trigger.schedule() == null ? "after" : "schedule",
        "job '%s' has a trigger for %s already; nothing was changed"
            .formatted(
                trigger.job(),
                trigger.schedule() == null
                    ? "the ends of job '%s'".formatted(trigger.after())
                    : "schedule '%s'".formatted(trigger.schedule())));
  }

  private static EdjException unknown(String field, String name) {
    return EdjException.invalid(field, "'%s' does not exist".formatted(name));
  }

  private static EdjException notFound(long id) {
    return EdjException.notFound(NOUN, String.valueOf(id));
  }
}
