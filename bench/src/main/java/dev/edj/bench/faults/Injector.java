package dev.edj.bench.faults;

import dev.edj.bench.faults.Plan.Planned;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// Carries a plan out: injects each fault at its time, and repairs it when its time is over. What
/// is out of order already is left alone.
final class Injector {

  private static final Duration STEP = Duration.ofMillis(50);
  private static final int LONGEST_DELAY_MILLISECONDS = 60;
  private static final int COMMITS_LOST_AT_ONCE = 3;

  private final Cluster cluster;
  private final Journal journal;
  private final PriorityQueue<Repair> repairs = new PriorityQueue<>();
  private final Map<String, Thread> restarting = new ConcurrentHashMap<>();

  Injector(Cluster cluster, Journal journal) {
    this.cluster = cluster;
    this.journal = journal;
  }

  /// Returns when the plan is done and everything is repaired.
  void perform(Plan plan, Duration time) throws IOException, InterruptedException {
    Duration begin = journal.age();
    for (Planned fault : plan.faults()) {
      awaitTime(begin.plus(fault.at()));
      inject(fault);
    }
    awaitTime(begin.plus(time));
    while (!repairs.isEmpty()) {
      repair(repairs.remove());
    }
    for (Thread restart : restarting.values()) {
      restart.join();
    }
  }

  private void repair(Repair repair) throws IOException {
    repair.work().perform();
    journal.say("%-24s %s: %s".formatted("", repair.thing(), repair.end()));
  }

  private void awaitTime(Duration at) throws IOException, InterruptedException {
    do {
      while (!repairs.isEmpty() && repairs.element().due(journal.age())) {
        repair(repairs.remove());
      }
      for (NodeProcess node : cluster.nodes()) {
        node.supervise();
      }
      Thread.sleep(STEP);
    } while (journal.age().compareTo(at) < 0);
  }

  private void inject(Planned planned) {
    if (isOutOfOrder(thing(planned))) {
      journal.say("%-24s left out: %s is out of order".formatted("", thing(planned)));
      return;
    }
    if (planned.fault() == Fault.PAUSE_NODE && awake() == 1) {
      journal.say("%-24s left out: nobody would be awake".formatted(""));
      return;
    }
    try {
      perform(planned);
    } catch (IOException | SQLException e) {
      journal.say("%-24s failed: %s".formatted(planned.fault().label(), e.getMessage()));
    }
  }

  private void perform(Planned planned) throws IOException, SQLException {
    switch (planned.fault().deed()) {
      case KILL -> {
        NodeProcess node = cluster.nodes().get(planned.number());
        node.kill();
        lasts(planned, "started again", node::start);
      }
      case PAUSE -> {
        NodeProcess node = cluster.nodes().get(planned.number());
        node.pause();
        lasts(planned, "goes on", node::resume);
      }
      case CUT -> {
        way(planned).cut();
        lasts(planned, "repaired", way(planned)::repair);
      }
      case STALL -> {
        way(planned).stall();
        // Half of the time what was held back arrives late, else never.
        boolean late = planned.length().toMillis() % 2 == 0;
        lasts(planned, late ? "flows again" : "reset", () -> endStall(way(planned), late));
      }
      case DELAY -> {
        long delay = 1 + planned.length().toMillis() % LONGEST_DELAY_MILLISECONDS;
        way(planned).delay(Duration.ofMillis(delay));
        lasts(planned, "repaired", way(planned)::repair);
      }
      case LOSE_COMMITS -> {
        way(planned).loseCommits(COMMITS_LOST_AT_ONCE);
        lasts(planned, "repaired", way(planned)::repair);
      }
      case END_SESSIONS -> {
        int ended = server(planned).endSessions(ofAttempts(planned) ? "edj:%" : "edj%");
        journal.injected(planned.fault(), "%s, %d sessions".formatted(thing(planned), ended));
      }
      case RESTART -> takesItsTime(planned, server(planned)::restart);
      case CRASH -> takesItsTime(planned, server(planned)::crash);
    }
  }

  private void lasts(Planned planned, String end, Work repair) {
    String thing = thing(planned);
    journal.injected(
        planned.fault(), "%s, for %.1f s".formatted(thing, planned.length().toMillis() / 1000.0));
    repairs.add(new Repair(journal.age().plus(planned.length()), thing, end, repair));
  }

  /// Other faults go on meanwhile.
  private void takesItsTime(Planned planned, Work work) {
    String thing = thing(planned);
    journal.injected(planned.fault(), thing);
    Thread restart =
        Thread.ofVirtual()
            .name("restart")
            .unstarted(() -> {
              try {
                work.perform();
                journal.say("%-24s %s: is back".formatted("", thing));
              } catch (IOException | RuntimeException e) {
                journal.say("%-24s %s: does not come back: %s".formatted("", thing, e));
              } finally {
                restarting.remove(thing);
              }
            });
    restarting.put(thing, restart);
    restart.start();
  }

  private static void endStall(Proxy way, boolean late) {
    if (!late) {
      way.cut();
    }
    way.repair();
  }

  private Proxy way(Planned planned) {
    return switch (planned.fault().place()) {
      case NODE -> cluster.nodes().get(planned.number()).door();
      case TARGET -> cluster.targetDoors().get(planned.number());
      case CONTROL -> throw new IllegalStateException("each node has a way of its own to it");
    };
  }

  private Server server(Planned planned) {
    return ofAttempts(planned) ? cluster.targets().get(planned.number()) : cluster.control();
  }

  private static boolean ofAttempts(Planned planned) {
    return planned.fault().place() == Fault.Place.TARGET;
  }

  /// What is out of order while the fault lasts, in words.
  private static String thing(Planned planned) {
    String place =
        switch (planned.fault().place()) {
          case NODE -> node(planned.number());
          case CONTROL -> "the control database";
          case TARGET -> "target " + (planned.number() + 1);
        };
    return switch (planned.fault().deed()) {
      case KILL, PAUSE, END_SESSIONS, RESTART, CRASH -> place;
      case CUT, STALL, DELAY, LOSE_COMMITS ->
          ofAttempts(planned)
              ? "the nodes' way to " + place
              : place + "'s way to the control database";
    };
  }

  private static String node(int number) {
    return "node " + (number + 1);
  }

  private boolean isOutOfOrder(String thing) {
    return restarting.containsKey(thing)
        || repairs.stream().anyMatch(repair -> repair.thing().equals(thing));
  }

  /// A node taken for dead is of interest only while another one takes its work.
  private long awake() {
    return IntStream.range(0, cluster.nodes().size())
        .filter(number -> !isOutOfOrder(node(number)))
        .count();
  }

  private interface Work {
    void perform() throws IOException;
  }

  /// The end of a fault.
  private record Repair(Duration at, String thing, String end, Work work)
      implements Comparable<Repair> {

    boolean due(Duration age) {
      return at.compareTo(age) <= 0;
    }

    @Override
    public int compareTo(Repair other) {
      return at.compareTo(other.at);
    }
  }
}
