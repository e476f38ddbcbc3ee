package dev.edj.controldb;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/// An open control database: migrated, pooled, and ready for stores.
public final class ControlDatabase implements AutoCloseable {

  private final ControlDatabaseAddress address;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private ControlDatabase(ControlDatabaseAddress address, HikariDataSource pool) {
    this.address = address;
    this.pool = pool;
    this.jdbi =
        Jdbi.create(pool)
            .installPlugin(new SqlObjectPlugin())
            .registerArrayType(UUID.class, "uuid")
            .registerArrayType(String.class, "text")
            .registerArrayType(Integer.class, "int4")
            .registerArrayType(int.class, "int4")
            .registerArrayType(Long.class, "int8")
            .registerColumnMapper(new DurationColumn());
  }

  /// Brings the schema up to date and opens a pool of at most `connections` connections.
  public static ControlDatabase open(ControlDatabaseAddress address, int connections) {
    migrate(address);
    HikariConfig config = new HikariConfig();
    config.setPoolName("control-database");
    config.setJdbcUrl(address.url());
    config.setDataSourceProperties(address.properties("edj"));
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(3_000);
    // Our statements take milliseconds; where the planner overrates one, compiling it takes far
    // longer.
    config.setConnectionInitSql("SET jit = off");
    config.setInitializationFailTimeout(-1);
    config.setExceptionOverrideClassName(ControlDatabaseLoss.OfConnection.class.getName());
    return new ControlDatabase(address, new HikariDataSource(config));
  }

  private static void migrate(ControlDatabaseAddress address) {
    try {
      Flyway.configure()
          .dataSource(address.url(), address.user(), address.password())
          .locations("classpath:db/migration")
          .connectRetries(0)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new EdjException(
          ErrorCode.CONTROL_DATABASE_UNAVAILABLE,
          "control-database",
          "the control database at %s cannot be opened: %s"
              .formatted(address.display(), rootMessage(e)),
          e);
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  /// A connection outside the pool, for what holds one all its life, such as `LISTEN`.
  public Connection dedicatedConnection(String purpose) throws SQLException {
    Properties properties = address.properties("edj " + purpose);
    return DriverManager.getConnection(address.url(), properties);
  }

  @Override
  public void close() {
    pool.close();
  }
}
