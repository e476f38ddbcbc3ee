package dev.edj.target;

import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Servers in the control database.
@RegisterConstructorMapper(ServerRow.class)
interface ServerStore {

  /// The server's row, made when there is none, and locked until the transaction ends.
  @SqlQuery(
      """
      INSERT INTO server (name) VALUES (:name)
      ON CONFLICT (name) DO UPDATE SET name = EXCLUDED.name
      RETURNING server_id, name, tls, trusted_certificate, pinned_certificates, password_methods,
        connect_timeout_ms AS connect_timeout, max_connections, required_labels, problem
      """)
  ServerRow findOrInsert(String name);

  @SqlQuery(
      """
      SELECT server_id, name, tls, trusted_certificate, pinned_certificates, password_methods,
        connect_timeout_ms AS connect_timeout, max_connections, required_labels, problem
      FROM server
      WHERE server_id = :serverId
      """)
  Optional<ServerRow> find(int serverId);

  /// Makes rows for the servers that have none, with the usual settings. Those that are there cost
  /// no new number.
  @SqlUpdate(
      """
      INSERT INTO server (name, problem)
      SELECT d.name, d.problem
      FROM unnest(:names, :problems) AS d (name, problem)
      WHERE NOT EXISTS (SELECT FROM server s WHERE s.name = d.name)
      ORDER BY d.name
      ON CONFLICT (name) DO NOTHING
      """)
  void insertMissing(String[] names, @Nullable String[] problems);

  @SqlQuery(
      """
      SELECT name, server_id FROM server WHERE name = ANY(:names)
      """)
  @KeyColumn("name")
  @ValueColumn("server_id")
  Map<String, Integer> ids(String[] names);

  @SqlUpdate(
      """
      UPDATE server
      SET tls = :tls,
          trusted_certificate = :trustedCertificate,
          pinned_certificates = :pinnedCertificates,
          password_methods = :passwordMethods,
          connect_timeout_ms = :connectTimeoutMs,
          max_connections = :maxConnections,
          required_labels = :requiredLabels
      WHERE server_id = :serverId
      """)
  void update(
      int serverId,
      String tls,
      @Nullable String trustedCertificate,
      String[] pinnedCertificates,
      String[] passwordMethods,
      long connectTimeoutMs,
      int maxConnections,
      String[] requiredLabels);
}
