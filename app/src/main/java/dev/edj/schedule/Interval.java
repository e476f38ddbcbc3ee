package dev.edj.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/// Every `count` units from the start, which is the first firing. Each planned time is computed
/// from the start, never from the one before it, so a month without the day does not change the
/// next.
///
/// @param count 1 to [#MOST]
public record Interval(int count, IntervalUnit unit) implements Recurrence {

  static final int MOST = 1_000_000;

  Optional<Moment> next(Moment after, Instant start, WallClock clock) {
    if (after.at().isBefore(start)) {
      return Optional.of(clock.showing(start));
    }
    return Optional.of(
        unit.elapses()
            ? clock.showing(nextElapsed(after.at(), start))
            : clock.planned(nextOnCalendar(after.clock(), clock.showing(start).clock())));
  }

  private Instant nextElapsed(Instant after, Instant start) {
    long seconds = unit.unit().getDuration().toSeconds() * count;
    long elapsed = Duration.between(start, after).toSeconds();
    return start.plusSeconds((elapsed / seconds + 1) * seconds);
  }

  /// The start itself is not among these: it is planned as the moment it is, also when the clock
  /// shows its time twice and it is the second of them.
  private LocalDateTime nextOnCalendar(LocalDateTime after, LocalDateTime start) {
    long times = unit.unit().between(start, after) / count;
    LocalDateTime next = start.plus(times * count, unit.unit());
    while (!next.isAfter(after)) {
      times++;
      next = start.plus(times * count, unit.unit());
    }
    return next;
  }
}
