package dev.edj.access;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// What OpenID providers said of people, while it counts.
interface VoucherStore {

  @SqlQuery(
      """
      INSERT INTO voucher (name, expires_at)
      VALUES (:name, now() + :life * interval '1 second')
      RETURNING voucher_id
      """)
  long insert(String name, long life);

  @SqlUpdate("INSERT INTO voucher_grant (voucher_id, role) VALUES (:voucherId, :role)")
  void grant(long voucherId, Role role);

  @SqlQuery("SELECT name FROM voucher WHERE voucher_id = :voucherId AND expires_at > now()")
  Optional<String> findGood(long voucherId);

  @SqlQuery("SELECT role FROM voucher_grant WHERE voucher_id = :voucherId ORDER BY role")
  @RegisterConstructorMapper(Grant.class)
  List<Grant> grants(long voucherId);

  /// Sessions that came of them go, too.
  @SqlUpdate("DELETE FROM voucher WHERE expires_at <= now()")
  void deleteOld();
}
