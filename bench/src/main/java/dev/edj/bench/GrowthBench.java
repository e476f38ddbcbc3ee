package dev.edj.bench;

import dev.edj.execution.JobExecution;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.statement.SqlLogger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What one child costs in runs of growing size: a queue that is fit for a fleet costs the same.
@Command(name = "growth", description = "cost per child in runs of 1,000 to 1,000,000 children")
final class GrowthBench implements Callable<Integer> {

  private static final int SERVERS = 200;
  private static final int STATUS_READS = 100;

  @Option(
      names = "--children",
      split = ",",
      defaultValue = "1000,10000,100000,1000000",
      description = "the sizes (${DEFAULT-VALUE})")
  private List<Integer> sizes = List.of();

  @Override
  public Integer call() throws IOException {
    System.out.printf(
        "%10s %14s %14s %14s %16s%n",
        "children", "to create ms", "children/s", "µs per child", "status read ms");
    for (int size : sizes) {
      measure(size);
    }
    return 0;
  }

  private static void measure(int children) throws IOException {
    try (QueueUnderTest queue = new QueueUnderTest(children, SERVERS)) {
      queue.startNodes(1, SqlLogger.NOP_SQL_LOGGER);
      queue.warmUp();
      JobExecution run = queue.run("big");
      double seconds = queue.secondsOfChildren(run.id());
      System.out.printf(
          "%,10d %,14.0f %,14.0f %,14.1f %,16.2f%n",
          children,
          queue.secondsOfExpansion(run.id()) * 1_000,
          children / seconds,
          seconds / children * 1e6,
          millisecondsOfStatus(queue, run));
    }
  }

  private static double millisecondsOfStatus(QueueUnderTest queue, JobExecution run) {
    long begin = System.nanoTime();
    for (int i = 0; i < STATUS_READS; i++) {
      queue.executions().named(run.id());
    }
    return (System.nanoTime() - begin) / 1e6 / STATUS_READS;
  }
}
