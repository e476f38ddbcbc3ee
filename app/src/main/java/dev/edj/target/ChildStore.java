package dev.edj.target;

import dev.edj.parameter.ParameterValues;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Who is whose child in the control database.
@RegisterConstructorMapper(ChildStore.ChildRow.class)
interface ChildStore {

  /// @param parameters what all databases below it carry, in JSON; null when that is nothing
  record ChildRow(Membership membership, @Nullable String parameters, @Nested TargetRow target) {

    ChildTarget child() {
      ParameterValues values = ParameterValues.parse(parameters);
      return new ChildTarget(membership, target.target(), values.readable(), values.secrets());
    }
  }

  String CHILDREN =
      """
      SELECT m.membership, m.parameters, t.*, s.name AS server, c.name AS credential, s.tls,
        s.trusted_certificate, s.pinned_certificates, s.password_methods,
        s.connect_timeout_ms AS connect_timeout, s.max_connections, s.required_labels
      FROM target_child m
      JOIN target t ON t.target_id = m.child_id
      LEFT JOIN server s USING (server_id)
      LEFT JOIN credential c USING (credential_id)
      WHERE m.parent_id = :parentId
      """;

  @SqlQuery(
      CHILDREN
          + """
          AND (CAST(:after AS text) IS NULL OR t.name > :after)
          ORDER BY t.name
          LIMIT :limit
          """)
  List<ChildRow> children(UUID parentId, @Nullable String after, int limit);

  @SqlQuery(CHILDREN + "AND m.child_id = :childId FOR UPDATE OF m")
  Optional<ChildRow> child(UUID parentId, UUID childId);

  /// @param parameters null leaves what it carries as it is
  @SqlUpdate(
      """
      INSERT INTO target_child (parent_id, child_id, membership, parameters)
      VALUES (:parentId, :childId, :membership, NULLIF(CAST(:parameters AS jsonb), '{}'))
      ON CONFLICT (parent_id, child_id) DO UPDATE
      SET membership = EXCLUDED.membership,
          parameters = CASE
            WHEN EXCLUDED.membership = 'Exclude' THEN NULL
            WHEN CAST(:parameters AS jsonb) IS NULL THEN target_child.parameters
            ELSE EXCLUDED.parameters
          END
      """)
  void put(UUID parentId, UUID childId, Membership membership, @Nullable String parameters);

  @SqlUpdate(
      """
      DELETE FROM target_child WHERE parent_id = :parentId AND child_id = :childId
      """)
  int delete(UUID parentId, UUID childId);

  /// Whether `target` is `collection`, or a child of it at whatever depth.
  @SqlQuery(
      """
      WITH RECURSIVE member (target_id) AS (
        SELECT CAST(:collection AS uuid)
        UNION
        SELECT c.child_id FROM member m JOIN target_child c ON c.parent_id = m.target_id)
      SELECT EXISTS (SELECT FROM member WHERE target_id = :target)
      """)
  boolean contains(UUID collection, UUID target);

  /// Until the transaction ends, nobody else puts a collection into a collection: two such changes
  /// at once could close a circle that neither sees.
  @SqlQuery(
      """
      SELECT 1 FROM pg_advisory_xact_lock(hashtext('edj target_child'))
      """)
  int lockNesting();
}
