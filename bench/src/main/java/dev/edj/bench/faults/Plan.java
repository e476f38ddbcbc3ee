package dev.edj.bench.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Which fault comes when. The same seed makes the same plan, whatever happens while it is carried
/// out.
///
/// Its acts are full of faults that overlap. After each, when all is quiet, one node is lost alone:
/// how soon its work goes on elsewhere cannot be told otherwise.
record Plan(List<Planned> faults, Duration length) {

  private static final Duration LONGEST_ACT = Duration.ofMinutes(1);
  private static final int SHORTEST_GAP_MILLISECONDS = 200;
  private static final int LONGEST_GAP_MILLISECONDS = 1_700;

  /// A fault to come.
  ///
  /// @param at time since the start
  /// @param number of the node or target it happens to, from 0
  /// @param length until it is repaired
  /// @param alone whether it waits until all nodes are up, and happens to the busiest of them
  record Planned(Duration at, Fault fault, int number, Duration length, boolean alone) {

    Duration end() {
      return at.plus(length);
    }
  }

  /// @param time of all acts, without what comes between them
  static Plan of(long seed, Duration time, List<Fault> kinds, int nodes, int targets) {
    return new Draft(seed, kinds, nodes, targets).plan(time);
  }

  private static final class Draft {

    private final Random random;
    private final List<Fault> kinds;
    private final int nodes;
    private final int targets;
    private final List<Fault> round = new ArrayList<>();
    private final List<Planned> faults = new ArrayList<>();

    Draft(long seed, List<Fault> kinds, int nodes, int targets) {
      this.random = new Random(seed);
      this.kinds = kinds;
      this.nodes = nodes;
      this.targets = targets;
    }

    Plan plan(Duration time) {
      Duration end = Duration.ZERO;
      for (Duration left = time; left.isPositive(); left = left.minus(LONGEST_ACT)) {
        end = act(end, left.compareTo(LONGEST_ACT) < 0 ? left : LONGEST_ACT);
        end = lossAlone(end);
      }
      boolean endsAlone = !faults.isEmpty() && faults.getLast().alone();
      return new Plan(List.copyOf(faults), endsAlone ? faults.getLast().end() : end);
    }

    /// Goes round the kinds in an order that is new each time, so that none is left out for long.
    ///
    /// @return its end, when everything is repaired
    private Duration act(Duration begin, Duration length) {
      Duration end = begin.plus(length);
      Duration at = begin;
      while (true) {
        int gap = between(SHORTEST_GAP_MILLISECONDS, LONGEST_GAP_MILLISECONDS);
        at = at.plusMillis(gap);
        if (at.compareTo(end) >= 0) {
          return end;
        }
        if (round.isEmpty()) {
          round.addAll(kinds);
          Collections.shuffle(round, random);
        }
        Planned planned = planned(at, round.removeLast(), false);
        faults.add(planned.end().compareTo(end) > 0 ? endingAt(planned, end) : planned);
      }
    }

    /// @return when others may follow
    private Duration lossAlone(Duration end) {
      List<Fault> losses = kinds.stream().filter(Fault::losesNode).toList();
      if (losses.isEmpty()) {
        return end;
      }
      Fault loss = losses.get(random.nextInt(losses.size()));
      Planned planned = planned(end.plus(Handovers.AFTERMATH), loss, true);
      faults.add(planned);
      return planned.at().plus(Handovers.LIMIT);
    }

    private Planned planned(Duration at, Fault fault, boolean alone) {
      int places =
          switch (fault.place()) {
            case NODE -> nodes;
            case CONTROL, DESTINATION -> 1;
            case TARGET -> targets;
          };
      int number = random.nextInt(places);
      int length = between(fault.shortestMilliseconds(), fault.longestMilliseconds());
      return new Planned(at, fault, number, Duration.ofMillis(length), alone);
    }

    private static Planned endingAt(Planned planned, Duration end) {
      return new Planned(
          planned.at(),
          planned.fault(),
          planned.number(),
          end.minus(planned.at()),
          planned.alone());
    }

    private int between(int least, int most) {
      return least + random.nextInt(most - least + 1);
    }
  }
}
