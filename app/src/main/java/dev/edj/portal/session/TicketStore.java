package dev.edj.portal.session;

import dev.edj.access.CallerKey;
import java.time.Instant;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Tickets in the control database.
interface TicketStore {

  @SqlQuery(
      """
      INSERT INTO portal_ticket (secret_digest, user_name, user_id, epoch, token_id, voucher_id)
      VALUES (:digest, :user, :userId, :epoch, :tokenId, :voucherId)
      RETURNING created_at + :life * interval '1 second'
      """)
  Instant insert(
      @Bind("digest") byte[] digest,
      @Bind("user") String user,
      @BindMethods CallerKey key,
      @Bind("life") long lifeSeconds);

  /// Returns whose it is; nothing when it is not good, or no longer.
  @SqlQuery(
      """
      UPDATE portal_ticket SET used_at = now()
      WHERE secret_digest = :digest AND used_at IS NULL AND created_at > now() - :life * interval '1 second'
      RETURNING user_id, epoch, token_id, voucher_id
      """)
  @RegisterConstructorMapper(CallerKey.class)
  @Nullable CallerKey use(@Bind("digest") byte[] digest, @Bind("life") long lifeSeconds);

  /// Whether there was such a ticket and it was used; nothing when there was none.
  @SqlQuery("SELECT used_at IS NOT NULL FROM portal_ticket WHERE secret_digest = :digest")
  @Nullable Boolean wasUsed(@Bind("digest") byte[] digest);

  @SqlUpdate("DELETE FROM portal_ticket WHERE created_at < now() - interval '1 day'")
  void deleteOld();
}
