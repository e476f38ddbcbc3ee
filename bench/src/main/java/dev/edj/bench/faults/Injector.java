package dev.edj.bench.faults;

import dev.edj.bench.faults.Plan.Planned;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// Carries a plan out: injects each fault at its time, and repairs it when its time is over. What
/// is out of order already is left alone.
final class Injector {

  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration PATIENCE_WITH_NODES = Duration.ofMinutes(2);
  private static final List<Duration> CLOCK_STEPS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(1));
  private static final int LONGEST_DELAY_MILLISECONDS = 60;
  private static final int COMMITS_LOST_AT_ONCE = 3;

  private final Cluster cluster;
  private final Journal journal;
  private final BooleanSupplier enough;
  private final PriorityQueue<Repair> repairs = new PriorityQueue<>();
  private final Map<String, Thread> restarting = new ConcurrentHashMap<>();

  /// @param enough whether to end before the plan does
  Injector(Cluster cluster, Journal journal, BooleanSupplier enough) {
    this.cluster = cluster;
    this.journal = journal;
    this.enough = enough;
  }

  /// Returns when the plan is done and everything is repaired.
  void perform(Plan plan) throws IOException, SQLException, InterruptedException {
    Duration begin = journal.age();
    for (Planned fault : plan.faults()) {
      if (fault.alone()) {
        begin = quiet(begin, fault.at().minus(Handovers.AFTERMATH));
      }
      awaitTime(begin.plus(fault.at()));
      if (enough.getAsBoolean()) {
        break;
      }
      inject(fault.alone() ? onBusiest(fault) : fault);
    }
    awaitTime(begin.plus(plan.length()));
    repairAll();
  }

  /// Waits until nothing is out of order any more.
  ///
  /// @return the begin of the plan by which it is `at` then
  private Duration quiet(Duration begin, Duration at)
      throws IOException, SQLException, InterruptedException {
    awaitTime(begin.plus(at));
    repairAll();
    cluster.awaitNodes(PATIENCE_WITH_NODES);
    return journal.age().minus(at);
  }

  private Planned onBusiest(Planned planned) throws SQLException, InterruptedException {
    int busiest = cluster.busiestNode(PATIENCE_WITH_NODES);
    return new Planned(planned.at(), planned.fault(), busiest, planned.length(), planned.alone());
  }

  private void repairAll() throws IOException, SQLException, InterruptedException {
    while (!repairs.isEmpty()) {
      repair(repairs.remove());
    }
    for (Thread restart : restarting.values()) {
      restart.join();
    }
  }

  private void repair(Repair repair) throws IOException, SQLException, InterruptedException {
    repair.work().perform();
    journal.say("%-24s %s: %s".formatted("", repair.thing(), repair.end()));
    journal.over(repair.fault().until(Instant.now()));
  }

  private void awaitTime(Duration at) throws IOException, SQLException, InterruptedException {
    do {
      while (!repairs.isEmpty() && repairs.element().due(journal.age())) {
        repair(repairs.remove());
      }
      for (NodeProcess node : cluster.nodes()) {
        node.supervise();
      }
      Thread.sleep(STEP);
    } while (journal.age().compareTo(at) < 0 && !enough.getAsBoolean());
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
        switch (planned.fault().place()) {
          case NODE -> killNode(planned);
          case CONTROL, TARGET, DESTINATION -> takesItsTime(planned, server(planned)::kill);
        }
      }
      case PAUSE -> {
        NodeProcess node = cluster.nodes().get(planned.number());
        OptionalLong lost = lost(planned);
        node.pause();
        lasts(planned, lost, "goes on", node::resume);
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
        boolean ofAttempts = planned.fault().place() == Fault.Place.TARGET;
        int ended = server(planned).endSessions(ofAttempts ? "edj:%" : "edj%");
        journal.injected(planned.fault(), "%s, %d sessions".formatted(thing(planned), ended));
        journal.over(happens(planned, OptionalLong.empty()));
      }
      case RESTART -> takesItsTime(planned, server(planned)::restart);
      case CRASH -> takesItsTime(planned, server(planned)::crash);
      case FAIL_OVER -> takesItsTime(planned, server(planned)::failOver);
      case FILL_DISK -> {
        server(planned).fillDisk();
        lasts(planned, "has room again, and is back", server(planned)::freeDisk);
      }
      case LOCK -> {
        Connection holder = Collected.lock(server(planned));
        lasts(planned, "unlocked", holder::close);
      }
      case STEP_CLOCK -> stepClock(planned);
    }
  }

  private void killNode(Planned planned) {
    NodeProcess node = cluster.nodes().get(planned.number());
    OptionalLong lost = lost(planned);
    node.kill();
    lasts(planned, lost, "started again", node::start);
  }

  /// Forward or back, by one of the steps.
  private void stepClock(Planned planned) throws IOException {
    NodeProcess node = cluster.nodes().get(planned.number());
    long choice = planned.length().toMillis();
    Duration step = CLOCK_STEPS.get((int) (choice / 2 % CLOCK_STEPS.size()));
    Duration by = choice % 2 == 0 ? step : step.negated();
    node.stepClock(by);
    lasts(planned, "is right again", () -> node.stepClock(Duration.ZERO));
    journal.say("%-24s by %+d s".formatted("", by.toSeconds()));
  }

  private void lasts(Planned planned, String end, Work repair) {
    lasts(planned, OptionalLong.empty(), end, repair);
  }

  private void lasts(Planned planned, OptionalLong lost, String end, Work repair) {
    String thing = thing(planned);
    String alone = planned.alone() ? ", alone" : "";
    if (planned.alone()) {
      journal.lostAlone();
    }
    journal.injected(
        planned.fault(),
        "%s, for %.1f s%s".formatted(thing, planned.length().toMillis() / 1000.0, alone));
    Happened fault = happens(planned, lost);
    repairs.add(new Repair(journal.age().plus(planned.length()), fault, thing, end, repair));
  }

  private static Happened happens(Planned planned, OptionalLong lost) {
    Instant now = Instant.now();
    return new Happened(planned.fault(), planned.number(), now, now, lost);
  }

  /// The node's process, unless no other one is there to take its work.
  private OptionalLong lost(Planned planned) {
    boolean anotherIsUp =
        IntStream.range(0, cluster.nodes().size())
            .filter(number -> number != planned.number() && !isOutOfOrder(node(number)))
            .anyMatch(number -> cluster.nodes().get(number).isUp());
    return anotherIsUp
        ? OptionalLong.of(cluster.nodes().get(planned.number()).processId())
        : OptionalLong.empty();
  }

  /// Other faults go on meanwhile.
  private void takesItsTime(Planned planned, Work work) {
    String thing = thing(planned);
    journal.injected(planned.fault(), thing);
    Happened fault = happens(planned, OptionalLong.empty());
    Thread restart =
        Thread.ofVirtual()
            .name("restart")
            .unstarted(() -> {
              try {
                work.perform();
                journal.say("%-24s %s: is back".formatted("", thing));
              } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
                journal.say("%-24s %s: does not come back: %s".formatted("", thing, e));
              } finally {
                journal.over(fault.until(Instant.now()));
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
      case DESTINATION -> cluster.destinationDoor();
      case CONTROL -> throw new IllegalStateException("each node has a way of its own to it");
    };
  }

  private Server server(Planned planned) {
    return switch (planned.fault().place()) {
      case CONTROL -> cluster.control();
      case TARGET -> cluster.targets().get(planned.number());
      case DESTINATION -> cluster.destination();
      case NODE -> throw new IllegalStateException("a node is no server");
    };
  }

  /// What is out of order while the fault lasts, in words.
  private static String thing(Planned planned) {
    Fault.Place place = planned.fault().place();
    String name =
        switch (place) {
          case NODE -> node(planned.number());
          case CONTROL -> "the control database";
          case TARGET -> "target " + (planned.number() + 1);
          case DESTINATION -> "the destination";
        };
    return switch (planned.fault().deed()) {
      case KILL, PAUSE, END_SESSIONS, RESTART, CRASH, FAIL_OVER, FILL_DISK -> name;
      case STEP_CLOCK -> name + "'s clock";
      case LOCK -> name + "'s table";
      case CUT, STALL, DELAY, LOSE_COMMITS ->
          place == Fault.Place.NODE
              ? name + "'s way to the control database"
              : "the nodes' way to " + name;
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
    void perform() throws IOException, SQLException, InterruptedException;
  }

  /// The end of a fault.
  private record Repair(Duration at, Happened fault, String thing, String end, Work work)
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
