package dev.edj.credential;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Credentials in the control database.
@RegisterConstructorMapper(Credential.class)
@RegisterConstructorMapper(CredentialReference.class)
@RegisterConstructorMapper(CredentialRow.class)
interface CredentialStore {

  @SqlUpdate(
      """
      INSERT INTO credential (name, user_name, key_id, encrypted_password, servers)
      VALUES (:name, :userName, :keyId, :encryptedPassword, :servers)
      """)
  void insert(@BindMethods CredentialRow credential);

  @SqlUpdate(
      """
      UPDATE credential
      SET user_name = :userName,
          key_id = :keyId,
          encrypted_password = :encryptedPassword,
          servers = :servers,
          updated_at = now()
      WHERE name = :name
      """)
  void update(@BindMethods CredentialRow credential);

  @SqlQuery(
      """
      SELECT name, user_name, key_id, encrypted_password, servers
      FROM credential
      WHERE name = :name
      FOR UPDATE
      """)
  Optional<CredentialRow> findForUpdate(String name);

  @SqlQuery(
      """
      SELECT name, user_name, key_id, encrypted_password, servers
      FROM credential
      WHERE credential_id = :credentialId
      """)
  Optional<CredentialRow> findRow(long credentialId);

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
      SELECT name, user_name, servers, created_at, updated_at FROM credential WHERE name = :name
      """)
  Optional<Credential> find(String name);

  @SqlQuery(
      """
      SELECT name, user_name, servers, created_at, updated_at FROM credential ORDER BY name
      """)
  List<Credential> list();

  @SqlUpdate(
      """
      DELETE FROM credential WHERE name = :name
      """)
  int delete(String name);

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
