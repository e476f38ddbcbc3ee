package dev.edj.target;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/// Reads a target with everything below it in one statement, so in one state.
@RegisterConstructorMapper(MemberStore.MemberRow.class)
interface MemberStore {

  /// One child of one collection; the root is the only one without a parent.
  record MemberRow(
      @Nullable UUID parentId,
      Membership membership,
      UUID targetId,
      String name,
      TargetKind kind,
      @Nullable Integer serverId,
      @Nullable String server,
      @Nullable String databaseName,
      @Nullable Long credentialId,
      boolean includeSystemDatabases) {}

  @SqlQuery(
      """
      WITH RECURSIVE collection (target_id) AS (
        SELECT CAST(:targetId AS uuid)
        UNION
        SELECT t.target_id
        FROM collection p
        JOIN target_child c ON c.parent_id = p.target_id
        JOIN target t ON t.target_id = c.child_id AND t.kind = 'CustomCollection'),
      member (parent_id, target_id, membership) AS (
        SELECT CAST(NULL AS uuid), CAST(:targetId AS uuid), 'Include'
        UNION ALL
        SELECT c.parent_id, c.child_id, c.membership
        FROM collection p JOIN target_child c ON c.parent_id = p.target_id)
      SELECT m.parent_id, m.membership, t.target_id, t.name, t.kind, t.server_id, s.name AS server,
        t.database_name, t.credential_id, t.include_system_databases
      FROM member m
      JOIN target t USING (target_id)
      LEFT JOIN server s USING (server_id)
      """)
  List<MemberRow> members(UUID targetId);
}
