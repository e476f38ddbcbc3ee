package dev.edj.controller;

import dev.edj.duty.Duty;
import dev.edj.schedule.Firings;
import java.time.Duration;

/// Starts the jobs that wait for the ends of others.
final class StartFollowUps implements Duty {

  private static final Duration POLL = Duration.ofSeconds(1);

  private final Firings firings;

  StartFollowUps(Firings firings) {
    this.firings = firings;
  }

  @Override
  public Duration perform() {
    return firings.startFollowUps() ? Duration.ZERO : POLL;
  }
}
