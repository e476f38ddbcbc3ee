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
      SELECT key_id, public_keyset FROM encryption_key ORDER BY created_at DESC, key_id LIMIT 1
      """)
  Optional<PublicKey> newest();

  @SqlQuery(
      """
      SELECT k.key_id, k.created_at,
        (SELECT count(*) FROM credential c WHERE c.key_id = k.key_id) AS credentials
      FROM encryption_key k
      ORDER BY k.created_at DESC, k.key_id
      """)
  List<KnownKey> list();

  /// Those a node with workers must hold the private half of: what passwords and secret parameters
  /// are encrypted with, and what they will be encrypted with.
  @SqlQuery(
      """
      SELECT key_id FROM credential
      UNION
      SELECT value ->> 'keyId' FROM secret_parameter
      UNION
      (SELECT key_id FROM encryption_key ORDER BY created_at DESC, key_id LIMIT 1)
      ORDER BY key_id
      """)
  List<String> keyIdsInUse();

  @SqlUpdate(
      """
      INSERT INTO encryption_key (key_id, public_keyset, created_at)
      VALUES (:keyId, :publicKeyset, clock_timestamp())
      ON CONFLICT DO NOTHING
      """)
  void insert(String keyId, String publicKeyset);

  /// Until the transaction ends, no other node registers a key.
  @SqlUpdate(
      """
      LOCK TABLE encryption_key IN SHARE ROW EXCLUSIVE MODE
      """)
  void lock();
}
