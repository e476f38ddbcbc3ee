package dev.edj.bundle;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/// What the control database says of itself.
interface FactStore {

  @SqlQuery("SELECT version()")
  String version();

  /// Those that have to do with how much it can carry and how safely.
  @SqlQuery(
      """
      SELECT name, setting || coalesce(unit, '') AS setting
      FROM pg_settings
      WHERE name IN ('max_connections', 'shared_buffers', 'work_mem', 'fsync', 'synchronous_commit', 'autovacuum',
                     'max_wal_size', 'default_transaction_read_only', 'server_encoding', 'TimeZone')
      """)
  @KeyColumn("name")
  @ValueColumn("setting")
  Map<String, String> settings();

  @SqlQuery(
      """
      SELECT version, description, installed_on AT TIME ZONE current_setting('TimeZone') AS installed_at, success
      FROM flyway_schema_history
      ORDER BY installed_rank
      """)
  @RegisterConstructorMapper(Migration.class)
  List<Migration> migrations();

  /// A step by which the tables became what they are.
  ///
  /// @param version null for one that is no numbered step
  record Migration(
      @Nullable String version, String description, Instant installedAt, boolean success) {}
}
