package dev.edj.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/// The local time of a zone, and the one place that says what daylight saving does to it: a time in
/// a gap is the first moment after the gap, a time that comes twice is its first occurrence.
record WallClock(ZoneId zone) {

  /// A local time, and when it is.
  Moment planned(LocalDateTime clock) {
    return new Moment(instant(clock), clock);
  }

  /// A moment, and what the clock shows then.
  Moment showing(Instant at) {
    return new Moment(at, LocalDateTime.ofInstant(at, zone));
  }

  /// A moment, and the latest local time that is [#planned] at it or before it. That is what the
  /// clock shows, except when it shows a time again: all that come twice have been by then.
  Moment upTo(Instant at) {
    LocalDateTime clock = showing(at).clock();
    return at.isAfter(instant(clock))
        ? new Moment(at, zone.getRules().getTransition(clock).getDateTimeBefore().minusNanos(1))
        : new Moment(at, clock);
  }

  /// Right before `clock`, a time later than the one that the clock shows or means at `after`: the
  /// point from which a search finds what is at that time. In real time it ends at the next change
  /// of the offset, where the clock may be set to any time.
  Moment justBefore(LocalDateTime clock, Instant after) {
    Instant at = instant(clock);
    if (!at.isAfter(after)) {
      at = clock.atZone(zone).withLaterOffsetAtOverlap().toInstant();
    }
    ZoneOffsetTransition change = zone.getRules().nextTransition(after);
    if (change != null && change.getInstant().isBefore(at)) {
      at = change.getInstant();
    }
    return new Moment(at.minusNanos(1), clock.minusNanos(1));
  }

  boolean leavesOut(LocalDateTime clock) {
    return zone.getRules().getValidOffsets(clock).isEmpty();
  }

  boolean showsTwice(LocalDateTime clock) {
    return zone.getRules().getValidOffsets(clock).size() > 1;
  }

  private Instant instant(LocalDateTime clock) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(clock);
    return offsets.isEmpty()
        ? zone.getRules().getTransition(clock).getInstant()
        : clock.toInstant(offsets.getFirst());
  }
}
