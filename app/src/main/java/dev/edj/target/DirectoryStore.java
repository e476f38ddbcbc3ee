package dev.edj.target;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/// Targets in the control database, page by page.
@RegisterConstructorMapper(TargetEntry.class)
@RegisterConstructorMapper(TreeEntry.class)
@RegisterConstructorMapper(ChildStore.ChildRow.class)
interface DirectoryStore {

  @SqlQuery(
      """
      SELECT t.target_id AS id, t.name, t.kind, s.name AS server, t.database_name AS database,
        (SELECT count(*) FROM target_child m WHERE m.parent_id = t.target_id) AS members
      FROM target t LEFT JOIN server s USING (server_id)
      WHERE (CAST(:kind AS text) IS NULL OR t.kind = :kind)
        AND (CAST(:text AS text) IS NULL OR position(lower(:text) IN lower(t.name)) > 0)
        AND (NOT :loose OR NOT EXISTS (SELECT FROM target_child c WHERE c.child_id = t.target_id))
        AND (CAST(:after AS text) IS NULL OR t.name > :after)
      ORDER BY t.name
      LIMIT :limit
      """)
  List<TargetEntry> list(
      @Nullable TargetKind kind,
      @Nullable String text,
      boolean loose,
      @Nullable String after,
      int limit);

  @SqlQuery(
      """
      SELECT kind, count(*) AS targets
      FROM target
      WHERE CAST(:text AS text) IS NULL OR position(lower(:text) IN lower(name)) > 0
      GROUP BY kind
      """)
  @KeyColumn("kind")
  @ValueColumn("targets")
  Map<TargetKind, Integer> count(@Nullable String text);

  @SqlQuery(
      """
      SELECT m.membership, m.parameters, t.*, s.name AS server, c.name AS credential, s.tls,
        s.trusted_certificate, s.pinned_certificates, s.password_methods,
        s.connect_timeout_ms AS connect_timeout, s.max_connections, s.required_labels
      FROM (
        SELECT m.child_id, m.membership, m.parameters
        FROM target_child m JOIN target t ON t.target_id = m.child_id
        WHERE m.parent_id = :parentId
          AND (CAST(:text AS text) IS NULL OR position(lower(:text) IN lower(t.name)) > 0)
          AND (CAST(:after AS text) IS NULL OR t.name > :after)
        ORDER BY t.name
        LIMIT :limit) m
      JOIN target t ON t.target_id = m.child_id
      LEFT JOIN server s USING (server_id)
      LEFT JOIN credential c USING (credential_id)
      ORDER BY t.name
      """)
  List<ChildStore.ChildRow> children(
      UUID parentId, @Nullable String text, @Nullable String after, int limit);

  @SqlQuery(
      """
      SELECT m.membership, t.target_id AS id, t.name, t.kind, s.name AS server, t.database_name AS database,
        (SELECT count(*) FROM target_child c WHERE c.parent_id = t.target_id) AS members
      FROM target_child m
      JOIN target t ON t.target_id = m.child_id
      LEFT JOIN server s USING (server_id)
      WHERE m.parent_id = :parentId
      ORDER BY
        CASE t.kind WHEN 'CustomCollection' THEN 1 WHEN 'ShardMap' THEN 2 WHEN 'Server' THEN 3
          WHEN 'ElasticPool' THEN 4 ELSE 5 END,
        t.name
      LIMIT :limit
      """)
  List<TreeEntry> branch(UUID parentId, int limit);

  /// Some of the names that hold a text, in whatever case; first those that begin with it.
  @SqlQuery(
      """
      SELECT name FROM target
      WHERE position(lower(:text) IN lower(name)) > 0
      ORDER BY position(lower(:text) IN lower(name)), name
      LIMIT :limit
      """)
  List<String> names(String text, int limit);
}
