package dev.edj.schedule;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import dev.edj.problem.EdjException;
import dev.edj.schedule.CalendarEntry.State;
import dev.edj.schedule.CalendarStore.BoundTrigger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// What all enabled triggers of schedules do on some days: what they have started, and what they
/// are going to.
public final class ScheduleCalendar {

  /// Of one schedule.
  private static final int MOST_A_DAY = 300;

  /// Of all schedules together, so that a page of a great many does not take minutes.
  private static final int MOST_PLANNED = 200_000;

  /// How many triggers do something on a day before the others are left out of it.
  static final int MOST_LINES_A_DAY = 200;

  private final Jdbi jdbi;
  private final ScheduleClock clock;

  public ScheduleCalendar(Jdbi jdbi, ScheduleClock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /// What is on so many days of a zone.
  public CalendarDays read(LocalDate first, int days, ZoneId zone) {
    return jdbi.inTransaction(
        handle -> new Reading(handle, zone, clock.now(handle)).read(first, days));
  }

  /// One calendar while it is made, by one thread.
  private static final class Reading {

    private final Handle handle;
    private final ZoneId zone;
    private final Instant now;
    private final SortedMap<LocalDate, List<CalendarEntry>> days = new TreeMap<>();
    private final SortedSet<LocalDate> fullDays = new TreeSet<>();
    private final List<String> notes = new ArrayList<>();
    private int planned;

    Reading(Handle handle, ZoneId zone, Instant now) {
      this.handle = handle;
      this.zone = zone;
      this.now = now;
    }

    CalendarDays read(LocalDate first, int count) {
      Instant from = start(first);
      Instant to = start(first.plusDays(count));
      if (from.isBefore(now)) {
        addPast(first, count, from, to);
      }
      if (to.isAfter(now)) {
        addPlanned(from.isAfter(now) ? from.minusNanos(1) : now, to);
      }
      days.values()
          .forEach(
              day -> day.sort(comparing(CalendarEntry::first).thenComparing(CalendarEntry::job)));
      if (!fullDays.isEmpty()) {
        notes.add(
            "More than %d triggers do something on a day: the others are left out on %s%s."
                .formatted(
                    MOST_LINES_A_DAY,
                    fullDays.getFirst(),
                    fullDays.size() == 1
                        ? ""
                        : " and %,d more days".formatted(fullDays.size() - 1)));
      }
      return new CalendarDays(days, now, notes);
    }

    private void addPast(LocalDate first, int count, Instant from, Instant to) {
      String[] starts =
          IntStream.rangeClosed(0, count)
              .mapToObj(day -> start(first.plusDays(day)).toString())
              .toArray(String[]::new);
      handle
          .attach(CalendarStore.class)
          .past(from, to, starts, MOST_LINES_A_DAY + 1)
          .forEach(past -> add(first.plusDays(past.day() - 1), past.entry()));
    }

    private void addPlanned(Instant start, Instant to) {
      Map<Long, List<BoundTrigger>> triggers =
          handle.attach(CalendarStore.class).enabled().stream()
              .collect(groupingBy(BoundTrigger::scheduleId));
      for (ScheduleRow schedule : handle.attach(ScheduleStore.class).list()) {
        List<BoundTrigger> bound = triggers.getOrDefault(schedule.scheduleId(), List.of());
        if (!bound.isEmpty()) {
          addPlanned(schedule, bound, start, to);
        }
      }
    }

    private void addPlanned(
        ScheduleRow schedule, List<BoundTrigger> bound, Instant start, Instant to) {
      try {
        planned(schedule, start, to)
            .forEach((day, times) -> bound.forEach(trigger -> add(day, times.entry(trigger))));
      } catch (EdjException e) {
        notes.add(e.text());
      }
    }

    /// Each moment is counted once, however many triggers wait for it.
    private SortedMap<LocalDate, PlannedTimes> planned(
        ScheduleRow schedule, Instant start, Instant to) {
      SortedMap<LocalDate, PlannedTimes> times = new TreeMap<>();
      ScheduleRule rule = schedule.rule();
      Optional<Instant> next = rule.next(start);
      while (next.isPresent() && next.get().isBefore(to)) {
        if (planned++ >= MOST_PLANNED) {
          notes.add(
              "Schedule '%s' is not whole: too much is planned in these days."
                  .formatted(schedule.name()));
          break;
        }
        Instant at = next.get();
        LocalDate day = LocalDate.ofInstant(at, zone);
        PlannedTimes sofar =
            times.merge(day, new PlannedTimes(at, at, 1), (before, _) -> before.and(at));
        next = rule.next(sofar.isFull() ? start(day.plusDays(1)).minusNanos(1) : at);
      }
      return times;
    }

    private void add(LocalDate day, CalendarEntry entry) {
      List<CalendarEntry> entries = days.computeIfAbsent(day, _ -> new ArrayList<>());
      if (entries.size() < MOST_LINES_A_DAY) {
        entries.add(entry);
      } else {
        fullDays.add(day);
      }
    }

    private Instant start(LocalDate day) {
      return day.atStartOfDay(zone).toInstant();
    }
  }

  /// When a schedule fires on one day. The one that is too many is counted, and is the last.
  private record PlannedTimes(Instant first, Instant last, int count) {

    PlannedTimes and(Instant at) {
      return new PlannedTimes(first, at, count + 1);
    }

    boolean isFull() {
      return count > MOST_A_DAY;
    }

    CalendarEntry entry(BoundTrigger trigger) {
      return new CalendarEntry(
          State.Planned,
          trigger.job(),
          trigger.schedule(),
          first,
          last,
          count,
          isFull(),
          null,
          null);
    }
  }
}
