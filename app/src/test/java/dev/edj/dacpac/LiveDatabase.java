package dev.edj.dacpac;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// A database of its own on the SQL Server that `EDJ_TEST_SQLSERVER_URL` names
/// (`sqlserver://host:port`), for the time of a test class. The server's certificate is not
/// checked.
///
/// A stand-in, that is a server that only speaks SQL Server's protocol, is told by not knowing
/// `WAITFOR`.
public final class LiveDatabase implements AutoCloseable {

  private static final int ATTEMPTS = 30;

  private final String name;
  private final boolean standIn;

  private LiveDatabase(String name, boolean standIn) {
    this.name = name;
    this.standIn = standIn;
  }

  public static LiveDatabase create() throws SQLException {
    String name = "edj_test_dacpac_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection master = connectTo("master");
        Statement statement = master.createStatement()) {
      boolean standIn = !knowsWaitFor(statement);
      create(name, statement, standIn ? ATTEMPTS : 1);
      return new LiveDatabase(name, standIn);
    }
  }

  /// The stand-in cannot always create two databases at the same time.
  private static void create(String name, Statement statement, int attempts) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        statement.execute("CREATE DATABASE " + name);
        return;
      } catch (SQLException e) {
        if (attempt >= attempts) {
          throw e;
        }
      }
      pause();
    }
  }

  private static boolean knowsWaitFor(Statement statement) {
    try {
      statement.execute("WAITFOR DELAY '00:00:00'");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  public boolean isStandIn() {
    return standIn;
  }

  public String name() {
    return name;
  }

  public Connection connect() throws SQLException {
    return connectTo(name);
  }

  public Connection connectAs(String user, String password) throws SQLException {
    return connect(name, user, password);
  }

  private static Connection connectTo(String database) throws SQLException {
    return connect(
        database,
        environment("EDJ_TEST_SQLSERVER_USER"),
        environment("EDJ_TEST_SQLSERVER_PASSWORD"));
  }

  private static Connection connect(String database, String user, String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:%s;databaseName=%s;encrypt=true;trustServerCertificate=true"
            .formatted(environment("EDJ_TEST_SQLSERVER_URL"), database),
        user,
        password);
  }

  private static String environment(String variable) {
    Map<String, String> environment = System.getenv();
    return Objects.requireNonNull(environment.get(variable), variable);
  }

  /// Runs one batch.
  public void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// On the stand-in a session ends some time after its connection was closed.
  @Override
  public void close() throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try (Connection master = connectTo("master");
          Statement statement = master.createStatement()) {
        statement.execute("DROP DATABASE " + name);
        return;
      } catch (SQLException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a session was to end", e);
    }
  }
}
