package dev.edj.policy;

import dev.edj.problem.NameSearch;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Execution policies in the control database.
@RegisterConstructorMapper(PolicyRow.class)
interface PolicyStore {

  @SqlUpdate(
      """
      INSERT INTO execution_policy (name, job_timeout_ms, attempt_timeout_ms,
        initial_retry_interval_ms, maximum_retry_interval_ms, retry_interval_backoff_coefficient,
        maximum_attempts, retry, transient_errors, permanent_errors, on_destination_failure)
      VALUES (:name, :jobTimeoutMs, :attemptTimeoutMs, :initialRetryIntervalMs,
        :maximumRetryIntervalMs, :retryIntervalBackoffCoefficient, :maximumAttempts, :retry,
        :transientErrors, :permanentErrors, :onDestinationFailure)
      """)
  void insert(@BindMethods PolicyRow policy);

  @SqlUpdate(
      """
      UPDATE execution_policy
      SET job_timeout_ms = :jobTimeoutMs,
          attempt_timeout_ms = :attemptTimeoutMs,
          initial_retry_interval_ms = :initialRetryIntervalMs,
          maximum_retry_interval_ms = :maximumRetryIntervalMs,
          retry_interval_backoff_coefficient = :retryIntervalBackoffCoefficient,
          maximum_attempts = :maximumAttempts,
          retry = :retry,
          transient_errors = :transientErrors,
          permanent_errors = :permanentErrors,
          on_destination_failure = :onDestinationFailure,
          updated_at = now()
      WHERE name = :name
      """)
  void update(@BindMethods PolicyRow policy);

  @SqlQuery(
      """
      SELECT * FROM execution_policy WHERE name = :name
      """)
  Optional<PolicyRow> find(String name);

  @SqlQuery(
      """
      SELECT * FROM execution_policy WHERE name = :name FOR UPDATE
      """)
  Optional<PolicyRow> findForUpdate(String name);

  @SqlQuery(
      """
      SELECT * FROM execution_policy ORDER BY name
      """)
  List<PolicyRow> list();

  /// A page of them, by name.
  @SqlQuery(
      """
      SELECT * FROM execution_policy
      WHERE true
        AND (CAST(:text AS text) IS NULL OR position(lower(:text) IN lower(name)) > 0)
        AND (CAST(:after AS text) IS NULL OR name > :after)
      ORDER BY name
      LIMIT :limit
      """)
  List<PolicyRow> search(@BindMethods NameSearch search);

  /// Some of the names that hold a text, in whatever case; first those that begin with it.
  @SqlQuery(
      """
      SELECT name FROM execution_policy
      WHERE position(lower(:text) IN lower(name)) > 0
      ORDER BY position(lower(:text) IN lower(name)), name
      LIMIT :limit
      """)
  List<String> names(String text, int limit);

  @SqlUpdate(
      """
      DELETE FROM execution_policy WHERE name = :name AND NOT built_in
      """)
  int delete(String name);

  @SqlQuery(
      """
      SELECT DISTINCT j.name
      FROM execution_policy p JOIN job_step s USING (policy_id) JOIN job j USING (job_id)
      WHERE p.name = :name AND NOT j.ad_hoc
      ORDER BY j.name
      """)
  List<String> jobs(String name);
}
