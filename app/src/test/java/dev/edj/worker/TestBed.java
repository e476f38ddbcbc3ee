package dev.edj.worker;

import dev.edj.credential.NewCredential;
import dev.edj.dacpac.Deployer;
import dev.edj.dacpac.SqlServerDeployer;
import dev.edj.engine.TlsMode;
import dev.edj.execution.AttemptProgress;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.AttemptReport.LogPiece;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.NewExecution;
import dev.edj.execution.Purpose;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.target.NewTarget;
import dev.edj.target.ServerSettingsChange;
import dev.edj.target.TargetKind;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/// Attempts of jobs' steps, one by one, without a worker that claims them.
final class TestBed implements AutoCloseable {

  final TestControlDatabase database = TestControlDatabase.create();
  final Jdbi jdbi = database.jdbi();
  final TestFleet fleet = new TestFleet(jdbi);
  final Executions executions =
      new Executions(jdbi, new TimeOrderedIds(InstantSource.system()), new EndSignal());
  private final Destinations destinations = new Destinations(fleet.dialer);
  final ScriptAttempt attempts;
  private final AtomicInteger number = new AtomicInteger();

  TestBed() {
    this(new SqlServerDeployer());
  }

  TestBed(Deployer deployer) {
    attempts =
        new ScriptAttempt(
            jdbi,
            fleet.dialer,
            destinations,
            fleet.privateKeys,
            fleet.packages,
            deployer,
            Path.of(System.getProperty("java.io.tmpdir")));
  }

  @Override
  public void close() {
    destinations.close();
    database.close();
  }

  AttemptReport run(ClaimedChild child) {
    return attempts.run(new RunningAttempt(child, 10_000, () -> true));
  }

  static String log(AttemptReport report) {
    return report.log().stream().map(LogPiece::text).collect(Collectors.joining());
  }

  /// Whether a batch of the running attempt has begun.
  static boolean hasBegun(RunningAttempt attempt, int batch) {
    AttemptProgress progress = attempt.record().takeProgress(attempt.child());
    attempt.record().giveBack(progress);
    return progress.batches().stream().anyMatch(one -> one.number() == batch);
  }

  static ClaimedChild child(UUID execution, long step, int server, Site site, int attempt) {
    return new ClaimedChild(
        execution, step, server, site.database(), attempt, 1, null, 0, null, null);
  }

  int server(Site site) {
    return server(site.settings().server().canonical());
  }

  int server(String name) {
    if (serverIds(name).isEmpty()) {
      fleet.targets.create(
          new NewTarget(
              TargetKind.Server,
              null,
              name,
              null,
              null,
              null,
              new ServerSettingsChange(TlsMode.DISABLE, null, null, null, null, null, null)));
    }
    return serverIds(name).getFirst();
  }

  private List<Integer> serverIds(String name) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT server_id FROM server WHERE name = :name")
            .bind("name", name)
            .mapTo(Integer.class)
            .list());
  }

  /// A run's only step, on a collection that nobody asks.
  long step(Site site, String script, boolean exactlyOnce) {
    return start(job(site, script, exactlyOnce));
  }

  long step(Site site, String script, boolean exactlyOnce, Purpose purpose) {
    NewExecution what = new NewExecution(null, null, purpose);
    return step(executions.start(job(site, script, exactlyOnce), what, "test").id());
  }

  long start(String job) {
    return step(executions.start(job, "test").id());
  }

  long step(UUID run) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT step_execution_id FROM step_execution WHERE execution_id = :run")
            .bind("run", run)
            .mapTo(Long.class)
            .one());
  }

  String job(Site site, String script, boolean exactlyOnce) {
    return job(site, script, step -> step, exactlyOnce);
  }

  /// @param how what else its step says
  String job(Site site, String script, UnaryOperator<NewJobStep> how, boolean exactlyOnce) {
    String name = "job " + number.incrementAndGet();
    fleet.content(name, script);
    fleet.collection(name);
    fleet.credentials.create(
        new NewCredential(
            name, site.settings().user(), site.settings().password().text(), null, List.of("*")));
    NewJobStep step = NewJobStep.of(name, name, name).exactlyOnce(exactlyOnce).build();
    fleet.jobs.create(new NewJob(name, null, List.of(how.apply(step)), null, null));
    return name;
  }
}
