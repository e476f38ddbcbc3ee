package dev.edj.bench.faults;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// Says what happens, with the time since the start, and counts the faults.
final class Journal {

  private final long begin = System.nanoTime();
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private boolean lostAlone;
  private final List<Happened> happened = new CopyOnWriteArrayList<>();

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  void injected(Fault fault, String what) {
    counts.merge(fault, 1, Integer::sum);
    say("%-24s %s".formatted(fault.label(), what));
  }

  void lostAlone() {
    lostAlone = true;
  }

  /// A fault is over and repaired.
  void over(Happened fault) {
    happened.add(fault);
  }

  boolean nodeWasLostAlone() {
    return lostAlone;
  }

  List<Happened> happened() {
    return List.copyOf(happened);
  }

  void say(String what) {
    System.out.printf("%6.1f s  %s%n", age().toMillis() / 1000.0, what);
  }

  int injected() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  String byKind() {
    return counts.entrySet().stream()
        .map(count -> count.getKey().label() + " " + count.getValue())
        .collect(Collectors.joining(", "));
  }
}
