package dev.edj.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.controldb.EmbeddedControlDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// As many tasks that do nothing through db-scheduler, a well-made persistent queue for Java, on
/// the same PostgreSQL, set up for throughput as its documentation says.
final class DbSchedulerPeer {

  private static final int THREADS = 20;
  private static final int WARM_UP = 5_000;
  private static final Duration LIMIT = Duration.ofMinutes(20);

  /// From its documentation.
  private static final String TABLE =
      """
      CREATE TABLE scheduled_tasks (
        task_name text NOT NULL,
        task_instance text NOT NULL,
        task_data bytea,
        execution_time timestamptz NOT NULL,
        picked boolean NOT NULL,
        picked_by text,
        last_success timestamptz,
        last_failure timestamptz,
        consecutive_failures int,
        last_heartbeat timestamptz,
        version bigint NOT NULL,
        priority smallint,
        state text,
        PRIMARY KEY (task_name, task_instance));
      CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
      """;

  private DbSchedulerPeer() {}

  static double tasksPerSecond(int tasks) throws Exception {
    Path directory = Scratch.directory("db-scheduler-bench");
    try (EmbeddedControlDatabase database = EmbeddedControlDatabase.start(directory);
        HikariDataSource pool = pool(database.address())) {
      createTable(pool);
      run(pool, "warm-up", WARM_UP);
      double seconds = run(pool, "measured", tasks);
      System.out.printf("db-scheduler tasks/s   %,.0f%n", tasks / seconds);
      return tasks / seconds;
    } finally {
      Scratch.remove(directory);
    }
  }

  private static HikariDataSource pool(ControlDatabaseAddress address) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(THREADS + 4);
    return new HikariDataSource(config);
  }

  private static void createTable(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
  }

  /// Returns the seconds from the start of the scheduler to the end of the last task, all of which
  /// were due before.
  private static double run(HikariDataSource pool, String name, int tasks)
      throws InterruptedException {
    CountDownLatch open = new CountDownLatch(tasks);
    OneTimeTask<Void> task = Tasks.oneTime(name).execute((instance, context) -> open.countDown());
    Scheduler scheduler =
        Scheduler.create(pool, task)
            .threads(THREADS)
            .pollUsingLockAndFetch(1.0, 4.0)
            .pollingInterval(Duration.ofSeconds(1))
            .build();
    schedule(scheduler, task, tasks);
    long begin = System.nanoTime();
    scheduler.start();
    try {
      if (!open.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(open.getCount() + " tasks were not run in " + LIMIT);
      }
      return (System.nanoTime() - begin) / 1e9;
    } finally {
      scheduler.stop();
    }
  }

  private static void schedule(Scheduler scheduler, OneTimeTask<Void> task, int tasks) {
    Instant due = Instant.now();
    IntStream.range(0, tasks)
        .mapToObj(i -> task.instance(Integer.toString(i)))
        .forEach((TaskInstance<Void> instance) -> scheduler.schedule(instance, due));
  }
}
