package dev.edj.security;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Public keys in the control database.
@RegisterConstructorMapper(PublicKey.class)
@RegisterConstructorMapper(KnownKey.class)
interface EncryptionKeyStore {

  @SqlQuery(
      """
      SELECT key_id, public_keyset
      FROM encryption_key
      WHERE activated_at IS NOT NULL
      ORDER BY activated_at DESC, key_id
      LIMIT 1
      """)
  Optional<PublicKey> current();

  @SqlQuery(
      """
      WITH holder AS (
        SELECT n.name, array_remove(array_agg(k.key_id), NULL) AS keys
        FROM live_node n LEFT JOIN node_key k USING (node_id)
        WHERE n.roles && ARRAY['controller', 'worker']
        GROUP BY n.node_id, n.name
      )
      SELECT k.key_id,
        CASE
          WHEN k.key_id = first_value(k.key_id) OVER (ORDER BY k.activated_at DESC NULLS LAST, k.key_id)
            AND k.activated_at IS NOT NULL THEN 'Current'
          WHEN k.activated_at IS NULL THEN 'Waiting'
          ELSE 'Replaced'
        END AS lifecycle,
        k.created_at,
        k.activated_at,
        CAST(NULL AS timestamptz) AS retired_at,
        (SELECT count(*) FROM credential_key c WHERE c.key_id = k.key_id) AS credentials,
        ARRAY(SELECT h.name FROM holder h WHERE k.key_id = ANY(h.keys) ORDER BY h.name) AS held_by,
        ARRAY(SELECT h.name FROM holder h WHERE k.key_id <> ALL(h.keys) ORDER BY h.name) AS missing_on
      FROM encryption_key k
      UNION ALL
      SELECT r.key_id, 'Retired', r.created_at, NULL, r.retired_at, 0,
        ARRAY(SELECT h.name FROM holder h WHERE r.key_id = ANY(h.keys) ORDER BY h.name),
        '{}'
      FROM retired_key r
      ORDER BY created_at DESC, key_id
      """)
  List<KnownKey> list();

  /// Those that a node which decrypts must hold the private half of: what passwords, secret
  /// parameters and notices are encrypted with, and what they will be encrypted with.
  @SqlQuery(
      """
      SELECT key_id FROM credential_key
      UNION
      SELECT value ->> 'keyId' FROM secret_parameter
      UNION
      SELECT key_id FROM notice_secret
      UNION
      (
        SELECT key_id
        FROM encryption_key
        WHERE activated_at IS NOT NULL
        ORDER BY activated_at DESC, key_id
        LIMIT 1
      )
      ORDER BY key_id
      """)
  List<String> keyIdsInUse();

  /// Does nothing about one that is known, or was taken out of use.
  @SqlUpdate(
      """
      INSERT INTO encryption_key (key_id, public_keyset, created_at)
      SELECT :keyId, :publicKeyset, clock_timestamp()
      WHERE NOT EXISTS (SELECT FROM retired_key WHERE key_id = :keyId)
      ON CONFLICT DO NOTHING
      """)
  void insert(String keyId, String publicKeyset);

  /// From now on, it is the one that is encrypted with.
  @SqlUpdate(
      """
      UPDATE encryption_key
      SET activated_at = clock_timestamp()
      WHERE key_id = :keyId AND activated_at IS NULL
      """)
  void activate(String keyId);

  /// These are all keys that the node holds.
  @SqlUpdate(
      """
      WITH gone AS (
        DELETE FROM node_key WHERE node_id = :nodeId AND key_id <> ALL(:keyIds)
      )
      INSERT INTO node_key (node_id, key_id)
      SELECT :nodeId, key_id FROM unnest(:keyIds) AS key_id
      ON CONFLICT DO NOTHING
      """)
  void hold(long nodeId, String[] keyIds);

  /// Until the transaction ends, no other node registers a key.
  @SqlUpdate(
      """
      LOCK TABLE encryption_key IN SHARE ROW EXCLUSIVE MODE
      """)
  void lock();
}
