package dev.edj.target;

import dev.edj.target.MemberStore.ListedValue;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Targets in the control database.
@RegisterConstructorMapper(TargetRow.class)
interface TargetStore {

  @SqlUpdate(
      """
      INSERT INTO target (target_id, name, kind, server_id, database_name, credential_id,
        include_system_databases, shard_map_name, name_patterns, exclude_patterns,
        pool_name)
      VALUES (:targetId, :name, :kind, :serverId, :databaseName, :credentialId,
        :includeSystemDatabases, :shardMapName, :namePatterns, :excludePatterns, :poolName)
      """)
  void insert(
      UUID targetId,
      String name,
      TargetKind kind,
      @Nullable Integer serverId,
      @Nullable String databaseName,
      @Nullable Long credentialId,
      boolean includeSystemDatabases,
      @Nullable String shardMapName,
      String[] namePatterns,
      String[] excludePatterns,
      @Nullable String poolName);

  @SqlUpdate(
      """
      UPDATE target
      SET name = :name,
          credential_id = :credentialId,
          include_system_databases = :includeSystemDatabases,
          name_patterns = :namePatterns,
          exclude_patterns = :excludePatterns,
          updated_at = now()
      WHERE target_id = :targetId
      """)
  void update(
      UUID targetId,
      String name,
      @Nullable Long credentialId,
      boolean includeSystemDatabases,
      String[] namePatterns,
      String[] excludePatterns);

  @SqlQuery(
      """
      SELECT t.*, s.name AS server, c.name AS credential, s.tls, s.trusted_certificate,
        s.pinned_certificates, s.password_methods, s.connect_timeout_ms AS connect_timeout, s.max_connections, s.required_labels
      FROM target t
      LEFT JOIN server s USING (server_id)
      LEFT JOIN credential c USING (credential_id)
      WHERE t.name = :name OR t.target_id = CAST(:id AS uuid)
      """)
  Optional<TargetRow> find(String name, @Nullable UUID id);

  /// Until the transaction ends, nobody else changes the target.
  @SqlQuery(
      """
      SELECT target_id FROM target WHERE target_id = :targetId FOR UPDATE
      """)
  Optional<UUID> lock(UUID targetId);

  @SqlQuery(
      """
      SELECT t.name
      FROM target t JOIN server s USING (server_id)
      WHERE s.name = :server AND t.kind = :kind
        AND t.database_name IS NOT DISTINCT FROM CAST(:databaseName AS text)
        AND t.shard_map_name IS NOT DISTINCT FROM CAST(:shardMapName AS text)
        AND t.pool_name IS NOT DISTINCT FROM CAST(:poolName AS text)
        AND t.name_patterns = '{}' AND t.exclude_patterns = '{}'
      """)
  Optional<String> findName(
      TargetKind kind,
      String server,
      @Nullable String databaseName,
      @Nullable String shardMapName,
      @Nullable String poolName);

  @SqlQuery(
      """
      SELECT t.*, s.name AS server, c.name AS credential, s.tls, s.trusted_certificate,
        s.pinned_certificates, s.password_methods, s.connect_timeout_ms AS connect_timeout, s.max_connections, s.required_labels
      FROM target t
      LEFT JOIN server s USING (server_id)
      LEFT JOIN credential c USING (credential_id)
      WHERE (CAST(:kind AS text) IS NULL OR t.kind = :kind)
        AND (CAST(:server AS text) IS NULL OR s.name = :server)
        AND (CAST(:databaseName AS text) IS NULL OR t.database_name = :databaseName)
        AND (CAST(:name AS text) IS NULL OR t.name = :name)
        AND (CAST(:after AS text) IS NULL OR t.name > :after)
      ORDER BY t.name
      LIMIT :limit
      """)
  List<TargetRow> list(
      @Nullable TargetKind kind,
      @Nullable String server,
      @Nullable String databaseName,
      @Nullable String name,
      @Nullable String after,
      int limit);

  @SqlUpdate(
      """
      DELETE FROM target WHERE target_id = :targetId
      """)
  int delete(UUID targetId);

  @SqlQuery(
      """
      SELECT v.target_id, v.server_id, s.name AS server, v.database_name, v.parameters
      FROM target_database_value v JOIN server s USING (server_id)
      WHERE v.target_id = :targetId
      ORDER BY s.name, v.database_name
      """)
  @RegisterConstructorMapper(ListedValue.class)
  List<ListedValue> databaseValues(UUID targetId);

  @SqlQuery(
      """
      SELECT parameters FROM target_database_value
      WHERE target_id = :targetId AND server_id = :serverId AND database_name = :databaseName
      """)
  Optional<String> databaseValues(UUID targetId, int serverId, String databaseName);

  @SqlUpdate(
      """
      INSERT INTO target_database_value (target_id, server_id, database_name, parameters)
      VALUES (:targetId, :serverId, :databaseName, CAST(:parameters AS jsonb))
      ON CONFLICT (target_id, server_id, database_name) DO UPDATE SET parameters = EXCLUDED.parameters
      """)
  void putDatabaseValues(UUID targetId, int serverId, String databaseName, String parameters);

  @SqlUpdate(
      """
      DELETE FROM target_database_value
      WHERE target_id = :targetId AND server_id = :serverId AND database_name = :databaseName
      """)
  void deleteDatabaseValues(UUID targetId, int serverId, String databaseName);

  @SqlQuery(
      """
      SELECT DISTINCT j.name
      FROM job_step s JOIN job j USING (job_id)
      WHERE s.target_id = :targetId AND NOT j.ad_hoc
      ORDER BY j.name
      """)
  List<String> jobs(UUID targetId);

  /// Users who have a role in the collection, and no more than that.
  @SqlQuery(
      """
      SELECT DISTINCT u.name
      FROM user_grant g JOIN user_account u USING (user_id)
      WHERE g.collection_id = :targetId
      ORDER BY u.name
      """)
  List<String> users(UUID targetId);

  /// Tokens that are narrowed to the collection, behind their users.
  @SqlQuery(
      """
      SELECT u.name || '/' || t.name
      FROM access_token_collection c JOIN access_token t USING (token_id) JOIN user_account u USING (user_id)
      WHERE c.collection_id = :targetId
      ORDER BY 1
      """)
  List<String> tokens(UUID targetId);

  @SqlQuery(
      """
      SELECT p.name
      FROM target_child c JOIN target p ON p.target_id = c.parent_id
      WHERE c.child_id = :targetId
      ORDER BY p.name
      """)
  List<String> collections(UUID targetId);
}
