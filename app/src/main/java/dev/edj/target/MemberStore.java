package dev.edj.target;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.FetchSize;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/// Reads a target with everything below it in one statement, so in one state.
///
/// Each `LATERAL … OFFSET 0` holds the planner to one look into an index per row: it cannot know
/// how small a tree is, and would read all targets of the control database for a target of one
/// database.
@RegisterConstructorMapper(MemberStore.MemberRow.class)
interface MemberStore {

  /// One child of one collection; the root is the only one without a parent. There may be a million
  /// of them in memory, on few servers.
  ///
  /// @param listName of the shard map or the elastic pool
  /// @param namePatterns null where there are none
  /// @param name null for a database, which its server and its name tell
  /// @param parameters what it carries in its collection, in JSON; null when that is nothing
  record MemberRow(
      @Nullable UUID parentId,
      Membership membership,
      UUID targetId,
      @Nullable String name,
      TargetKind kind,
      @Nullable Integer serverId,
      @Nullable String server,
      @Nullable String databaseName,
      @Nullable String listName,
      @Nullable Long credentialId,
      boolean includeSystemDatabases,
      @Nullable List<String> namePatterns,
      @Nullable List<String> excludePatterns,
      @Nullable String parameters) {

    public MemberRow {
      server = server == null ? null : server.intern();
    }
  }

  /// What single databases carry that these targets list.
  @SqlQuery(
      """
      SELECT v.target_id, v.server_id, s.name AS server, v.database_name, v.parameters
      FROM target_database_value v JOIN server s USING (server_id)
      WHERE v.target_id = ANY (:targets)
      """)
  @RegisterConstructorMapper(ListedValue.class)
  List<ListedValue> listedValues(UUID... targets);

  /// What a database carries that a target lists.
  record ListedValue(
      UUID targetId, int serverId, String server, String databaseName, String parameters) {

    ResolvedDatabase database() {
      return new ResolvedDatabase(serverId, server, databaseName);
    }
  }

  /// With the statistics of one huge collection the planner would read every membership there is
  /// even for a target of one database.
  @Transaction
  default List<MemberRow> membersByIndex(UUID targetId) {
    stayOnIndexes();
    return members(targetId);
  }

  @SqlUpdate("SET LOCAL enable_seqscan = off")
  void stayOnIndexes();

  @SqlQuery(
      """
      WITH RECURSIVE collection (target_id) AS (
        SELECT CAST(:targetId AS uuid)
        UNION
        SELECT t.target_id
        FROM collection p
        CROSS JOIN LATERAL (SELECT child_id FROM target_child WHERE parent_id = p.target_id OFFSET 0) c
        CROSS JOIN LATERAL (
          SELECT target_id FROM target WHERE target_id = c.child_id AND kind = 'CustomCollection' OFFSET 0) t),
      member (parent_id, target_id, membership, parameters) AS (
        SELECT CAST(NULL AS uuid), CAST(:targetId AS uuid), 'Include', CAST(NULL AS jsonb)
        UNION ALL
        SELECT p.target_id, c.child_id, c.membership, c.parameters
        FROM collection p
        CROSS JOIN LATERAL (
          SELECT child_id, membership, parameters FROM target_child WHERE parent_id = p.target_id OFFSET 0) c)
      SELECT m.parent_id, m.membership, t.target_id, CASE WHEN t.kind <> 'Database' THEN t.name END AS name, t.kind,
        t.server_id, s.name AS server, t.database_name, coalesce(t.shard_map_name, t.pool_name) AS list_name, t.credential_id, t.include_system_databases,
        NULLIF(t.name_patterns, '{}') AS name_patterns, NULLIF(t.exclude_patterns, '{}') AS exclude_patterns,
        m.parameters
      FROM member m
      CROSS JOIN LATERAL (SELECT * FROM target WHERE target_id = m.target_id OFFSET 0) t
      LEFT JOIN server s ON s.server_id = t.server_id
      """)
  @FetchSize(10_000)
  List<MemberRow> members(UUID targetId);
}
