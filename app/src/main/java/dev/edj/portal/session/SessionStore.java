package dev.edj.portal.session;

import dev.edj.access.CallerKey;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Sessions in the control database.
interface SessionStore {

  @SqlUpdate(
      """
      INSERT INTO portal_session (secret_digest, user_name, user_id, epoch, token_id, voucher_id)
      VALUES (:digest, :user, :userId, :epoch, :tokenId, :voucherId)
      """)
  void insert(@Bind("digest") byte[] digest, @Bind("user") String user, @BindMethods CallerKey key);

  @SqlQuery(
      """
      SELECT user_id, epoch, token_id, voucher_id, used_at < now() - interval '1 minute' AS touch_due
      FROM portal_session
      WHERE secret_digest = :digest
        AND used_at > now() - :idle * interval '1 second'
        AND created_at > now() - :longest * interval '1 second'
      """)
  @RegisterConstructorMapper(SessionRow.class)
  @Nullable SessionRow find(
      @Bind("digest") byte[] digest,
      @Bind("idle") long idleSeconds,
      @Bind("longest") long longestSeconds);

  @SqlUpdate("UPDATE portal_session SET used_at = now() WHERE secret_digest = :digest")
  void touch(@Bind("digest") byte[] digest);

  @SqlUpdate("DELETE FROM portal_session WHERE secret_digest = :digest")
  void delete(@Bind("digest") byte[] digest);

  @SqlUpdate(
      """
      DELETE FROM portal_session
      WHERE used_at <= now() - :idle * interval '1 second'
         OR created_at <= now() - :longest * interval '1 second'
      """)
  void deleteEnded(@Bind("idle") long idleSeconds, @Bind("longest") long longestSeconds);

  /// A session as it is found.
  ///
  /// @param touchDue whether its last use was noted more than a minute ago
  record SessionRow(
      @Nullable Long userId,
      int epoch,
      @Nullable Long tokenId,
      @Nullable Long voucherId,
      boolean touchDue) {

    CallerKey key() {
      return new CallerKey(userId, epoch, tokenId, voucherId);
    }
  }
}
