package dev.edj.schedule;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import dev.edj.problem.EdjException;
import dev.edj.schedule.CalendarEntry.State;
import dev.edj.schedule.CalendarStore.BoundTrigger;
import dev.edj.schedule.CalendarStore.PastFiring;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// What all enabled triggers of schedules do on some days: what they have started, and what they
/// are going to.
public final class ScheduleCalendar {

  private static final int MOST_A_DAY = 300;
  private static final int MOST_OF_A_TRIGGER = 2_000;

  /// Of all schedules together, so that a page of a great many does not take minutes.
  private static final int MOST_PLANNED = 200_000;

  private final Jdbi jdbi;
  private final ScheduleClock clock;

  public ScheduleCalendar(Jdbi jdbi, ScheduleClock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /// What is on so many days of a zone.
  public CalendarDays read(LocalDate first, int days, ZoneId zone) {
    return jdbi.inTransaction(handle -> {
      Reading reading = new Reading(handle, zone, clock.now(handle));
      return reading.read(
          first.atStartOfDay(zone).toInstant(),
          first.plusDays(days).atStartOfDay(zone).toInstant());
    });
  }

  private record Spot(LocalDate day, long triggerId, State state) {}

  /// One calendar while it is made, by one thread.
  private static final class Reading {

    private final Handle handle;
    private final ZoneId zone;
    private final Instant now;
    private final Map<Spot, CalendarEntry> entries = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private int planned;

    Reading(Handle handle, ZoneId zone, Instant now) {
      this.handle = handle;
      this.zone = zone;
      this.now = now;
    }

    CalendarDays read(Instant from, Instant to) {
      CalendarStore store = handle.attach(CalendarStore.class);
      if (from.isBefore(now)) {
        store.firings(from, to, MOST_OF_A_TRIGGER).forEach(this::add);
      }
      if (to.isAfter(now)) {
        Map<Long, List<BoundTrigger>> triggers =
            store.enabled().stream().collect(groupingBy(BoundTrigger::scheduleId));
        Instant start = from.isAfter(now) ? from.minusNanos(1) : now;
        for (ScheduleRow schedule : handle.attach(ScheduleStore.class).list()) {
          add(schedule, triggers.getOrDefault(schedule.scheduleId(), List.of()), start, to);
        }
      }
      return new CalendarDays(byDay(), now, notes);
    }

    private void add(PastFiring firing) {
      State state = firing.executionId() == null ? State.Missed : State.Started;
      add(
          firing.triggerId(),
          new CalendarEntry(
              state,
              firing.job(),
              firing.schedule(),
              firing.plannedAt(),
              firing.plannedAt(),
              1,
              false,
              firing.executionId(),
              firing.reason()));
      if (firing.missedSince() != null && state == State.Started) {
        add(
            firing.triggerId(),
            new CalendarEntry(
                State.Missed,
                firing.job(),
                firing.schedule(),
                firing.missedSince(),
                firing.missedSince(),
                1,
                true,
                null,
                "no node was there; the next start made up for it"));
      }
    }

    private void add(ScheduleRow schedule, List<BoundTrigger> bound, Instant start, Instant to) {
      if (bound.isEmpty()) {
        return;
      }
      if (planned >= MOST_PLANNED) {
        notes.add(
            "Schedule '%s' is left out: too much is planned in these days."
                .formatted(schedule.name()));
        return;
      }
      try {
        ScheduleRule rule = schedule.rule();
        Optional<Instant> next = rule.next(start);
        while (next.isPresent() && next.get().isBefore(to)) {
          next = rule.next(addPlanned(bound, next.get()));
        }
      } catch (EdjException e) {
        notes.add(e.text());
      }
    }

    /// @return the moment to go on from: of a day with too many, its end
    private Instant addPlanned(List<BoundTrigger> bound, Instant at) {
      planned++;
      int count = 0;
      for (BoundTrigger trigger : bound) {
        count =
            add(
                trigger.triggerId(),
                new CalendarEntry(
                    State.Planned,
                    trigger.job(),
                    trigger.schedule(),
                    at,
                    at,
                    1,
                    false,
                    null,
                    null));
      }
      return count <= MOST_A_DAY
          ? at
          : LocalDate.ofInstant(at, zone).plusDays(1).atStartOfDay(zone).toInstant().minusNanos(1);
    }

    /// @return how many there are now in its place
    private int add(long triggerId, CalendarEntry entry) {
      Spot spot = new Spot(LocalDate.ofInstant(entry.first(), zone), triggerId, entry.state());
      return entries.merge(spot, entry, Reading::both).count();
    }

    private static CalendarEntry both(CalendarEntry before, CalendarEntry also) {
      boolean later = also.last().isAfter(before.last());
      boolean full = before.state() == State.Planned && before.count() >= MOST_A_DAY;
      return new CalendarEntry(
          before.state(),
          before.job(),
          before.schedule(),
          also.first().isBefore(before.first()) ? also.first() : before.first(),
          later ? also.last() : before.last(),
          before.count() + 1,
          before.more() || also.more() || full,
          later ? also.executionId() : before.executionId(),
          later ? also.reason() : before.reason());
    }

    private SortedMap<LocalDate, List<CalendarEntry>> byDay() {
      SortedMap<LocalDate, List<CalendarEntry>> days = new TreeMap<>();
      entries.forEach(
          (spot, entry) -> days.computeIfAbsent(spot.day(), _ -> new ArrayList<>()).add(entry));
      days.values()
          .forEach(
              day -> day.sort(comparing(CalendarEntry::first).thenComparing(CalendarEntry::job)));
      return days;
    }
  }
}
