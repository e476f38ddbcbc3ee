package dev.edj.controller;

import dev.edj.duty.Duty;
import dev.edj.schedule.Firings;
import java.time.Duration;

/// Starts jobs at the planned times of their schedules.
final class FireSchedules implements Duty {

  private final Firings firings;

  FireSchedules(Firings firings) {
    this.firings = firings;
  }

  @Override
  public Duration perform() {
    return firings.fireDue();
  }
}
