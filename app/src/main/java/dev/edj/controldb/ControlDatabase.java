package dev.edj.controldb;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jspecify.annotations.Nullable;

/// An open control database: migrated, pooled, and ready for stores.
public final class ControlDatabase implements AutoCloseable {

  /// Has the server notice within seconds that a client's machine or network is gone, which says no
  /// good-bye: by itself it would keep the session, and what it locked, for hours. Servers that
  /// cannot, and sessions that do not use TCP, ignore it.
  static final String NOTICE_LOSS =
      """
      SET tcp_keepalives_idle = 5;
      SET tcp_keepalives_interval = 2;
      SET tcp_keepalives_count = 3;
      SET tcp_user_timeout = '10s'
      """;

  /// A client that is there and does not go on, such as a process that was stopped, keeps no locks
  /// either: claims of all nodes wait for one of them. A transaction of ours that computes for
  /// longer between two statements says so itself.
  ///
  /// Our statements take milliseconds; where the planner overrates one, compiling it takes far
  /// longer.
  private static final String BEGIN_SESSION =
      """
      SET jit = off;
      SET idle_in_transaction_session_timeout = '3s';
      """
          + NOTICE_LOSS;

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
            .registerColumnMapper(new DurationColumn())
            .configure(StatementExceptions.class, ControlDatabase::leaveValuesOut);
  }

  /// Values that were bound may be hashes of passwords, or personal; the statement says enough.
  private static void leaveValuesOut(StatementExceptions texts) {
    texts.setMessageRendering(failure ->
        "%s [statement: %s]"
            .formatted(failure.getShortMessage(), statement(failure.getStatementContext())));
  }

  private static String statement(@Nullable StatementContext context) {
    return context == null ? "none" : String.valueOf(context.getRenderedSql());
  }

  /// Brings the schema up to date, or finds that it is where the login is a [ServiceRole], and
  /// opens a pool of at most `connections` connections.
  public static ControlDatabase open(ControlDatabaseAddress address, int connections) {
    new Schema(address).prepare();
    return connect(address, connections);
  }

  /// As [#open], with a login of its own that has no more rights than the service needs.
  ///
  /// @param owner a superuser's login, as that of an embedded server
  public static ControlDatabase openAsService(ControlDatabaseAddress owner, int connections) {
    Schema schema = new Schema(owner);
    schema.prepare();
    return connect(schema.makeServiceRole(), connections);
  }

  private static ControlDatabase connect(ControlDatabaseAddress address, int connections) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("control-database");
    config.setJdbcUrl(address.url());
    config.setDataSourceProperties(address.properties("edj"));
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(3_000);
    config.setConnectionInitSql(BEGIN_SESSION);
    config.setInitializationFailTimeout(-1);
    config.setExceptionOverrideClassName(ControlDatabaseLoss.OfConnection.class.getName());
    return new ControlDatabase(address, new HikariDataSource(config));
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  /// A connection outside the pool, for what holds one all its life, such as `LISTEN`.
  public Connection dedicatedConnection(String purpose) throws SQLException {
    Connection connection =
        DriverManager.getConnection(address.url(), address.properties("edj " + purpose));
    try (Statement statement = connection.createStatement()) {
      statement.execute(NOTICE_LOSS);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
