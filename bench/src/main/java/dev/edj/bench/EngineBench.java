package dev.edj.bench;

import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What the queue costs: a run of many children that do nothing, and small runs started while it
/// lasts; with each number of nodes, and the same children through db-scheduler.
@Command(
    name = "engine",
    description = "children per second, cost per child and start latency of the queue itself")
final class EngineBench implements Callable<Integer> {

  private static final Duration BETWEEN_SMALL_RUNS = Duration.ofMillis(50);

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
      names = "--nodes",
      defaultValue = "1",
      split = ",",
      description =
          "how many nodes share the work, such as 1,2,4: one after the other (${DEFAULT-VALUE})")
  private List<Integer> nodes = List.of();

  @Option(
      names = "--peer",
      description = "then run the same number of tasks through db-scheduler, and print the ratio")
  private boolean peer;

  @Option(
      names = "--statements",
      description = "also print how often and how long each statement ran")
  private boolean printStatements;

  private final AtomicLong statements = new AtomicLong();
  private final Map<String, LongSummaryStatistics> times = new ConcurrentHashMap<>();

  @Override
  public Integer call() throws Exception {
    double best = 0;
    for (int number : nodes) {
      best = Math.max(best, measure(number));
    }
    if (peer) {
      System.out.printf("edj/db-scheduler %.1f%n", best / DbSchedulerPeer.tasksPerSecond(children));
    }
    return 0;
  }

  /// Returns the children per second.
  private double measure(int number) throws Exception {
    try (QueueUnderTest queue = new QueueUnderTest(children, servers)) {
      queue.startNodes(number, counting());
      queue.warmUp();
      times.clear();
      System.out.printf("nodes                  %d%n", number);
      return runBig(queue);
    }
  }

  private double runBig(QueueUnderTest queue) throws InterruptedException {
    Executions executions = queue.executions();
    long statementsBefore = statements.get();
    long transactionsBefore = queue.transactions();
    UUID big = executions.start("big", "bench").id();
    List<UUID> small = new ArrayList<>();
    while (!executions.named(big).lifecycle().ended()) {
      // One after the other: a run that overlapped the one before would be skipped.
      small.add(queue.run("small").id());
      Thread.sleep(BETWEEN_SMALL_RUNS);
    }
    JobExecution ended = queue.awaitEnd(big);
    double statementsEach = (statements.get() - statementsBefore) / (double) children;
    double transactionsEach = (queue.transactions() - transactionsBefore) / (double) children;
    return report(queue, ended, small, statementsEach, transactionsEach);
  }

  private double report(
      QueueUnderTest queue,
      JobExecution big,
      List<UUID> small,
      double statementsEach,
      double transactionsEach) {
    double seconds = queue.secondsOfChildren(big.id());
    double[] latencies = startLatencies(queue, small);
    System.out.printf("lifecycle              %s (%,d children)%n", big.lifecycle(), children);
    System.out.printf("children/s             %,.0f%n", children / seconds);
    System.out.printf(
        "seconds                %.2f, after %.2f to create them%n",
        seconds, queue.secondsOfExpansion(big.id()));
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
    return children / seconds;
  }

  /// From the start of a one-child run to the start of its child, in milliseconds, sorted.
  private static double[] startLatencies(QueueUnderTest queue, List<UUID> runs) {
    return queue
        .jdbi()
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
}
