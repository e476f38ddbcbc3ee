package dev.edj.credential;

import dev.edj.problem.NameSearch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterColumnMapper;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Credentials in the control database.
@RegisterConstructorMapper(Credential.class)
@RegisterConstructorMapper(CredentialReference.class)
@RegisterConstructorMapper(CredentialRow.class)
@RegisterConstructorMapper(CredentialUses.class)
@RegisterColumnMapper(ShownCertificateMapper.class)
interface CredentialStore {

  @SqlUpdate(
      """
      INSERT INTO credential (
        name, user_name, key_id, encrypted_password, token_command, client_certificate,
        client_key_key_id, encrypted_client_key, servers)
      VALUES (
        :name, :userName, :keyId, :encryptedPassword, :tokenCommand, :clientCertificate,
        :clientKeyKeyId, :encryptedClientKey, :servers)
      """)
  void insert(@BindMethods CredentialRow credential);

  @SqlUpdate(
      """
      UPDATE credential
      SET user_name = :userName,
          key_id = :keyId,
          encrypted_password = :encryptedPassword,
          token_command = :tokenCommand,
          client_certificate = :clientCertificate,
          client_key_key_id = :clientKeyKeyId,
          encrypted_client_key = :encryptedClientKey,
          servers = :servers,
          updated_at = now()
      WHERE name = :name
      """)
  void update(@BindMethods CredentialRow credential);

  @SqlQuery(
      """
      SELECT name, user_name, key_id, encrypted_password, token_command, client_certificate,
        client_key_key_id, encrypted_client_key, servers
      FROM credential
      WHERE name = :name
      FOR UPDATE
      """)
  Optional<CredentialRow> findForUpdate(String name);

  @SqlQuery(
      """
      SELECT name, user_name, key_id, encrypted_password, token_command, client_certificate,
        client_key_key_id, encrypted_client_key, servers
      FROM credential
      WHERE credential_id = :credentialId
      """)
  Optional<CredentialRow> findRow(long credentialId);

  /// One for each key that passwords are encrypted with, the newest.
  @SqlQuery(
      """
      SELECT DISTINCT ON (key_id) name, user_name, key_id, encrypted_password, token_command,
        client_certificate, client_key_key_id, encrypted_client_key, servers
      FROM credential
      WHERE key_id IS NOT NULL
      ORDER BY key_id, updated_at DESC
      """)
  List<CredentialRow> oneOfEachKey();

  @SqlQuery(
      """
      SELECT credential_id
      FROM credential
      WHERE (key_id <> :keyId OR client_key_key_id <> :keyId) AND credential_id > :after
      ORDER BY credential_id
      LIMIT :limit
      """)
  List<Long> underOtherKeys(String keyId, long after, int limit);

  @SqlQuery(
      """
      SELECT name, user_name, key_id, encrypted_password, token_command, client_certificate,
        client_key_key_id, encrypted_client_key, servers
      FROM credential
      WHERE credential_id = :credentialId
      FOR UPDATE
      """)
  Optional<CredentialRow> findRowForUpdate(long credentialId);

  /// The same secrets, so that nobody changed the credential.
  @SqlUpdate(
      """
      UPDATE credential
      SET key_id = :keyId,
          encrypted_password = :encryptedPassword,
          client_key_key_id = :clientKeyKeyId,
          encrypted_client_key = :encryptedClientKey
      WHERE name = :name
      """)
  void changeKeys(@BindMethods CredentialRow credential);

  @SqlQuery(
      """
      SELECT credential_id, name, servers FROM credential WHERE name = :name FOR KEY SHARE
      """)
  Optional<CredentialReference> findReference(String name);

  @SqlQuery(
      """
      SELECT credential_id, name, servers FROM credential ORDER BY name
      """)
  List<CredentialReference> references();

  @SqlQuery(
      """
      SELECT name, user_name, proofs, token_command, client_certificate, servers, created_at,
        updated_at
      FROM shown_credential WHERE name = :name
      """)
  Optional<Credential> find(String name);

  @SqlQuery(
      """
      SELECT name, user_name, proofs, token_command, client_certificate, servers, created_at,
        updated_at
      FROM shown_credential ORDER BY name
      """)
  List<Credential> list();

  /// A page of them, by name.
  @SqlQuery(
      """
      SELECT name, user_name, proofs, token_command, client_certificate, servers, created_at,
        updated_at
      FROM shown_credential
      WHERE true
        AND (CAST(:text AS text) IS NULL OR position(lower(:text) IN lower(name)) > 0)
        AND (CAST(:after AS text) IS NULL OR name > :after)
      ORDER BY name
      LIMIT :limit
      """)
  List<Credential> search(@BindMethods NameSearch search);

  /// Some of the names that hold a text, in whatever case; first those that begin with it.
  @SqlQuery(
      """
      SELECT name FROM credential
      WHERE position(lower(:text) IN lower(name)) > 0
      ORDER BY position(lower(:text) IN lower(name)), name
      LIMIT :limit
      """)
  List<String> names(String text, int limit);

  @SqlUpdate(
      """
      DELETE FROM credential WHERE name = :name
      """)
  int delete(String name);

  /// By how many jobs and targets each is named.
  @SqlQuery(
      """
      SELECT c.name, COALESCE(j.jobs, 0) AS jobs, COALESCE(t.targets, 0) AS targets
      FROM credential c
      LEFT JOIN (
        SELECT n.credential_id, count(DISTINCT n.job_id) AS jobs
        FROM (
          SELECT credential_id, job_id FROM job_step
          UNION ALL
          SELECT destination_credential_id, job_id FROM job_step) n
        JOIN job USING (job_id)
        WHERE NOT job.ad_hoc
        GROUP BY n.credential_id) j USING (credential_id)
      LEFT JOIN (
        SELECT credential_id, count(*) AS targets FROM target GROUP BY credential_id) t USING (credential_id)
      """)
  @KeyColumn("name")
  Map<String, CredentialUses> uses();

  @SqlQuery(
      """
      SELECT DISTINCT j.name
      FROM credential c
      JOIN job_step s ON c.credential_id IN (s.credential_id, s.destination_credential_id)
      JOIN job j USING (job_id)
      WHERE c.name = :name AND NOT j.ad_hoc
      ORDER BY j.name
      """)
  List<String> jobs(String name);

  @SqlQuery(
      """
      SELECT t.name
      FROM credential c JOIN target t USING (credential_id)
      WHERE c.name = :name
      ORDER BY t.name
      """)
  List<String> targets(String name);
}
