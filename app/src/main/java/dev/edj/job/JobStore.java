package dev.edj.job;

import dev.edj.execution.Rollout;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Jobs, their versions and their steps in the control database. Those that were made for one query
/// are not found.
@RegisterConstructorMapper(JobRows.JobRow.class)
@RegisterConstructorMapper(JobRows.StepRow.class)
@RegisterConstructorMapper(JobRows.ContentRow.class)
@RegisterConstructorMapper(StepReferences.class)
@RegisterConstructorMapper(JobVersion.class)
interface JobStore {

  @SqlQuery(
      """
      INSERT INTO job (name, enabled, current_version) VALUES (:name, :enabled, 1)
      RETURNING job_id
      """)
  long insert(String name, boolean enabled);

  @SqlUpdate(
      """
      INSERT INTO job_version (job_id, version, description, parameters, waves, wave_pause_ms, wave_approval,
        failure_limit, created_by)
      VALUES (:jobId, :version, :description, CAST(:parameters AS jsonb), :waves, :pauseMs, :approval,
        :failureLimit, :user)
      """)
  void insertVersion(
      long jobId,
      int version,
      String description,
      String parameters,
      @BindMethods Rollout rollout,
      @Nullable String user);

  @SqlUpdate(
      """
      INSERT INTO job_step (job_id, version, step_id, name, content_id, content_version,
        credential_id, target_id, policy_id, max_parallelism, exactly_once, barrier, results,
        destination_server_id, destination_database, destination_schema, destination_table,
        destination_credential_id, destination_drift, destination_source_columns, publish_options)
      VALUES (:jobId, :version, :stepId, :name, :contentId, :contentVersion, :credentialId,
        :targetId, :policyId, :maxParallelism, :exactlyOnce, :barrier, :results,
        :destination?.serverId, :destination?.database, :destination?.schema, :destination?.table,
        :destination?.credentialId, :destination?.drift, :destination?.sourceColumns, :publishOptions)
      """)
  void insertStep(long jobId, int version, @BindMethods StepReferences step);

  @SqlUpdate(
      """
      UPDATE job
      SET enabled = :enabled, current_version = :version, updated_at = now()
      WHERE job_id = :jobId
      """)
  void update(long jobId, boolean enabled, int version);

  @SqlUpdate(
      """
      UPDATE job_version SET description = :description
      WHERE job_id = :jobId AND version = :version
      """)
  void updateDescription(long jobId, int version, String description);

  @SqlUpdate(
      """
      UPDATE job SET delete_requested_at = COALESCE(delete_requested_at, now())
      WHERE job_id = :jobId
      """)
  void markDeleted(long jobId);

  @SqlQuery(
      """
      SELECT job_id FROM job WHERE name = :name AND NOT ad_hoc FOR UPDATE
      """)
  Optional<Long> lock(String name);

  String JOBS =
      """
      SELECT j.job_id, j.name, v.description, j.enabled,
        j.delete_requested_at IS NOT NULL AS deleting, v.version, v.waves,
        v.wave_pause_ms AS wave_pause, v.wave_approval, v.failure_limit, v.parameters, j.created_at, j.updated_at
      FROM job j
      JOIN job_version v
        ON v.job_id = j.job_id AND v.version = COALESCE(CAST(:version AS int), j.current_version)
      """;

  String STEPS =
      """
      SELECT s.job_id, s.step_id, s.name, c.name AS content, s.content_version,
        d.name AS credential, t.name AS target, p.name AS policy, s.max_parallelism,
        s.exactly_once, s.barrier, s.results, ds.name AS destination_server,
        s.destination_database, s.destination_schema, s.destination_table,
        dc.name AS destination_credential, s.destination_drift AS destination_schema_drift,
        s.destination_source_columns, s.publish_options
      FROM job j
      JOIN job_step s
        ON s.job_id = j.job_id AND s.version = COALESCE(CAST(:version AS int), j.current_version)
      JOIN content c USING (content_id)
      JOIN credential d ON d.credential_id = s.credential_id
      JOIN target t ON t.target_id = s.target_id
      JOIN execution_policy p USING (policy_id)
      LEFT JOIN server ds ON ds.server_id = s.destination_server_id
      LEFT JOIN credential dc ON dc.credential_id = s.destination_credential_id
      """;

  @SqlQuery(JOBS + "WHERE j.name = :name AND NOT j.ad_hoc")
  List<JobRows.JobRow> jobs(String name, @Nullable Integer version);

  @SqlQuery(STEPS + "WHERE j.name = :name AND NOT j.ad_hoc ORDER BY s.step_id")
  List<JobRows.StepRow> steps(String name, @Nullable Integer version);

  /// In the order of their names.
  @SqlQuery(
      JOBS
          + """
          WHERE (CAST(:after AS text) IS NULL OR j.name > :after) AND NOT j.ad_hoc
          ORDER BY j.name
          LIMIT :limit
          """)
  List<JobRows.JobRow> page(@Nullable String after, int limit, @Nullable Integer version);

  @SqlQuery(JOBS + "WHERE j.name = ANY (:names) AND NOT j.ad_hoc")
  List<JobRows.JobRow> named(List<String> names, @Nullable Integer version);

  @SqlQuery(STEPS + "WHERE j.job_id = ANY (:jobs) ORDER BY s.job_id, s.step_id")
  List<JobRows.StepRow> stepsOf(List<Long> jobs, @Nullable Integer version);

  /// Some of the names that hold a text, in whatever case; first those that begin with it.
  @SqlQuery(
      """
      SELECT name FROM job
      WHERE position(lower(:text) IN lower(name)) > 0 AND NOT ad_hoc
      ORDER BY position(lower(:text) IN lower(name)), name
      LIMIT :limit
      """)
  List<String> names(String text, int limit);

  @SqlQuery(
      """
      SELECT v.version, v.description, v.created_at, v.created_by
      FROM job j JOIN job_version v USING (job_id)
      WHERE j.name = :name AND NOT j.ad_hoc
      ORDER BY v.version DESC
      """)
  List<JobVersion> versions(String name);

  @SqlQuery(
      """
      SELECT step_id, name, content_id, content_version, credential_id, target_id, policy_id,
        max_parallelism, exactly_once, barrier, results, destination_server_id,
        destination_database, destination_schema, destination_table, destination_credential_id,
        destination_drift, destination_source_columns, publish_options
      FROM job_step
      WHERE job_id = :jobId AND version = :version
      ORDER BY step_id
      """)
  List<StepReferences> references(long jobId, int version);

  @SqlQuery(
      """
      SELECT content_id, kind FROM content WHERE name = :name AND NOT ad_hoc FOR KEY SHARE
      """)
  Optional<JobRows.ContentRow> findContent(String name);

  /// The file of the package that is a version, or the newest; nothing of what is fetched.
  @SqlQuery(
      """
      SELECT v.package_sha256
      FROM content c JOIN content_version v USING (content_id)
      WHERE c.content_id = :contentId AND v.version = COALESCE(CAST(:version AS int), c.latest_version)
        AND v.package_sha256 IS NOT NULL
      """)
  Optional<String> findPackage(long contentId, @Nullable Integer version);

  @SqlQuery(
      """
      SELECT policy_id FROM execution_policy WHERE name = :name FOR KEY SHARE
      """)
  Optional<Long> findPolicy(String name);

  @SqlQuery(
      """
      SELECT target_id FROM target WHERE name = :nameOrId OR CAST(target_id AS text) = :nameOrId
      FOR KEY SHARE
      """)
  Optional<UUID> findTarget(String nameOrId);

  /// Makes a row for the server when there is none, with the usual settings.
  @SqlUpdate(
      """
      INSERT INTO server (name)
      SELECT :name
      WHERE NOT EXISTS (SELECT FROM server WHERE name = :name)
      ON CONFLICT (name) DO NOTHING
      """)
  void insertMissingServer(String name);

  @SqlQuery(
      """
      SELECT server_id FROM server WHERE name = :name
      """)
  int serverId(String name);

  /// The servers that the target is known to lead to before any server is asked. That of a shard
  /// map is the job's only when the map has no login of its own.
  @SqlQuery(
      """
      WITH RECURSIVE member (target_id) AS (
        SELECT CAST(:targetId AS uuid)
        UNION
        SELECT c.child_id
        FROM member m JOIN target_child c ON c.parent_id = m.target_id
        WHERE c.membership = 'Include')
      SELECT DISTINCT s.name
      FROM member m JOIN target t USING (target_id) JOIN server s USING (server_id)
      WHERE t.kind <> 'ShardMap' OR t.credential_id IS NULL
      ORDER BY s.name
      """)
  List<String> servers(UUID targetId);
}
