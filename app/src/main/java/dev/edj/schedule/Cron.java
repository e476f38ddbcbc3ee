package dev.edj.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/// As a cron expression says. One of every hour elapses: it neither makes up for the hour that
/// daylight saving leaves out nor is silent in the one that comes twice. Any other is planned on
/// the wall clock, like a time of the day.
public record Cron(CronExpression expression) implements Recurrence {

  Optional<Moment> next(Moment after, WallClock clock) {
    return expression.everyHour()
        ? nextElapsed(after.at(), clock.zone().getRules()).map(clock::showing)
        : expression.next(after.clock()).map(clock::planned);
  }

  /// Looks at one offset of the zone after the other.
  private Optional<Instant> nextElapsed(Instant after, ZoneRules rules) {
    ZoneOffset offset = rules.getOffset(after);
    Optional<LocalDateTime> found = expression.next(LocalDateTime.ofInstant(after, offset));
    ZoneOffsetTransition change = rules.nextTransition(after);
    while (change != null && found.isPresent() && isOver(found.get().toInstant(offset), change)) {
      offset = change.getOffsetAfter();
      found = expression.next(change.getDateTimeAfter().minusNanos(1));
      change = rules.nextTransition(change.getInstant());
    }
    ZoneOffset last = offset;
    return found.map(clock -> clock.toInstant(last));
  }

  private static boolean isOver(Instant at, ZoneOffsetTransition change) {
    return !at.isBefore(change.getInstant());
  }
}
