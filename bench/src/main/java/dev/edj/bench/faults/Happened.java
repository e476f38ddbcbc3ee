package dev.edj.bench.faults;

import java.time.Instant;
import java.util.OptionalLong;

/// A fault that was injected.
///
/// @param number of the node or target it happened to, from 0
/// @param from right after it was done
/// @param to when it was repaired
/// @param lostProcess of a node that was killed or paused while another one was up to take its work
record Happened(Fault fault, int number, Instant from, Instant to, OptionalLong lostProcess) {

  Happened until(Instant end) {
    return new Happened(fault, number, from, end, lostProcess);
  }

  boolean overlaps(Instant begin, Instant end) {
    return from.isBefore(end) && to.isAfter(begin);
  }
}
