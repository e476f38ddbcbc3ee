package dev.edj.schedule;

import java.time.Instant;
import java.util.Optional;

/// One time only, at the start.
public record Once() implements Recurrence {

  Optional<Moment> next(Moment after, Instant start, WallClock clock) {
    return after.at().isBefore(start) ? Optional.of(clock.showing(start)) : Optional.empty();
  }
}
