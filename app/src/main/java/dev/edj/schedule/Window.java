package dev.edj.schedule;

import java.time.LocalDateTime;
import java.time.LocalTime;

/// A part of the day on the local clock, from the first time up to, but without, the second. It
/// holds midnight when `to` is not later than `from`; the two differ.
public record Window(LocalTime from, LocalTime to) {

  public boolean contains(LocalTime time) {
    boolean begun = !time.isBefore(from);
    boolean over = !time.isBefore(to);
    return from.isBefore(to) ? begun && !over : begun || !over;
  }

  /// When it next opens after a moment outside of it.
  LocalDateTime opening(LocalDateTime after) {
    LocalDateTime today = after.with(from);
    return today.isAfter(after) ? today : today.plusDays(1);
  }
}
