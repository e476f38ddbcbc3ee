package dev.edj.access;

import dev.edj.problem.NameSearch;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Users and their roles in the control database. Names are the same in whatever case.
@RegisterConstructorMapper(UserRow.class)
@RegisterConstructorMapper(GrantRow.class)
interface UserStore {

  @SqlQuery(
      """
      INSERT INTO user_account (name, display_name, password_hash)
      VALUES (:name, :displayName, :passwordHash)
      RETURNING user_id
      """)
  long insert(String name, String displayName, @Nullable String passwordHash);

  @SqlQuery(
      """
      SELECT user_id, name, display_name, enabled, password_hash, epoch, created_at, updated_at, signed_in_at
      FROM user_account
      WHERE lower(name) = lower(:name)
      """)
  Optional<UserRow> find(String name);

  @SqlQuery(
      """
      SELECT user_id, name, display_name, enabled, password_hash, epoch, created_at, updated_at, signed_in_at
      FROM user_account
      WHERE user_id = :userId
      """)
  Optional<UserRow> find(long userId);

  @SqlQuery(
      """
      SELECT user_id, name, display_name, enabled, password_hash, epoch, created_at, updated_at, signed_in_at
      FROM user_account
      ORDER BY lower(name)
      """)
  List<UserRow> list();

  /// A page of them, by name.
  @SqlQuery(
      """
      SELECT user_id, name, display_name, enabled, password_hash, epoch, created_at, updated_at, signed_in_at
      FROM user_account
      WHERE true
        AND (CAST(:text AS text) IS NULL OR position(lower(:text) IN lower(name)) > 0)
        AND (CAST(:after AS text) IS NULL OR lower(name) > lower(:after))
      ORDER BY lower(name)
      LIMIT :limit
      """)
  List<UserRow> search(@BindMethods NameSearch search);

  @SqlQuery("SELECT EXISTS (SELECT FROM user_account)")
  boolean areThere();

  @SqlUpdate(
      """
      UPDATE user_account SET display_name = :displayName, updated_at = now() WHERE user_id = :userId
      """)
  void updateDisplayName(long userId, String displayName);

  @SqlUpdate(
      """
      UPDATE user_account
      SET enabled = :enabled, epoch = epoch + 1, updated_at = now()
      WHERE user_id = :userId AND enabled <> :enabled
      """)
  void updateEnabled(long userId, boolean enabled);

  @SqlUpdate(
      """
      UPDATE user_account
      SET password_hash = :passwordHash, epoch = epoch + 1, updated_at = now()
      WHERE user_id = :userId
      """)
  void updatePassword(long userId, String passwordHash);

  /// The same password under a hash that costs more; whoever is signed in stays so.
  @SqlUpdate(
      """
      UPDATE user_account SET password_hash = :after WHERE user_id = :userId AND password_hash = :before
      """)
  void replaceHash(long userId, String before, String after);

  @SqlUpdate("UPDATE user_account SET signed_in_at = now() WHERE user_id = :userId")
  void noteSignIn(long userId);

  @SqlUpdate("DELETE FROM user_account WHERE user_id = :userId")
  void delete(long userId);

  @SqlQuery(
      """
      SELECT g.user_id, g.role, t.name AS collection
      FROM user_grant g LEFT JOIN target t ON t.target_id = g.collection_id
      WHERE g.user_id = :userId OR CAST(:userId AS bigint) IS NULL
      """)
  List<GrantRow> grants(@Nullable Long userId);

  /// Returns 0 when they have it there already.
  ///
  /// @param collectionId null for everywhere
  @SqlUpdate(
      """
      INSERT INTO user_grant (user_id, role, collection_id) VALUES (:userId, :role, CAST(:collectionId AS uuid))
      ON CONFLICT DO NOTHING
      """)
  int grant(long userId, Role role, @Nullable UUID collectionId);

  @SqlUpdate("DELETE FROM user_grant WHERE user_id = :userId AND role = :role")
  int revoke(long userId, Role role);

  @SqlUpdate(
      """
      DELETE FROM user_grant WHERE user_id = :userId AND role = :role AND collection_id = :collectionId
      """)
  int revoke(long userId, Role role, UUID collectionId);

  /// Until the transaction ends, the collection is not deleted.
  @SqlQuery(
      """
      SELECT target_id FROM target
      WHERE kind = 'CustomCollection' AND (name = :nameOrId OR CAST(target_id AS text) = :nameOrId)
      FOR KEY SHARE
      """)
  Optional<UUID> findCollection(String nameOrId);

  @SqlUpdate(
      "UPDATE user_account SET epoch = epoch + 1, updated_at = now() WHERE user_id = :userId")
  void beginEpoch(long userId);

  /// Those who could let others in again.
  @SqlQuery(
      """
      SELECT count(*)
      FROM user_account JOIN user_grant USING (user_id)
      WHERE role = 'Administrator' AND enabled AND password_hash IS NOT NULL
      """)
  int administratorsWhoCanSignIn();

  /// Until the transaction ends nobody else takes an administrator away.
  @SqlUpdate("LOCK TABLE user_account IN SHARE ROW EXCLUSIVE MODE")
  void lock();
}
