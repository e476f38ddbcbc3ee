package dev.edj.bench;

import dev.edj.Node;
import dev.edj.controldb.ControlDatabase;
import dev.edj.controldb.EmbeddedControlDatabase;
import dev.edj.credential.LoginSource;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.TaskType;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.security.PrivateKeys;
import dev.edj.target.Dialer;
import dev.edj.target.TargetResolver;
import dev.edj.worker.RunningAttempt;
import dev.edj.worker.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What the queue costs: a run of many children that do nothing, and small runs started while it
/// lasts.
@Command(
    name = "engine",
    description = "children per second, cost per child and start latency of the queue itself")
final class EngineBench implements Callable<Integer> {

  private static final int CAPACITY = 512;
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration BETWEEN_SMALL_RUNS = Duration.ofMillis(50);

  /// A service runs for days: its code has long been compiled. The first run shares that state.
  private static final int WARM_UP_RUNS = 50;

  @Option(
      names = "--children",
      defaultValue = "100000",
      description = "databases of the big run (${DEFAULT-VALUE})")
  private int children;

  @Option(
      names = "--servers",
      defaultValue = "200",
      description = "servers they are on (${DEFAULT-VALUE})")
  private int servers;

  @Option(
      names = "--statements",
      description = "also print how often and how long each statement ran")
  private boolean printStatements;

  private final AtomicLong statements = new AtomicLong();
  private final Map<String, LongSummaryStatistics> times = new ConcurrentHashMap<>();

  @Override
  public Integer call() throws Exception {
    Path directory = Scratch.directory("edj-engine-bench");
    try (EmbeddedControlDatabase embedded = EmbeddedControlDatabase.start(directory);
        ControlDatabase database = ControlDatabase.open(embedded.address(), 12)) {
      Jdbi jdbi = database.jdbi();
      jdbi.setSqlLogger(counting());
      PrivateKeys keys = PrivateKeys.open(directory.resolve("keys.json"), jdbi);
      insertFleet(jdbi);
      measure(database, jdbi, keys);
    } finally {
      Scratch.remove(directory);
    }
    return 0;
  }

  private void measure(ControlDatabase database, Jdbi jdbi, PrivateKeys keys) throws Exception {
    TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());
    EndSignal ends = new EndSignal();
    Executions executions = new Executions(jdbi, ids, ends);
    TargetResolver resolver =
        new TargetResolver(jdbi, new Dialer(jdbi, new LoginSource(jdbi, keys)));
    try (Node node =
        new Node(
            database,
            "bench",
            Duration.ofSeconds(30),
            Duration.ofDays(45),
            WorkerSettings.ofCapacity(CAPACITY),
            EngineBench::nothing,
            resolver,
            ids,
            ends)) {
      node.start();
      warmUp(executions);
      runBig(jdbi, executions);
    }
  }

  private static void warmUp(Executions executions) {
    awaitEnd(executions, executions.start("warm-up", "bench").id());
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      awaitEnd(executions, executions.start("small", "bench").id());
    }
  }

  private void runBig(Jdbi jdbi, Executions executions) throws InterruptedException {
    long statementsBefore = statements.get();
    long transactionsBefore = transactions(jdbi);
    UUID big = executions.start("big", "bench").id();
    List<UUID> small = new ArrayList<>();
    while (!executions.named(big).lifecycle().ended()) {
      // One after the other: a run that overlapped the one before would be skipped.
      small.add(awaitEnd(executions, executions.start("small", "bench").id()).id());
      Thread.sleep(BETWEEN_SMALL_RUNS);
    }
    JobExecution ended = awaitEnd(executions, big);
    double statementsEach = (statements.get() - statementsBefore) / (double) children;
    double transactionsEach = (transactions(jdbi) - transactionsBefore) / (double) children;
    report(jdbi, ended, small, statementsEach, transactionsEach);
  }

  private void report(
      Jdbi jdbi,
      JobExecution big,
      List<UUID> small,
      double statementsEach,
      double transactionsEach) {
    double seconds = secondsOfChildren(jdbi, big.id());
    double[] latencies = startLatencies(jdbi, small);
    System.out.printf("lifecycle              %s (%,d children)%n", big.lifecycle(), children);
    System.out.printf("children/s             %,.0f%n", children / seconds);
    System.out.printf(
        "seconds                %.2f, after %.2f to create them%n",
        seconds, secondsOfExpansion(jdbi, big.id()));
    System.out.printf("statements/child       %.4f%n", statementsEach);
    System.out.printf("transactions/child     %.4f%n", transactionsEach);
    System.out.printf(
        "start latency ms       p50 %.0f, p99 %.0f, most %.0f (%d one-child runs meanwhile)%n",
        percentile(latencies, 0.5),
        percentile(latencies, 0.99),
        percentile(latencies, 1),
        latencies.length);
    printTimes();
    System.out.printf("heap limit MB          %,d%n", Runtime.getRuntime().maxMemory() >> 20);
  }

  private static double secondsOfChildren(Jdbi jdbi, UUID run) {
    return number(
        jdbi,
        """
        SELECT extract(epoch FROM max(c.ended_at) - min(c.started_at))
        FROM step_execution s JOIN child_execution c ON c.step_execution_id = s.step_execution_id
        WHERE s.execution_id = :run
        """,
        run);
  }

  private static double secondsOfExpansion(Jdbi jdbi, UUID run) {
    return number(
        jdbi,
        """
        SELECT extract(epoch FROM min(c.started_at) - min(e.created_at))
        FROM job_execution e
        JOIN step_execution s ON s.execution_id = e.execution_id
        JOIN child_execution c ON c.step_execution_id = s.step_execution_id
        WHERE e.execution_id = :run
        """,
        run);
  }

  private static double number(Jdbi jdbi, String sql, UUID run) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).bind("run", run).mapTo(Double.class).one());
  }

  /// From the start of a one-child run to the start of its child, in milliseconds, sorted.
  private static double[] startLatencies(Jdbi jdbi, List<UUID> runs) {
    return jdbi
        .withHandle(handle ->
            handle
                .createQuery(
                    """
                    SELECT extract(epoch FROM c.started_at - e.created_at) * 1000
                    FROM job_execution e
                    JOIN step_execution s ON s.execution_id = e.execution_id
                    JOIN child_execution c ON c.step_execution_id = s.step_execution_id
                    WHERE e.execution_id = ANY (:runs)
                    """)
                .bindArray("runs", UUID.class, runs.toArray())
                .mapTo(Double.class)
                .list())
        .stream()
        .mapToDouble(Double::doubleValue)
        .sorted()
        .toArray();
  }

  private static double percentile(double[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)];
  }

  private static long transactions(Jdbi jdbi) {
    return jdbi.withHandle(handle -> {
      handle.execute("SELECT pg_stat_force_next_flush()");
      return handle
          .createQuery(
              "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()")
          .mapTo(Long.class)
          .one();
    });
  }

  private static JobExecution awaitEnd(Executions executions, UUID run) {
    return executions.await(List.of(run), false, LIMIT).getFirst();
  }

  private static AttemptReport nothing(RunningAttempt attempt) {
    return new AttemptReport(
        attempt.child(),
        TaskType.ScriptExecution,
        Lifecycle.Succeeded,
        Lifecycle.Succeeded,
        null,
        false,
        null,
        null,
        List.of(
            new AttemptReport.BatchReport(
                1, Lifecycle.Succeeded, Duration.ZERO, Duration.ZERO, null)),
        List.of());
  }

  private SqlLogger counting() {
    return new SqlLogger() {
      @Override
      public void logAfterExecution(StatementContext context) {
        statements.incrementAndGet();
        if (printStatements) {
          LongSummaryStatistics time =
              times.computeIfAbsent(firstLine(context), sql -> new LongSummaryStatistics());
          synchronized (time) {
            time.accept(context.getElapsedTime(ChronoUnit.MICROS));
          }
        }
      }
    };
  }

  private static String firstLine(StatementContext context) {
    String sql = String.valueOf(context.getRenderedSql()).replaceAll("\\s+", " ").strip();
    return sql.length() < 70 ? sql : sql.substring(0, 70);
  }

  private void printTimes() {
    times.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> -entry.getValue().getSum()))
        .limit(12)
        .forEach(entry ->
            System.out.printf(
                "%,9d ms in %,6d × %,7.0f µs  %s%n",
                entry.getValue().getSum() / 1000,
                entry.getValue().getCount(),
                entry.getValue().getAverage(),
                entry.getKey()));
  }

  private void insertFleet(Jdbi jdbi) {
    String sql =
        """
        INSERT INTO credential (name, user_name, key_id, encrypted_password)
          SELECT 'c', 'u', key_id, '' FROM encryption_key LIMIT 1;
        INSERT INTO content (name, kind, latest_version) VALUES ('s', 'Script', 1);
        INSERT INTO content_version (content_id, version, text, sha256)
          SELECT content_id, 1, 'SELECT 1', '' FROM content;
        INSERT INTO server (name, max_connections) SELECT 'postgresql://s' || n, 10000 FROM generate_series(1, %1$d) n;
        INSERT INTO target (target_id, name, kind) SELECT gen_random_uuid(), name, 'CustomCollection'
          FROM unnest(ARRAY['big', 'warm-up']) name;
        INSERT INTO target (target_id, name, kind, server_id, database_name)
          SELECT gen_random_uuid(), 'd' || n, 'Database', 1 + n %% %1$d, 'd' || n FROM generate_series(1, %2$d) n;
        INSERT INTO target_child (parent_id, child_id, membership)
          SELECT p.target_id, c.target_id, 'Include' FROM target p, target c WHERE p.name = 'big' AND c.kind = 'Database';
        INSERT INTO target_child (parent_id, child_id, membership)
          SELECT p.target_id, c.child_id, 'Include' FROM target p, target_child c WHERE p.name = 'warm-up' LIMIT %2$d / 4;
        INSERT INTO job (name, current_version) VALUES ('big', 1), ('small', 1), ('warm-up', 1);
        INSERT INTO job_version (job_id, version) SELECT job_id, 1 FROM job;
        INSERT INTO job_step (job_id, version, step_id, name, content_id, credential_id, target_id, policy_id)
          SELECT job_id, 1, 1, 'JobStep', content_id, c.credential_id, t.target_id, policy_id
          FROM job, content, credential c, target t, execution_policy p
          WHERE p.name = 'Default execution policy' AND t.name = CASE job.name WHEN 'small' THEN 'd1' ELSE job.name END;
        ANALYZE;
        """
            .formatted(servers, children);
    jdbi.useHandle(handle -> Arrays.stream(sql.split(";\n")).forEach(handle::execute));
  }
}
