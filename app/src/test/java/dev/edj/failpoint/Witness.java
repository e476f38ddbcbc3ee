package dev.edj.failpoint;

import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.TaskType;
import dev.edj.worker.AttemptRunner;
import dev.edj.worker.RunningAttempt;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// Stands for the target: each attempt leaves a row where EDJ does not look. The first attempt on a
/// database called `fails` fails after its work was done.
final class Witness implements AttemptRunner {

  static final String TABLE =
      """
      CREATE TABLE witness (
        witness_id bigint GENERATED ALWAYS AS IDENTITY,
        execution_id uuid NOT NULL,
        database_name text NOT NULL,
        attempt int NOT NULL);
      GRANT SELECT, INSERT ON witness TO PUBLIC
      """;

  private final Jdbi jdbi;

  Witness(ControlDatabaseAddress address) {
    this.jdbi = Jdbi.create(address.url(), address.user(), address.password());
  }

  @Override
  public AttemptReport run(RunningAttempt attempt) {
    ClaimedChild child = attempt.child();
    jdbi.useHandle(handle ->
        handle.execute(
            "INSERT INTO witness (execution_id, database_name, attempt) VALUES (?, ?, ?)",
            child.executionId(),
            child.database(),
            child.attempt()));
    boolean fails = child.database().equals("fails") && child.failedAttempts() == 0;
    return new AttemptReport(
        child,
        TaskType.ScriptExecution,
        fails ? Lifecycle.Failed : Lifecycle.Succeeded,
        fails ? Lifecycle.WaitingForRetry : Lifecycle.Succeeded,
        fails ? Duration.ofMillis(10) : null,
        fails,
        null,
        null,
        List.of(
            new AttemptReport.BatchReport(
                1, Lifecycle.Succeeded, Duration.ZERO, Duration.ZERO, null)),
        List.of(new AttemptReport.LogPiece(0, "done\n")));
  }
}
