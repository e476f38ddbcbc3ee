package dev.edj.schedule;

import dev.edj.audit.NewAuditEvent;
import dev.edj.controldb.ConstraintViolation;
import dev.edj.controldb.DeadlockVictim;
import dev.edj.problem.EdjException;
import dev.edj.problem.NameSearch;
import dev.edj.problem.Names;
import dev.edj.problem.Users;
import dev.edj.scope.Bounds;
import dev.edj.scope.Right;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Creates, changes, lists and deletes schedules.
public final class Schedules {

  static final String NOUN = "schedule";

  private static final int MOST_PREVIEWED = 1_000;

  private final Jdbi jdbi;
  private final ScheduleClock clock;
  private final Firings firings;

  public Schedules(Jdbi jdbi, ScheduleClock clock, Firings firings) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.firings = firings;
  }

  public Schedule create(NewSchedule schedule) {
    String name = Names.checked("name", schedule.name());
    // Before a transaction begins: that a rule never fires may take a while to find out.
    ScheduleRule rule = ScheduleRules.rule(schedule.rule(), jdbi.withHandle(clock::now));
    try {
      jdbi.useTransaction(handle -> {
        handle.attach(ScheduleStore.class).insert(name, RuleColumns.of(rule));
        NewAuditEvent.of("schedule.create")
            .named(name)
            .after(row(handle, name).audited())
            .record(handle);
      });
    } catch (JdbiException e) {
      if (ConstraintViolation.constraint(e).equals("schedule_name_key")) {
        throw EdjException.alreadyExists(NOUN, name);
      }
      throw e;
    }
    return named(name);
  }

  /// Changes the rule, and with it what its triggers wait for. What was due by the rule as it was
  /// is fired first; where that could not be read, what the new rule has planned since is missed.
  ///
  /// @param change null leaves a setting as it is, an empty text takes a limit away
  public Schedule update(String name, NewScheduleRule change) {
    DeadlockVictim.retry(jdbi, handle -> update(handle, name, change));
    return named(name);
  }

  private boolean update(Handle handle, String name, NewScheduleRule change) {
    ScheduleStore store = handle.attach(ScheduleStore.class);
    Instant now = clock.now(handle);
    ScheduleRow before = store.findForUpdate(name).orElseThrow(() -> notFound(name));
    Bounds.of(handle, Right.WRITE).requireSchedule(name);
    ScheduleRule rule = ScheduleRules.rule(before.changed(change), now);
    firings.fireDueOf(handle, before.scheduleId(), now);
    store.update(before.scheduleId(), RuleColumns.of(rule));
    handle.attach(FiringStore.class).replan(before.scheduleId(), now, rule.next(now).orElse(null));
    NewAuditEvent.of("schedule.update")
        .named(name)
        .before(before.audited())
        .after(row(handle, name).audited())
        .record(handle);
    return true;
  }

  /// The schedule as it would be shown, made at `now`; without its next planned time.
  public static Schedule preview(NewSchedule schedule, Instant now) {
    String name = Names.checked("name", schedule.name());
    ScheduleRule rule = ScheduleRules.rule(schedule.rule(), now);
    return new ScheduleRow(0, name, RuleColumns.of(rule), now, now).audited();
  }

  public Schedule named(String name) {
    return jdbi.inTransaction(handle -> row(handle, name).schedule(clock.now(handle)));
  }

  /// Some of the names that hold a text, in whatever case; first those that begin with it.
  public List<String> names(String text, int limit) {
    return jdbi.withExtension(ScheduleStore.class, store -> store.names(text, limit));
  }

  public List<Schedule> list() {
    return listed(ScheduleStore::list);
  }

  public List<Schedule> list(NameSearch search) {
    return listed(store -> store.search(search));
  }

  private List<Schedule> listed(Function<ScheduleStore, List<ScheduleRow>> read) {
    return jdbi.inTransaction(handle -> {
      Instant now = clock.now(handle);
      return read.apply(handle.attach(ScheduleStore.class)).stream()
          .map(row -> row.schedule(now))
          .toList();
    });
  }

  /// The next planned times.
  ///
  /// @param after null means now
  public List<Instant> next(String name, int count, @Nullable Instant after) {
    if (count < 1 || count > MOST_PREVIEWED) {
      throw EdjException.invalid("count", "must be from 1 to %,d".formatted(MOST_PREVIEWED));
    }
    return jdbi.inTransaction(
        handle -> row(handle, name).rule().next(after == null ? clock.now(handle) : after, count));
  }

  /// Deletes a schedule that no trigger is bound to; what it started keeps its name.
  public void delete(String name) {
    ScheduleStore store = jdbi.onDemand(ScheduleStore.class);
    try {
      jdbi.useTransaction(handle -> {
        Schedule before = row(handle, name).audited();
        Bounds.of(handle, Right.WRITE).requireSchedule(name);
        if (handle.attach(ScheduleStore.class).delete(name) == 0) {
          throw notFound(name);
        }
        NewAuditEvent.of("schedule.delete").named(name).before(before).record(handle);
      });
    } catch (JdbiException e) {
      if (ConstraintViolation.constraint(e).isEmpty()) {
        throw e;
      }
      throw EdjException.inUse(
          NOUN, name, Users.none().and("the trigger of job", store.jobs(name)).text());
    }
  }

  private static ScheduleRow row(Handle handle, String name) {
    return handle.attach(ScheduleStore.class).find(name).orElseThrow(() -> notFound(name));
  }

  private static EdjException notFound(String name) {
    return EdjException.notFound(NOUN, name);
  }
}
