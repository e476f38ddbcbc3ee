package dev.edj.execution;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/// Makes UUIDs of version 7 (RFC 9562): the time in milliseconds first, so that rows inserted
/// together stay together and a newer id is a greater one. Within this process ids strictly
/// increase: the 12 bits after the time are a counter (method 1 of the RFC's section 6.2).
public final class TimeOrderedIds {

  private static final int COUNTER_LIMIT = 1 << 12;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private long lastMillisecond;
  private int counter;

  public TimeOrderedIds(InstantSource clock) {
    this.clock = clock;
  }

  public UUID next() {
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(nextHigh(), low);
  }

  private synchronized long nextHigh() {
    long now = clock.millis();
    if (now > lastMillisecond) {
      lastMillisecond = now;
      counter = 0;
    } else if (++counter == COUNTER_LIMIT) {
      // Out of numbers for this millisecond: borrow from the next one.
      lastMillisecond++;
      counter = 0;
    }
    return (lastMillisecond << 16) | 0x7000 | counter;
  }
}
