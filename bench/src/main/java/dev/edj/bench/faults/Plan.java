package dev.edj.bench.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Which fault comes when. The same seed makes the same plan, whatever happens while it is carried
/// out.
record Plan(List<Planned> faults) {

  private static final int SHORTEST_GAP_MILLISECONDS = 300;
  private static final int LONGEST_GAP_MILLISECONDS = 2_500;

  /// A fault to come.
  ///
  /// @param at time since the start
  /// @param number of the node or target it happens to, from 0
  /// @param length until it is repaired
  record Planned(Duration at, Fault fault, int number, Duration length) {}

  /// Goes round the kinds in an order that is new each time, so that none is left out for long.
  static Plan of(long seed, Duration time, List<Fault> kinds, int nodes, int targets) {
    Random random = new Random(seed);
    List<Planned> faults = new ArrayList<>();
    List<Fault> round = new ArrayList<>();
    long at = 0;
    while (true) {
      at += between(random, SHORTEST_GAP_MILLISECONDS, LONGEST_GAP_MILLISECONDS);
      if (at >= time.toMillis()) {
        return new Plan(List.copyOf(faults));
      }
      if (round.isEmpty()) {
        round.addAll(kinds);
        Collections.shuffle(round, random);
      }
      faults.add(planned(random, Duration.ofMillis(at), round.removeLast(), nodes, targets));
    }
  }

  private static Planned planned(Random random, Duration at, Fault fault, int nodes, int targets) {
    int places =
        switch (fault.place()) {
          case NODE -> nodes;
          case CONTROL -> 1;
          case TARGET -> targets;
        };
    int number = random.nextInt(places);
    int length = between(random, fault.shortestMilliseconds(), fault.longestMilliseconds());
    return new Planned(at, fault, number, Duration.ofMillis(length));
  }

  private static int between(Random random, int least, int most) {
    return least + random.nextInt(most - least + 1);
  }
}
