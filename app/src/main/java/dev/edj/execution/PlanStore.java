package dev.edj.execution;

import dev.edj.engine.TargetError;
import dev.edj.parameter.ParameterValues;
import dev.edj.policy.Backoff;
import dev.edj.policy.Retries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/// What a worker needs to know of a step to run its children.
public interface PlanStore {

  @SqlQuery(
      """
      SELECT s.step_execution_id, e.execution_id AS run_id, e.created_at AS run_created_at, j.job_id, j.name AS job,
             e.job_version, e.purpose, s.step_id, s.step_name, c.name AS content, s.content_version,
             coalesce(cv.text, '') AS script, c.kind = 'Dacpac' AS deploys_package, cv.package_uri, s.package_sha256,
             s.publish_options,
             s.exactly_once, s.most_rows, s.credential_id, t.name AS target,
             s.attempt_timeout_ms AS attempt_timeout, s.initial_retry_interval_ms AS initial_retry_interval,
             s.maximum_retry_interval_ms AS maximum_retry_interval, s.retry_interval_backoff_coefficient,
             s.maximum_attempts, s.retry = 'transient' AS transient_only, s.transient_errors, s.permanent_errors,
             s.results, s.destination_server_id, s.destination_database, s.destination_schema, s.destination_table,
             s.destination_credential_id, s.destination_drift = 'Add' AS destination_adds_columns,
             s.destination_source_columns AS destination_tells_source, s.on_destination_failure = 'WriteOnly' AS write_only
      FROM step_execution s
      JOIN job_execution e ON e.execution_id = s.execution_id
      JOIN job j ON j.job_id = e.job_id
      JOIN content_version cv ON cv.content_id = s.content_id AND cv.version = s.content_version
      JOIN content c ON c.content_id = s.content_id
      JOIN target t ON t.target_id = s.target_id
      WHERE s.step_execution_id = :step
      """)
  @RegisterConstructorMapper(PinnedPlan.class)
  PinnedPlan plan(@Bind("step") long stepExecutionId);

  @SqlQuery(
      """
      SELECT v.parameters AS declared, e.parameters AS given
      FROM job_execution e
      JOIN job_version v ON v.job_id = e.job_id AND v.version = e.job_version
      WHERE e.execution_id = :run
      """)
  @RegisterConstructorMapper(RunParameters.class)
  RunParameters parameters(@Bind("run") UUID run);

  /// The values of a run's parameters, in JSON.
  ///
  /// @param declared by the job's version
  /// @param given at the start; they win
  record RunParameters(String declared, String given) {

    public ParameterValues declaredValues() {
      return ParameterValues.parse(declared);
    }

    public ParameterValues givenValues() {
      return ParameterValues.parse(given);
    }
  }

  /// A step as its run pinned it.
  ///
  /// @param script empty when the step deploys a package
  /// @param packageUri where the package is fetched from; null when its file is kept
  /// @param packageSha256 the package of this run; null until it is fetched
  /// @param publishOptions each `Name=Value`
  /// @param exactlyOnce whether the script runs as one transaction with a row of the target's
  ///   ledger
  /// @param mostRows of a script of no job, how many rows of its result are kept; else null
  /// @param transientOnly whether failures that cannot pass by themselves end the child at once
  /// @param destination where the rows go when the results are sent
  /// @param writeOnly whether the policy has rows that could not be written be written again
  ///   without running the script again
  record PinnedPlan(
      long stepExecutionId,
      UUID runId,
      Instant runCreatedAt,
      long jobId,
      String job,
      int jobVersion,
      Purpose purpose,
      int stepId,
      String stepName,
      String content,
      int contentVersion,
      String script,
      boolean deploysPackage,
      @Nullable String packageUri,
      @Nullable String packageSha256,
      List<String> publishOptions,
      boolean exactlyOnce,
      @Nullable Integer mostRows,
      long credentialId,
      String target,
      @Nullable Duration attemptTimeout,
      Duration initialRetryInterval,
      Duration maximumRetryInterval,
      double retryIntervalBackoffCoefficient,
      int maximumAttempts,
      boolean transientOnly,
      Set<String> transientErrors,
      Set<String> permanentErrors,
      ResultMode results,
      @Nested("destination") @Nullable PinnedDestination destination,
      boolean writeOnly) {

    /// What goes wrong before a word of the script is run.
    private static final Set<TargetError.Kind> BEFORE_THE_SCRIPT =
        Set.of(TargetError.Kind.CONNECT, TargetError.Kind.LOGIN, TargetError.Kind.FOREIGN_LOCK);

    private static final int FEW_ATTEMPTS = 3;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /// What the policy says of a run. A check, a trial, and whatever somebody waits for who made no
    /// job of it, are to tell soon how things stand: they try again only what may pass by itself,
    /// and not often.
    public Retries retries() {
      return switch (purpose) {
        case Run -> mostRows == null ? ofPolicy() : few();
        case Check, Trial, Query -> few();
      };
    }

    private Retries ofPolicy() {
      return new Retries(
          new Backoff(initialRetryInterval, maximumRetryInterval, retryIntervalBackoffCoefficient),
          maximumAttempts,
          transientOnly);
    }

    private Retries few() {
      return new Retries(
          new Backoff(
              shorter(initialRetryInterval, LONGEST_WAIT),
              shorter(maximumRetryInterval, LONGEST_WAIT),
              retryIntervalBackoffCoefficient),
          Math.min(maximumAttempts, FEW_ATTEMPTS),
          true);
    }

    private static Duration shorter(Duration one, Duration other) {
      return one.compareTo(other) < 0 ? one : other;
    }

    /// What a worker does with it.
    public TaskType taskType() {
      return deploysPackage ? TaskType.Dacpac : TaskType.ScriptExecution;
    }

    /// Whether all batches of the script are to be one transaction.
    public boolean oneTransaction() {
      return switch (purpose) {
        case Run, Check -> exactlyOnce;
        case Trial, Query -> true;
      };
    }

    /// Whether the script is not run again once it may have begun: it is of no job, so nobody was
    /// asked to write it in a way that a second run does no harm.
    public boolean atMostOnce() {
      return mostRows != null && purpose == Purpose.Run;
    }

    /// Whether a write that failed is tried again without the script, which is not run again once
    /// it has run. With exactly once it is rolled back instead, so that it can.
    public boolean triesWriteAlone() {
      return writeOnly && !exactlyOnce && purpose == Purpose.Run;
    }

    /// Whether the failure may pass by itself, by the engine's table and the policy's own lists.
    /// Where the script must not run twice, what goes wrong in it does not.
    public boolean mayPass(TargetError error) {
      return error.transientFailure(transientErrors, permanentErrors)
          && (!atMostOnce() || BEFORE_THE_SCRIPT.contains(error.kind()));
    }
  }
}
