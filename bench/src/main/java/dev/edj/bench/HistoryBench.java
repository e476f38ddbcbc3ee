package dev.edj.bench;

import dev.edj.execution.Claims;
import dev.edj.execution.HistoryStore;
import dev.edj.execution.HistoryStore.EndedRun;
import dev.edj.execution.RunStore;
import dev.edj.node.NodeLease;
import dev.edj.node.NodeProfile;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.Jdbi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What history costs the queue: the time of a claim in an empty control database, in one with
/// millions of finished children, and there while old runs are removed.
@Command(name = "history", description = "time of a claim beside millions of finished children")
final class HistoryBench implements Callable<Integer> {

  private static final int DATABASES = 20_000;
  private static final int SERVERS = 200;
  private static final int CLAIMS = 100;
  private static final int SLOTS = 50;

  @Option(
      names = "--finished",
      defaultValue = "5000000",
      description = "finished children in the tables (${DEFAULT-VALUE})")
  private int finished;

  @Override
  public Integer call() throws Exception {
    try (QueueUnderTest queue = new QueueUnderTest(DATABASES, SERVERS)) {
      claimAll(queue); // what is compiled once is not what is measured
      double empty = claimAll(queue);
      System.out.printf("claim, empty           p50 %.2f ms%n", empty);
      insertFinished(queue.jdbi());
      double full = claimAll(queue);
      System.out.printf("claim, %,d finished p50 %.2f ms%n", finished, full);
      Thread purge = Thread.ofPlatform().daemon().start(() -> removeAll(queue.jdbi()));
      double purging = claimAll(queue);
      System.out.printf(
          "claim, while removed   p50 %.2f ms%s%n",
          purging, purge.isAlive() ? "" : " (removal had ended)");
      purge.interrupt();
      purge.join();
      System.out.printf("removing/empty %.2f%n", purging / empty);
      System.out.printf("finished/empty %.2f%n", full / empty);
    }
    return 0;
  }

  /// Expands a run, claims it in portions, and ends it. Returns the median of the claims, in
  /// milliseconds.
  private static double claimAll(QueueUnderTest queue) {
    Jdbi jdbi = queue.jdbi();
    UUID run = expand(queue);
    long node = NodeLease.register(jdbi, NodeProfile.of("claims", Duration.ofHours(1))).nodeId();
    Claims claims = new Claims(jdbi, new Random(1));
    double[] milliseconds = new double[CLAIMS];
    for (int i = 0; i < CLAIMS; i++) {
      long begin = System.nanoTime();
      if (claims.claim(node, SLOTS, 0).size() != SLOTS) {
        throw new IllegalStateException("too little to claim");
      }
      milliseconds[i] = (System.nanoTime() - begin) / 1e6;
    }
    end(jdbi, run);
    Arrays.sort(milliseconds);
    return milliseconds[CLAIMS / 2];
  }

  /// As a controller does, but with no node that would claim at once.
  private static UUID expand(QueueUnderTest queue) {
    Jdbi jdbi = queue.jdbi();
    UUID run = queue.executions().start("big", "bench").id();
    return jdbi.inTransaction(handle -> {
      RunStore store = handle.attach(RunStore.class);
      long step = store.pinnedSteps(run).getFirst().stepExecutionId();
      handle
          .createUpdate(
              """
              INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name)
              SELECT gen_random_uuid(), :step, server_id, database_name FROM target WHERE kind = 'Database'
              """)
          .bind("step", step)
          .execute();
      handle.execute(
          "UPDATE step_progress SET created = ? WHERE step_execution_id = ?", DATABASES, step);
      handle.execute(
          "UPDATE job_execution SET lifecycle = 'WaitingForChildJobExecutions', started_at = now() WHERE execution_id = ?",
          run);
      return run;
    });
  }

  private static void end(Jdbi jdbi, UUID run) {
    jdbi.useTransaction(handle -> {
      handle.execute(
          """
          UPDATE child_execution SET lifecycle = 'Succeeded', node_id = NULL, ended_at = now()
          WHERE step_execution_id IN (SELECT step_execution_id FROM step_execution WHERE execution_id = ?)
          """,
          run);
      handle.execute(
          """
          UPDATE step_progress SET created = 0, in_progress = 0, succeeded = ?
          WHERE step_execution_id IN (SELECT step_execution_id FROM step_execution WHERE execution_id = ?)
          """,
          DATABASES,
          run);
      handle.execute(
          "UPDATE job_execution SET lifecycle = 'Succeeded', ended_at = now() WHERE execution_id = ?",
          run);
    });
  }

  /// Ended runs of all databases, two months old, each child with its task.
  private void insertFinished(Jdbi jdbi) {
    jdbi.useHandle(handle -> {
      for (int done = 0; done < finished; done += DATABASES) {
        handle.execute(
            """
            WITH run AS (
              INSERT INTO job_execution (execution_id, job_id, job_version, lifecycle, created_by, created_at, started_at, ended_at, followed)
              SELECT gen_random_uuid(), job_id, 1, 'Succeeded', 'bench', now() - interval '2 months',
                     now() - interval '2 months', now() - interval '2 months', true
              FROM job WHERE name = 'big' RETURNING execution_id, job_id, created_at
            ), step AS (
              INSERT INTO step_execution (execution_id, step_id, step_name, content_id, content_version, credential_id,
                target_id, policy_name, initial_retry_interval_ms, maximum_retry_interval_ms,
                retry_interval_backoff_coefficient, maximum_attempts, retry, transient_errors, permanent_errors,
                run_created_at, run_lifecycle)
              SELECT run.execution_id, 1, s.name, s.content_id, 1, s.credential_id, s.target_id, 'p', 1, 1, 1, 1, 'all', '{}', '{}',
                     run.created_at, 'Succeeded'
              FROM run JOIN job_step s ON s.job_id = run.job_id RETURNING step_execution_id
            ), progress AS (
              INSERT INTO step_progress (step_execution_id, succeeded) SELECT step_execution_id, ? FROM step
            ), child AS (
              INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name, lifecycle, attempt,
                created_at, started_at, attempt_started_at, ended_at)
              SELECT gen_random_uuid(), step.step_execution_id, t.server_id, t.database_name, 'Succeeded', 1,
                now() - interval '2 months', now() - interval '2 months', now() - interval '2 months', now() - interval '2 months'
              FROM step, target t WHERE t.kind = 'Database' RETURNING execution_id
            )
            INSERT INTO task_execution (execution_id, task_number, type, lifecycle, created_at, ended_at)
            SELECT execution_id, 1, 'ScriptExecution', 'Succeeded', now(), now() FROM child
            """,
            DATABASES);
      }
      handle.execute("ANALYZE");
    });
  }

  private static void removeAll(Jdbi jdbi) {
    HistoryStore history = jdbi.onDemand(HistoryStore.class);
    for (EndedRun run : history.removableRuns(Duration.ofDays(45).toMillis(), 1_000)) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      history.removeRuns(run.executionId());
    }
  }
}
