package dev.edj.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Tokens in the control database. A token that is revoked is gone.
@RegisterConstructorMapper(Token.class)
@RegisterConstructorMapper(TokenRow.class)
interface TokenStore {

  String FROM =
      """
      FROM access_token t JOIN user_account u USING (user_id)
      CROSS JOIN LATERAL (
        SELECT ARRAY(
          SELECT g.name FROM access_token_collection n JOIN target g ON g.target_id = n.collection_id
          WHERE n.token_id = t.token_id ORDER BY g.name) AS collections) c
      """;

  String TOKENS =
      """
      SELECT t.token_id AS id, t.name, t.kind, u.name AS user, t.role, c.collections, t.created_at, t.created_by, t.expires_at,
        t.expires_at <= now() AS expired, t.used_at AS last_used_at
      """
          + FROM;

  /// Those that are good at this moment, with their users.
  String GOOD =
      """
      SELECT t.token_id, t.name, t.kind, t.role, c.collections, u.user_id, u.name AS user_name, u.epoch,
        t.used_at IS NULL OR t.used_at < now() - interval '1 minute' AS touch_due
      """
          + FROM
          + """
          WHERE t.expires_at > now()
            AND u.enabled
            AND (t.epoch IS NULL OR t.epoch = u.epoch)
          """;

  @SqlQuery(
      """
      INSERT INTO access_token (user_id, name, kind, epoch, secret_digest, role, expires_at, created_by)
      VALUES (:userId, :name, :kind, :epoch, :digest, :role, now() + :lifetime * interval '1 second', :createdBy)
      RETURNING token_id
      """)
  long insert(
      long userId,
      String name,
      TokenKind kind,
      @Nullable Integer epoch,
      byte[] digest,
      @Nullable Role role,
      long lifetime,
      String createdBy);

  @SqlQuery(TOKENS + "WHERE t.token_id = :tokenId")
  Optional<Token> find(long tokenId);

  /// Those of one user, or of all.
  ///
  /// @param user null for those of all
  @SqlQuery(
      TOKENS
          + """
          WHERE CAST(:user AS text) IS NULL OR lower(u.name) = lower(:user)
          ORDER BY lower(u.name), t.kind, t.name, t.token_id
          """)
  List<Token> list(@Nullable String user);

  /// A page of those of all, the newest first.
  @SqlQuery(
      TOKENS
          + """
          WHERE true
            AND (CAST(:text AS text) IS NULL OR position(lower(:text) IN lower(t.name)) > 0
                 OR position(lower(:text) IN lower(u.name)) > 0)
            AND (CAST(:after AS bigint) IS NULL OR t.token_id < CAST(:after AS bigint))
          ORDER BY t.token_id DESC
          LIMIT :limit
          """)
  List<Token> search(@BindMethods TokenSearch search);

  @SqlQuery(GOOD + "AND t.secret_digest = :digest")
  Optional<TokenRow> findGood(byte[] digest);

  @SqlQuery(GOOD + "AND t.token_id = :tokenId")
  Optional<TokenRow> findGood(long tokenId);

  @SqlUpdate(
      """
      INSERT INTO access_token_collection (token_id, collection_id) VALUES (:tokenId, :collectionId)
      ON CONFLICT DO NOTHING
      """)
  void narrow(long tokenId, UUID collectionId);

  @SqlUpdate("UPDATE access_token SET used_at = now() WHERE token_id = :tokenId")
  void touch(long tokenId);

  @SqlUpdate("DELETE FROM access_token WHERE token_id = :tokenId")
  int delete(long tokenId);

  /// Those that expired are shown for a while, so that people see why a program stopped.
  @SqlUpdate("DELETE FROM access_token WHERE expires_at < now() - interval '30 days'")
  void deleteOld();
}
