package dev.edj.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Says which planned times are to be fired, given how far a schedule is settled and what the time
/// is. It depends on nothing else, so nodes that ask at once come to planned times that the unique
/// key of a firing tells apart.
///
/// @param onTime how late a firing may be without counting as missed; longer than it takes another
///   node to go on where one died
/// @param most how many firings of one schedule [Misfire#FireAll] makes up for
public record CatchUp(Duration onTime, int most) {

  public static final CatchUp DEFAULT = new CatchUp(Duration.ofMinutes(1), 100);

  /// What is to be fired at `now`.
  ///
  /// @param settled nothing planned at this time or before it is to be fired any more: the latest
  ///   planned time that was settled, or when the trigger began to count. A clock that was put back
  ///   may show an earlier time than this; nothing is due then.
  public Due due(ScheduleRule rule, Misfire misfire, Instant settled, Instant now) {
    Optional<Instant> first = rule.next(settled);
    if (first.isEmpty() || first.get().isAfter(now)) {
      return new Due(List.of(), null, first.orElse(null));
    }
    Instant earliest = first.get();
    List<Instant> firings = firings(rule, misfire, earliest, now);
    boolean allFire = !firings.isEmpty() && firings.getFirst().equals(earliest);
    return new Due(firings, allFire ? null : earliest, rule.next(now).orElse(null));
  }

  private List<Instant> firings(ScheduleRule rule, Misfire misfire, Instant earliest, Instant now) {
    Instant onTimeSince = now.minus(onTime);
    if (!earliest.isBefore(onTimeSince)) {
      return between(rule, earliest, now).toList();
    }
    List<Instant> punctual = between(rule, onTimeSince, now).toList();
    return switch (misfire) {
      case FireOnce -> punctual.isEmpty() ? List.of(latest(rule, earliest, now)) : punctual;
      case Skip -> punctual;
      case FireAll -> latestOnes(rule, earliest, now);
    };
  }

  /// All planned times from `from` to `to`, both included.
  private static Stream<Instant> between(ScheduleRule rule, Instant from, Instant to) {
    return Stream.iterate(
            rule.nextFrom(from), Optional::isPresent, planned -> planned.flatMap(rule::next))
        .flatMap(Optional::stream)
        .takeWhile(planned -> !planned.isAfter(to));
  }

  private List<Instant> latestOnes(ScheduleRule rule, Instant earliest, Instant now) {
    List<Instant> first = between(rule, earliest, now).limit(most + 1L).toList();
    if (first.size() <= most) {
      return first;
    }
    Deque<Instant> latest = new ArrayDeque<>();
    Instant until = now;
    while (latest.size() < most) {
      latest.addFirst(latest(rule, earliest, until));
      until = latest.getFirst().minusSeconds(1);
    }
    return List.copyOf(latest);
  }

  /// The latest planned time up to `until`, without going through all of them: an outage may have
  /// missed millions.
  ///
  /// @param earliest a planned time, not after `until`
  private static Instant latest(ScheduleRule rule, Instant earliest, Instant until) {
    long low = earliest.getEpochSecond();
    long high = until.getEpochSecond();
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      Optional<Instant> planned = rule.nextFrom(Instant.ofEpochSecond(middle));
      if (planned.isPresent() && !planned.get().isAfter(until)) {
        low = planned.get().getEpochSecond();
      } else {
        high = middle - 1;
      }
    }
    return Instant.ofEpochSecond(low);
  }
}
