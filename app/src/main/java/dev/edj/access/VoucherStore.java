package dev.edj.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// What OpenID providers said of people, while it counts.
interface VoucherStore {

  @SqlQuery(
      """
      INSERT INTO voucher (name, expires_at)
      VALUES (:name, now() + :life * interval '1 second')
      RETURNING voucher_id
      """)
  long insert(String name, long life);

  /// Nothing, when there is no such collection.
  ///
  /// @param collection null for everywhere
  @SqlUpdate(
      """
      INSERT INTO voucher_grant (voucher_id, role, collection_id)
      SELECT :voucherId, :role, CAST(NULL AS uuid) WHERE CAST(:collection AS text) IS NULL
      UNION ALL
      SELECT :voucherId, :role, target_id FROM target WHERE kind = 'CustomCollection' AND name = :collection
      """)
  void grant(long voucherId, Role role, @Nullable String collection);

  /// Those of these that are collections.
  @SqlQuery("SELECT name FROM target WHERE kind = 'CustomCollection' AND name = ANY (:names)")
  Set<String> collections(List<String> names);

  @SqlQuery("SELECT name FROM voucher WHERE voucher_id = :voucherId AND expires_at > now()")
  Optional<String> findGood(long voucherId);

  @SqlQuery(
      """
      SELECT g.role, t.name AS collection
      FROM voucher_grant g LEFT JOIN target t ON t.target_id = g.collection_id
      WHERE g.voucher_id = :voucherId
      ORDER BY g.role, t.name
      """)
  @RegisterConstructorMapper(Grant.class)
  List<Grant> grants(long voucherId);

  /// Sessions that came of them go, too.
  @SqlUpdate("DELETE FROM voucher WHERE expires_at <= now()")
  void deleteOld();
}
