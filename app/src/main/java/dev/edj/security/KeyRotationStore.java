package dev.edj.security;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Rotations of keys in the control database; one at a time is under way.
@RegisterConstructorMapper(KeyRotation.class)
interface KeyRotationStore {

  @SqlUpdate(
      """
      INSERT INTO key_rotation DEFAULT VALUES ON CONFLICT DO NOTHING
      """)
  int request();

  @SqlQuery(
      """
      SELECT rotation_id AS id, requested_at, key_id, waiting_for, ended_at
      FROM key_rotation
      ORDER BY rotation_id DESC
      LIMIT 1
      """)
  Optional<KeyRotation> newest();

  /// The one that is under way, unless another node is at it at this moment.
  @SqlQuery(
      """
      SELECT rotation_id AS id, requested_at, key_id, waiting_for, ended_at
      FROM key_rotation
      WHERE ended_at IS NULL
      FOR UPDATE SKIP LOCKED
      """)
  Optional<KeyRotation> claim();

  @SqlUpdate(
      """
      UPDATE key_rotation SET key_id = :keyId WHERE rotation_id = :id
      """)
  void useKey(long id, String keyId);

  @SqlUpdate(
      """
      UPDATE key_rotation
      SET waiting_for = :reason
      WHERE rotation_id = :id AND waiting_for IS DISTINCT FROM :reason
      """)
  void waitFor(long id, @Nullable String reason);

  @SqlUpdate(
      """
      UPDATE key_rotation SET ended_at = now(), waiting_for = NULL WHERE rotation_id = :id
      """)
  void end(long id);

  /// The newest key that is known and was never encrypted with: somebody gave it to the nodes.
  @SqlQuery(
      """
      SELECT key_id
      FROM encryption_key
      WHERE activated_at IS NULL
      ORDER BY created_at DESC, key_id
      LIMIT 1
      """)
  Optional<String> waitingKey();

  @SqlQuery(
      """
      SELECT activated_at IS NOT NULL FROM encryption_key WHERE key_id = :keyId
      """)
  boolean isActive(String keyId);

  /// The live nodes that decrypt, and have not said that they hold the key.
  @SqlQuery(
      """
      SELECT n.name
      FROM live_node n
      WHERE n.roles && ARRAY['controller', 'worker']
        AND NOT EXISTS (SELECT FROM node_key k WHERE k.node_id = n.node_id AND k.key_id = :keyId)
      ORDER BY n.name
      """)
  List<String> nodesWithout(String keyId);

  /// Takes the older keys out of use that nothing is encrypted with. The foreign keys of
  /// credentials and notices wait for whoever is writing one, and hold back those that are used.
  @SqlQuery(
      """
      WITH retired AS (
        DELETE FROM encryption_key k
        WHERE k.key_id <> :current
          AND k.activated_at < (SELECT activated_at FROM encryption_key WHERE key_id = :current)
          AND NOT EXISTS (SELECT FROM credential_key c WHERE c.key_id = k.key_id)
          AND NOT EXISTS (SELECT FROM notice_secret n WHERE n.key_id = k.key_id)
        RETURNING k.key_id, k.created_at
      )
      INSERT INTO retired_key (key_id, created_at)
      SELECT key_id, created_at FROM retired
      RETURNING key_id
      """)
  List<String> retireOthers(String current);
}
