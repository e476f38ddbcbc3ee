package dev.edj.bench.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.edj.bench.Scratch;
import dev.edj.bench.faults.Sampler.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs jobs on several nodes while nodes, servers and connections fail, and checks afterwards that
/// every promise was kept. See docs/concepts/faults.md.
@Command(
    name = "faults",
    description = "kills, pauses and cuts off whatever can be, and checks what EDJ promises")
public final class FaultBench implements Callable<Integer> {

  private static final int MOST_SHOWN = 20;

  /// What a node says of a report that would break what the control database keeps true. None does
  /// while the fence refuses those that come too late.
  private static final String REFUSED_BY_A_CONSTRAINT = " cannot be stored";

  @Option(
      names = "--minutes",
      defaultValue = "1",
      description = "how long faults are injected; may be a fraction (${DEFAULT-VALUE})")
  private double minutes;

  @Option(
      names = "--seed",
      description = "of the plan of faults; the same seed makes the same plan (by the clock)")
  private @Nullable Long givenSeed;

  @Option(
      names = "--nodes",
      defaultValue = "3",
      description = "processes of the service (${DEFAULT-VALUE})")
  private int nodes;

  @Option(
      names = "--servers",
      defaultValue = "2",
      description = "target servers (${DEFAULT-VALUE})")
  private int servers;

  @Option(
      names = "--databases",
      defaultValue = "12",
      description = "databases of each target server (${DEFAULT-VALUE})")
  private int databases;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "<fault>",
      description = "leave out all faults but these, such as kill-node,pause-node")
  private List<String> only = List.of();

  @Option(
      names = "--patience",
      defaultValue = "90",
      paramLabel = "<seconds>",
      description = "how soon after the last fault everything has to have ended (${DEFAULT-VALUE})")
  private int patienceSeconds;

  @Option(
      names = "--logs",
      paramLabel = "<directory>",
      description = "keep there what the nodes print; else it goes with everything")
  private @Nullable Path logs;

  @Option(
      names = "--sabotage",
      defaultValue = "NONE",
      paramLabel = "<safeguard>",
      description =
          "take a safeguard away (fence, lock, ledger, firing, collect), to see it noticed")
  private Sabotage.Kind sabotage = Sabotage.Kind.NONE;

  @Override
  public Integer call() throws Exception {
    // The pool of the bench itself complains of every fault.
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
    Path directory = Scratch.directory("edj-fault-bench");
    List<Fault> kinds =
        only.isEmpty()
            ? Arrays.asList(Fault.values())
            : only.stream().map(Fault::labelled).toList();
    try (Cluster cluster = Cluster.start(directory, servers, sabotage, kinds)) {
      return run(cluster, possible(cluster, kinds)) ? 0 : 1;
    } finally {
      Scratch.remove(directory);
    }
  }

  private static List<Fault> possible(Cluster cluster, List<Fault> kinds) throws IOException {
    List<Fault> possible = new ArrayList<>();
    for (Fault kind : kinds) {
      Optional<String> obstacle = cluster.obstacle(kind);
      if (obstacle.isEmpty()) {
        possible.add(kind);
      } else {
        System.out.printf("without %s: %s%n", kind.label(), obstacle.get());
      }
    }
    if (possible.isEmpty()) {
      throw new IllegalArgumentException("none of the faults can be injected here");
    }
    return possible;
  }

  /// Whether there was no violation.
  private boolean run(Cluster cluster, List<Fault> kinds) throws Exception {
    long seed = givenSeed == null ? System.currentTimeMillis() : givenSeed;
    Duration time = Duration.ofMillis((long) (minutes * 60_000));
    Plan plan = Plan.of(seed, time, kinds, nodes, servers);
    try (Workload workload = Workload.define(cluster, databases)) {
      cluster.startNodes(nodes, logs == null ? cluster.ownData() : Files.createDirectories(logs));
      System.out.printf(
          "seed %d: %d faults to come, %d nodes (lease %d s), %d × %d databases%n",
          seed, plan.faults().size(), nodes, Cluster.LEASE.toSeconds(), servers, databases);
      Journal journal = new Journal();
      List<Sampler> samplers = samplers(cluster);
      workload.start();
      try (EarlyLook early = earlyLook(cluster, workload)) {
        new Injector(cluster, journal, () -> !early.violations().isEmpty()).perform(plan);
        if (!early.violations().isEmpty()) {
          journal.say("enough was seen");
          return conclude(early.violations());
        }
      }
      journal.say("no more faults");
      workload.finish(Duration.ofSeconds(patienceSeconds));
      journal.say("looking at what is left");
      List<Session> sessions = new ArrayList<>();
      for (Sampler sampler : samplers) {
        sessions.addAll(sampler.stop());
      }
      Evidence evidence = Evidence.read(cluster, workload);
      List<String> violations =
          new ArrayList<>(workload.timetable().violations(evidence.recorded().runs()));
      return report(cluster, evidence, journal, sessions, violations);
    }
  }

  /// Only a run that has to find something may end before its time.
  private EarlyLook earlyLook(Cluster cluster, Workload workload) {
    return sabotage == Sabotage.Kind.NONE
        ? EarlyLook.none()
        : new EarlyLook(() -> {
          List<String> violations = new ArrayList<>(refusedReports(cluster));
          Evidence evidence = Evidence.read(cluster, workload);
          violations.addAll(new Checker(evidence, List.of()).lasting());
          violations.addAll(new Deliveries(evidence).lasting());
          violations.addAll(Timetable.lasting(evidence.recorded().runs()));
          return violations;
        });
  }

  private static List<Sampler> samplers(Cluster cluster) {
    List<Sampler> samplers = new ArrayList<>();
    for (int i = 0; i < cluster.targets().size(); i++) {
      samplers.add(new Sampler(cluster.targets().get(i), cluster.targetNames().get(i)));
    }
    return samplers;
  }

  private boolean report(
      Cluster cluster,
      Evidence evidence,
      Journal journal,
      List<Session> sessions,
      List<String> violations)
      throws IOException {
    Checker checker = new Checker(evidence, sessions);
    Handovers handovers = new Handovers(evidence, journal.happened(), cluster.targetNames());
    Deliveries deliveries = new Deliveries(evidence);
    violations.addAll(checker.violations(Workload.MAX_PARALLELISM, Workload.MAX_CONNECTIONS));
    violations.addAll(deliveries.violations());
    violations.addAll(handovers.violations());
    if (handovers.judged() == 0 && journal.nodeWasLostAlone()) {
      violations.add("a node was lost alone, and it had nothing that could go on elsewhere");
    }
    for (NodeProcess node : cluster.nodes()) {
      violations.addAll(node.endedByThemselves());
    }
    violations.addAll(refusedReports(cluster));
    if (sabotage != Sabotage.Kind.NONE && hits(cluster) == 0) {
      throw new IllegalStateException("EDJ has changed: this sabotage finds nothing to change");
    }

    System.out.printf("%nfaults        %d: %s%n", journal.injected(), journal.byKind());
    System.out.printf(
        "lost answers  %d commits, %d of them of the destination%n",
        lostCommits(cluster), cluster.destinationDoor().lostCommits());
    System.out.printf("fenced        %d late reports%n", fenced(cluster));
    if (sabotage != Sabotage.Kind.NONE) {
      System.out.printf("sabotage      %s, %d statements changed%n", sabotage, hits(cluster));
    }
    print(evidence, sessions, checker, deliveries);
    System.out.printf(
        "went on       %d executions of lost nodes could be judged, the last after %.1f s of %d%n",
        handovers.judged(), handovers.longest().toMillis() / 1000.0, Handovers.LIMIT.toSeconds());
    return conclude(violations);
  }

  private static boolean conclude(List<String> violations) {
    violations.stream().limit(MOST_SHOWN).forEach(text -> System.out.println("VIOLATION " + text));
    if (violations.size() > MOST_SHOWN) {
      System.out.printf("... and %,d more%n", violations.size() - MOST_SHOWN);
    }
    System.out.printf("violations: %d%n", violations.size());
    return violations.isEmpty();
  }

  private static List<String> refusedReports(Cluster cluster) throws IOException {
    List<String> refusals = new ArrayList<>();
    for (NodeProcess node : cluster.nodes()) {
      long refused = node.said(REFUSED_BY_A_CONSTRAINT);
      if (refused > 0) {
        refusals.add("the control database refused %d reports of a node".formatted(refused));
      }
    }
    return refusals;
  }

  private void print(
      Evidence evidence, List<Session> sessions, Checker checker, Deliveries deliveries) {
    Recorded recorded = evidence.recorded();
    List<Witness> witnesses = evidence.witnesses();
    System.out.printf(
        "executions    %,d of %d databases each; %,d attempts recorded%n",
        recorded.runs().size(), servers * databases, recorded.attempts().size());
    System.out.printf(
        "witnesses     %,d sessions began the script, %,d came to its end; %,d sessions seen%n",
        witnesses.size(),
        witnesses.stream().filter(witness -> witness.endedAt() != null).count(),
        sessions.size());
    System.out.printf(
        "ran again     %,d scripts came to their end more than once, which they may%n",
        checker.ranAgain());
    System.out.printf(
        "once only     %,d executions with exactly once; %,d attempts found the work done%n",
        checker.onceOnly(), checker.foundDone());
    System.out.printf(
        "collected     %,d rows of %,d executions are in the destination%n",
        deliveries.rows(), deliveries.executions());
    System.out.printf(
        "by schedule   %,d executions at their planned times, and %,d because of their ends%n",
        recorded.runs().stream()
            .filter(run -> run.plannedAt() != null && run.follows() == null)
            .count(),
        recorded.runs().stream().filter(run -> run.follows() != null).count());
    System.out.printf(
        "most at once  on a server %d of %d; of a run %s%n",
        checker.limits().mostByServer().values().stream().max(Integer::compare).orElse(0),
        Workload.MAX_CONNECTIONS,
        checker.limits().mostByJob().entrySet().stream()
            .map(job ->
                "'%s' %d of %d"
                    .formatted(
                        job.getKey(), job.getValue(), Workload.MAX_PARALLELISM.get(job.getKey())))
            .collect(Collectors.joining(", ")));
  }

  private static long fenced(Cluster cluster) throws IOException {
    long fenced = 0;
    for (NodeProcess node : cluster.nodes()) {
      fenced += node.said("fenced: ");
    }
    return fenced;
  }

  private static int lostCommits(Cluster cluster) {
    int nodes = cluster.nodes().stream().mapToInt(node -> node.door().lostCommits()).sum();
    int targets = cluster.targetDoors().stream().mapToInt(Proxy::lostCommits).sum();
    return nodes + targets + cluster.destinationDoor().lostCommits();
  }

  private static int hits(Cluster cluster) {
    int targets = cluster.targets().stream().mapToInt(target -> target.sabotage().hits()).sum();
    return targets + cluster.destination().sabotage().hits() + cluster.control().sabotage().hits();
  }
}
