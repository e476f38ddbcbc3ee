package dev.edj.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.statement.SqlLogger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Many schedules, each with a job of its own, that are all due in the same second: how long until
/// the last execution is started, and whether each was started once.
@Command(name = "schedules", description = "many schedules due in the same second, on two nodes")
final class ScheduleBench implements Callable<Integer> {

  private static final int NODES = 2;
  private static final int SERVERS = 200;
  private static final Duration LEAD = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final String LAST_CHILD =
      """
      SELECT extract(epoch FROM max(c.%s) - min(e.planned_at))
      FROM job_execution e JOIN step_execution s USING (execution_id) JOIN child_execution c USING (step_execution_id)
      WHERE e.planned_at IS NOT NULL
      """;

  @Option(
      names = "--schedules",
      defaultValue = "10000",
      description = "how many (${DEFAULT-VALUE})")
  private int schedules;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (QueueUnderTest queue = new QueueUnderTest(schedules, SERVERS)) {
      queue.startNodes(NODES, SqlLogger.NOP_SQL_LOGGER);
      queue.warmUp();
      insert(queue);
      await(queue, "SELECT count(*) FROM firing");
      print(queue, "started", "created_at");
      boolean allEnded =
          await(queue, "SELECT count(*) FROM job_execution WHERE planned_at < ended_at");
      if (allEnded) {
        print(queue, "taken by a controller", "started_at");
        printLastChild(queue);
        print(queue, "ended", "ended_at");
      }
      return printDoubles(queue);
    }
  }

  private boolean await(QueueUnderTest queue, String count) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      if (number(queue, count) >= schedules) {
        return true;
      }
      Thread.sleep(POLL);
    }
    System.out.printf("only %,.0f after %s%n", number(queue, count), LIMIT);
    return false;
  }

  private static void print(QueueUnderTest queue, String what, String column) {
    System.out.printf(
        "%,.0f executions; the last was %s %.1f s after the planned time%n",
        number(queue, "SELECT count(*) FROM job_execution WHERE planned_at IS NOT NULL"),
        what,
        number(
            queue,
            "SELECT extract(epoch FROM max(%s) - min(planned_at)) FROM job_execution WHERE planned_at IS NOT NULL"
                .formatted(column)));
  }

  private static void printLastChild(QueueUnderTest queue) {
    System.out.printf(
        "the last child was created %.1f s after that time, and begun %.1f s after it%n",
        number(queue, LAST_CHILD.formatted("created_at")),
        number(queue, LAST_CHILD.formatted("started_at")));
  }

  private int printDoubles(QueueUnderTest queue) {
    double doubles =
        number(
            queue,
            """
            SELECT count(*) FROM (
              SELECT FROM job_execution WHERE planned_at IS NOT NULL
              GROUP BY job_id, planned_at HAVING count(*) > 1) twice
            """);
    double missing =
        number(
            queue,
            """
            SELECT count(*) FROM job_trigger t
            WHERE NOT EXISTS (SELECT FROM job_execution e WHERE e.job_id = t.job_id)
            """);
    System.out.printf("started twice: %.0f, never: %.0f%n", doubles, missing);
    return doubles == 0 && missing == 0 ? 0 : 1;
  }

  private static double number(QueueUnderTest queue, String sql) {
    return queue.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(Double.class).one());
  }

  private void insert(QueueUnderTest queue) {
    String sql =
        """
        INSERT INTO job (name, current_version) SELECT 'scheduled ' || n, 1 FROM generate_series(1, %1$d) n;
        INSERT INTO job_version (job_id, version) SELECT job_id, 1 FROM job WHERE name LIKE 'scheduled %%';
        INSERT INTO job_step (job_id, version, step_id, name, content_id, credential_id, target_id, policy_id)
          SELECT job_id, 1, 1, 'JobStep', content_id, c.credential_id, t.target_id, policy_id
          FROM job JOIN target t ON t.name = 'd' || substr(job.name, 11), content, credential c, execution_policy p
          WHERE p.name = 'Default execution policy';
        INSERT INTO schedule (name, recurrence, interval_count, start_at, zone)
          SELECT 'scheduled ' || n, 'Days', 1, date_trunc('second', now()) + interval '%2$d seconds', 'Europe/Brussels'
          FROM generate_series(1, %1$d) n;
        INSERT INTO job_trigger (job_id, schedule_id, enabled, overlap, misfire, settled_at, next_at)
          SELECT job_id, schedule_id, true, 'Skip', 'FireOnce', now(), start_at
          FROM job JOIN schedule USING (name);
        ANALYZE;
        """
            .formatted(schedules, LEAD.toSeconds());
    queue.jdbi().useHandle(handle -> Arrays.stream(sql.split(";\n")).forEach(handle::execute));
  }
}
