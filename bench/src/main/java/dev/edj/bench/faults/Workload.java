package dev.edj.bench.faults;

import static java.util.Map.entry;

import dev.edj.Wiring;
import dev.edj.content.NewContent;
import dev.edj.credential.NewCredential;
import dev.edj.engine.TlsMode;
import dev.edj.execution.Destination;
import dev.edj.execution.ResultMode;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.policy.NewExecutionPolicy;
import dev.edj.policy.RetryRule;
import dev.edj.settings.ServiceSettings;
import dev.edj.target.Membership;
import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.TargetKind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;

/// Jobs on every database, for as long as faults are injected: most are started again when their
/// execution before has ended, one by a schedule, and one by the end of that one. And the first
/// outcome of every child, to be compared with the last.
final class Workload implements AutoCloseable {

  /// The job whose effects have to be in every database once, as those of [#COLLECT_ONCE]; the
  /// others run at least once.
  private static final String ONCE = "once";

  /// The jobs whose first result sets are collected.
  private static final String COLLECT = "collect";

  private static final String COLLECT_ONCE = "collect-once";

  private static final Set<String> STARTED_AGAIN =
      Set.of("narrow", "wide", "other", ONCE, COLLECT, COLLECT_ONCE);

  /// The most databases that each job may work on at once; of one of them more than there are.
  static final Map<String, Integer> MAX_PARALLELISM =
      Map.ofEntries(
          entry("narrow", 3),
          entry("wide", 1_000),
          entry("other", 8),
          entry(ONCE, 8),
          entry(COLLECT, 8),
          entry(COLLECT_ONCE, 8),
          entry(Timetable.JOB, 8),
          entry(Timetable.FOLLOWER, 8));

  static final int MAX_CONNECTIONS = 6;

  /// The name of everything there is one of.
  private static final String ALL = "fleet";

  private static final String LOGIN = "jobs";
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final List<String> databases;
  private final Wiring edj;
  private final Timetable timetable;
  private final Map<UUID, Recorded.Child> firstOutcomes = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  private Workload(Cluster cluster, int databases, Wiring edj) {
    this.cluster = cluster;
    this.databases =
        IntStream.rangeClosed(1, databases).mapToObj("tenant_%03d"::formatted).toList();
    this.edj = edj;
    this.timetable = new Timetable(edj);
  }

  /// Creates databases and jobs; makes the keys that nodes need.
  static Workload define(Cluster cluster, int databases) throws SQLException {
    Workload workload =
        new Workload(
            cluster,
            databases,
            Wiring.open(
                ServiceSettings.in(cluster.ownData()).withControlDatabase(cluster.address())));
    String password = UUID.randomUUID().toString();
    for (Server target : cluster.targets()) {
      Witness.prepare(target, workload.databases, LOGIN, password);
    }
    Collected.prepare(cluster.destination(), LOGIN, password);
    List<String> servers = new ArrayList<>(cluster.targetNames());
    servers.add(cluster.destinationName());
    workload.edj.credentials().create(new NewCredential(ALL, LOGIN, password, null, servers));
    workload.defineTargets();
    workload.defineJobs();
    return workload;
  }

  /// The databases of each target server.
  List<String> databases() {
    return databases;
  }

  Jdbi jdbi() {
    return edj.controlDatabase().jdbi();
  }

  Map<UUID, Recorded.Child> firstOutcomes() {
    return firstOutcomes;
  }

  Timetable timetable() {
    return timetable;
  }

  /// Keeps the jobs running.
  void start() {
    timetable.begin();
    for (String job : STARTED_AGAIN) {
      threads.add(Thread.ofVirtual().name("start-" + job).start(() -> keepRunning(job)));
    }
    threads.add(Thread.ofVirtual().name("outcomes").start(this::watchOutcomes));
  }

  /// Starts nothing more, and waits until everything has ended, or for `patience`.
  void finish(Duration patience) throws InterruptedException {
    over = true;
    long deadline = System.nanoTime() + patience.toNanos();
    while (!timetable.end() && System.nanoTime() < deadline) {
      Thread.sleep(PAUSE);
    }
    while (anyActive() && System.nanoTime() < deadline) {
      Thread.sleep(PAUSE);
    }
  }

  @Override
  public void close() {
    over = true;
    threads.forEach(Thread::interrupt);
    edj.close();
  }

  private void keepRunning(String job) {
    while (!over) {
      try {
        if (!isActive(job)) {
          edj.executions().start(job, "bench");
        }
      } catch (RuntimeException e) {
        // The control database is away; whether the start was committed is seen when it is back.
      }
      if (!pause()) {
        return;
      }
    }
  }

  private void watchOutcomes() {
    while (true) {
      try {
        Recorded.readEnded(jdbi()).forEach(child -> firstOutcomes.putIfAbsent(child.id(), child));
      } catch (RuntimeException e) {
        // The control database is away.
      }
      if (!pause()) {
        return;
      }
    }
  }

  private boolean anyActive() {
    try {
      return MAX_PARALLELISM.keySet().stream().anyMatch(this::isActive) || timetable.isWaitedFor();
    } catch (RuntimeException e) {
      return true; // The control database is away.
    }
  }

  private boolean isActive(String job) {
    return jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    """
                    SELECT EXISTS (
                      SELECT FROM job_execution e JOIN job j ON j.job_id = e.job_id
                      WHERE j.name = :job AND e.ended_at IS NULL)
                    """)
                .bind("job", job)
                .mapTo(Boolean.class)
                .one());
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void defineTargets() {
    edj.targets()
        .create(new NewTarget(TargetKind.CustomCollection, ALL, null, null, null, null, null));
    for (String server : cluster.targetNames()) {
      defineServer(server);
      edj.targets().addChild(ALL, server, Membership.Include);
    }
    defineServer(cluster.destinationName());
  }

  private void defineServer(String server) {
    ServerSettingsChange settings =
        new ServerSettingsChange(
            TlsMode.DISABLE, null, null, null, CONNECT_TIMEOUT, MAX_CONNECTIONS, null);
    edj.targets()
        .create(new NewTarget(TargetKind.Server, server, server, null, ALL, null, settings));
  }

  private void defineJobs() {
    edj.contents().create(new NewContent(ALL, Witness.SCRIPT, null));
    edj.contents().create(new NewContent(COLLECT, Witness.COLLECTING_SCRIPT, null));
    edj.policies()
        .create(
            new NewExecutionPolicy(
                ALL,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                2.0,
                Integer.MAX_VALUE,
                RetryRule.ALL,
                null,
                null,
                null));
    MAX_PARALLELISM.forEach((job, most) ->
        edj.jobs().create(new NewJob(job, null, List.of(step(job, most)), null, Map.of())));
  }

  private NewJobStep step(String job, int most) {
    boolean collects = job.equals(COLLECT) || job.equals(COLLECT_ONCE);
    boolean once = job.equals(ONCE) || job.equals(COLLECT_ONCE);
    return NewJobStep.of(collects ? COLLECT : ALL, ALL, ALL)
        .policy(ALL)
        .maxParallelism(most)
        .exactlyOnce(once)
        .results(collects ? ResultMode.Send : null)
        .destination(collects ? destination() : null)
        .build();
  }

  private Destination destination() {
    return new Destination(
        cluster.destinationName(), Collected.DATABASE, null, Collected.TABLE, ALL, null, null);
  }
}
