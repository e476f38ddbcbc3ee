package dev.edj.schedule;

import java.time.temporal.ChronoUnit;

/// What an interval is counted in, under the names of the original service.
public enum IntervalUnit {
  Minutes(ChronoUnit.MINUTES),
  Hours(ChronoUnit.HOURS),
  Days(ChronoUnit.DAYS),
  Weeks(ChronoUnit.WEEKS),
  Months(ChronoUnit.MONTHS);

  private final ChronoUnit unit;

  IntervalUnit(ChronoUnit unit) {
    this.unit = unit;
  }

  ChronoUnit unit() {
    return unit;
  }

  /// Whether it is counted in real time; the others are counted on the calendar, and keep the time
  /// of the day over daylight saving.
  boolean elapses() {
    return unit.isTimeBased();
  }
}
