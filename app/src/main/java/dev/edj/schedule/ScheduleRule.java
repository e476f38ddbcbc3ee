package dev.edj.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// When a schedule fires. All planned times are whole seconds.
///
/// [ScheduleRules] makes one from what people write, and refuses those that never fire.
///
/// @param start nothing is planned before it; an interval counts from it, and fires at it; a
///   one-time schedule fires at it only
/// @param end the last moment at which something may be planned, itself included; null means the
///   end of the year 9999
/// @param zone whose calendar and clock the recurrence and the window are read on
/// @param window the part of the day to which firings are limited; null means all of it
public record ScheduleRule(
    Recurrence recurrence,
    Instant start,
    @Nullable Instant end,
    ZoneId zone,
    @Nullable Window window) {

  /// Nothing is planned later; the original service had this for "no end".
  static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /// How many times outside the window are looked at before the search ends. An interval in minutes
  /// comes to every minute of the day that it ever comes to within 1,440 firings.
  private static final int MOST_OUTSIDE = 5_000;

  public ScheduleRule {
    start = start.truncatedTo(ChronoUnit.SECONDS);
    end = end == null ? null : end.truncatedTo(ChronoUnit.SECONDS);
  }

  /// The first planned time after `after`, never `after` itself; empty when there is none.
  public Optional<Instant> next(Instant after) {
    Instant from = after.isBefore(start) ? start.minusNanos(1) : after;
    if (!from.isBefore(last())) {
      return Optional.empty();
    }
    return window == null ? planned(from).map(Moment::at) : plannedIn(window, from);
  }

  /// The next `count` planned times after `after`, or as many as there are.
  public List<Instant> next(Instant after, int count) {
    return Stream.iterate(next(after), Optional::isPresent, planned -> planned.flatMap(this::next))
        .limit(count)
        .flatMap(Optional::stream)
        .toList();
  }

  /// The first planned time at or after `moment`: what a schedule made at that moment waits for.
  public Optional<Instant> nextFrom(Instant moment) {
    return next(moment.minusNanos(1));
  }

  /// For people: `weekdays at 22:00 Europe/Brussels`.
  public String text() {
    return RuleText.of(this);
  }

  private Instant last() {
    return end == null || end.isAfter(LATEST) ? LATEST : end;
  }

  private Optional<Moment> planned(Instant from) {
    var clock = new WallClock(zone);
    return following(clock.upTo(from), clock);
  }

  private Optional<Instant> plannedIn(Window window, Instant from) {
    var clock = new WallClock(zone);
    Moment reached = clock.upTo(from);
    for (int outside = 0; outside < MOST_OUTSIDE; outside++) {
      Optional<Moment> found = following(reached, clock);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      if (window.contains(found.get().clock().toLocalTime())) {
        return found.map(Moment::at);
      }
      reached = clock.justBefore(window.opening(found.get().clock()), found.get().at());
    }
    return Optional.empty();
  }

  private Optional<Moment> following(Moment reached, WallClock clock) {
    Optional<Moment> found =
        switch (recurrence) {
          case Once once -> once.next(reached, start, clock);
          case Interval interval -> interval.next(reached, start, clock);
          case Weekly weekly -> weekly.next(reached, clock);
          case Cron cron -> cron.next(reached, clock);
        };
    return found.filter(moment -> !moment.at().isAfter(last()));
  }
}
