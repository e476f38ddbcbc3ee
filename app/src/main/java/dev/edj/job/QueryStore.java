package dev.edj.job;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/// The hidden jobs of queries in the control database.
interface QueryStore {

  /// Makes a job of one step that nobody finds; returns its id. What a policy says of its times is
  /// replaced when it is started.
  @SqlQuery(
      """
      WITH made AS (
        INSERT INTO job (name, ad_hoc, current_version) VALUES (:name, true, 1)
        RETURNING job_id
      ), versioned AS (
        INSERT INTO job_version (job_id, version) SELECT job_id, 1 FROM made
        RETURNING job_id
      )
      INSERT INTO job_step (job_id, version, step_id, name, content_id, credential_id, target_id, policy_id)
      SELECT v.job_id, 1, 1, 'Query', :contentId, :credentialId, :targetId, p.policy_id
      FROM versioned v CROSS JOIN execution_policy p
      WHERE p.name = :policy
      RETURNING job_id
      """)
  long insertJob(String name, long contentId, long credentialId, UUID targetId, String policy);

  @SqlQuery(
      """
      SELECT EXISTS (SELECT FROM job_execution e JOIN job j USING (job_id) WHERE e.execution_id = :run AND j.ad_hoc)
      """)
  boolean contains(UUID run);

  /// The name of the credential that the target itself has.
  @SqlQuery(
      """
      SELECT c.name FROM target t JOIN credential c USING (credential_id) WHERE t.target_id = :targetId
      """)
  Optional<String> findLogin(UUID targetId);
}
