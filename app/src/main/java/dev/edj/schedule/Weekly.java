package dev.edj.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// On days of the week, at times of the day; neither is empty.
public record Weekly(SortedSet<DayOfWeek> days, SortedSet<LocalTime> times) implements Recurrence {

  private static final int DAYS_IN_WEEK = 7;

  public Weekly {
    days = Collections.unmodifiableSortedSet(new TreeSet<>(days));
    times = Collections.unmodifiableSortedSet(new TreeSet<>(times));
  }

  public static Weekly on(Collection<DayOfWeek> days, Collection<LocalTime> times) {
    return new Weekly(new TreeSet<>(days), new TreeSet<>(times));
  }

  Optional<Moment> next(Moment after, WallClock clock) {
    LocalDate today = after.clock().toLocalDate();
    return Stream.iterate(today, day -> day.plusDays(1))
        .limit(DAYS_IN_WEEK + 1L)
        .filter(day -> days.contains(day.getDayOfWeek()))
        .flatMap(this::planned)
        .filter(planned -> planned.isAfter(after.clock()))
        .findFirst()
        .map(clock::planned);
  }

  private Stream<LocalDateTime> planned(LocalDate day) {
    return times.stream().map(day::atTime);
  }
}
