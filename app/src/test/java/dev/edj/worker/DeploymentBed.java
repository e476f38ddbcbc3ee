package dev.edj.worker;

import dev.edj.credential.NewCredential;
import dev.edj.dacpac.Packages;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.Executions;
import dev.edj.execution.KeptPlan;
import dev.edj.execution.KeptPlanStore;
import dev.edj.execution.NewExecution;
import dev.edj.execution.Purpose;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.testing.GivenDeployer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Attempts at deploying a package, one by one, each claimed as a worker would.
final class DeploymentBed implements AutoCloseable {

  private final TestBed bed;
  private final AtomicInteger number = new AtomicInteger();

  DeploymentBed(GivenDeployer deployer) {
    bed = new TestBed(deployer);
  }

  @Override
  public void close() {
    bed.close();
  }

  Executions executions() {
    return bed.executions;
  }

  /// A run's only step, which deploys a package.
  long start(Site site, Map<String, String> publishOptions) throws IOException {
    return start(site, publishOptions, Purpose.Run, Map.of(), Map.of());
  }

  long start(
      Site site,
      Map<String, String> publishOptions,
      Purpose purpose,
      Map<String, @Nullable String> parameters,
      Map<String, @Nullable String> secrets)
      throws IOException {
    String name = "package " + number.incrementAndGet();
    bed.fleet.contents.createDacpac(
        name, new ByteArrayInputStream(file(parameters, secrets)), null);
    bed.fleet.collection(name);
    bed.fleet.credentials.create(
        new NewCredential(
            name, site.settings().user(), site.settings().password().text(), null, List.of("*")));
    bed.fleet.jobs.create(
        new NewJob(
            name,
            null,
            List.of(NewJobStep.of(name, name, name).publishOptions(publishOptions).build()),
            null,
            parameters,
            secrets,
            null));
    return bed.step(bed.executions.start(name, new NewExecution(null, null, purpose), "test").id());
  }

  /// A package whose variables have the parameters' names.
  private static byte[] file(
      Map<String, @Nullable String> parameters, Map<String, @Nullable String> secrets) {
    Set<String> names = new LinkedHashSet<>(parameters.keySet());
    names.addAll(secrets.keySet());
    return Packages.ofVariables(names).bytes();
  }

  /// A child that node 1 has claimed.
  ClaimedChild child(Site site, long step, int attempt) {
    UUID id = UUID.randomUUID();
    int server = bed.server(site);
    bed.jdbi.useHandle(handle ->
        handle.execute(
            """
            INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name, lifecycle, node_id,
              attempt, attempt_started_at)
            VALUES (?, ?, ?, ?, 'InProgress', 1, ?, now())
            """,
            id,
            step,
            server,
            site.database(),
            attempt));
    return TestBed.child(id, step, server, site, attempt);
  }

  /// The same child's next attempt.
  ClaimedChild again(ClaimedChild child) {
    bed.jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE child_execution SET attempt = attempt + 1 WHERE execution_id = ?",
            child.executionId()));
    return new ClaimedChild(
        child.executionId(),
        child.stepExecutionId(),
        child.serverId(),
        child.database(),
        child.attempt() + 1,
        child.nodeId(),
        null,
        child.attempt(),
        null,
        null);
  }

  /// Somebody else has claimed it.
  void lose(ClaimedChild child) {
    bed.jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE child_execution SET node_id = 2, attempt = attempt + 1 WHERE execution_id = ?",
            child.executionId()));
  }

  AttemptReport run(ClaimedChild child) {
    return bed.run(child);
  }

  AttemptReport run(RunningAttempt attempt) {
    return bed.attempts.run(attempt);
  }

  Optional<KeptPlan> findPlan(UUID child) {
    return bed.jdbi.onDemand(KeptPlanStore.class).find(child);
  }
}
