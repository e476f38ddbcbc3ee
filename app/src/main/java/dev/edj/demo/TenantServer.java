package dev.edj.demo;

import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.controldb.EmbeddedControlDatabase;
import dev.edj.secrecy.Sensitive;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// The PostgreSQL server with the tenants' databases. It is made as the embedded control database
/// is: it listens on this machine only, and logins need their password by SCRAM.
final class TenantServer implements AutoCloseable {

  static final String LOGIN = "app";
  static final String TEMPLATE = "tenant_template";

  /// More at once do not make two processors faster.
  private static final int CREATED_AT_ONCE = 3;

  private static final int PASSWORD_BYTES = 18;

  private final EmbeddedControlDatabase server;
  @Sensitive private final String password = newPassword();

  private TenantServer(EmbeddedControlDatabase server) {
    this.server = server;
  }

  /// @param programs where the programs are, or are to be, unpacked
  static TenantServer start(Path directory, Path programs) {
    return new TenantServer(EmbeddedControlDatabase.startForDeletion(directory, programs));
  }

  static String tenant(int number) {
    return "tenant_%04d".formatted(number);
  }

  /// As jobs name this server.
  String name() {
    return "postgresql://127.0.0.1:"
        + URI.create(server.address().url().substring("jdbc:".length())).getPort();
  }

  /// Of the login that owns the tenants' databases.
  String password() {
    return password;
  }

  /// @param progress hears how many there are
  void createTenants(int count, IntConsumer progress) throws SQLException {
    execute(
        "postgres", "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(LOGIN, password)); // base64url
    execute("postgres", "CREATE DATABASE %s OWNER %s".formatted(TEMPLATE, LOGIN));
    try (ExecutorService creators = Executors.newFixedThreadPool(CREATED_AT_ONCE)) {
      var creations =
          IntStream.rangeClosed(1, count)
              .mapToObj(number -> creators.submit(() -> createTenant(number)))
              .toList();
      try {
        int created = 0;
        for (Future<?> creation : creations) {
          creation.get();
          progress.accept(++created);
        }
      } catch (ExecutionException e) {
        throw new SQLException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UnexpectedTurn("interrupted");
      } finally {
        creators.shutdownNow();
      }
    }
  }

  private Void createTenant(int number) throws SQLException {
    execute(
        "postgres",
        "CREATE DATABASE %s TEMPLATE %s OWNER %s".formatted(tenant(number), TEMPLATE, LOGIN));
    return null;
  }

  /// Keeps everybody from a table, as a long report does, until the returned connection is closed.
  Connection lock(String database, String table) throws SQLException {
    Connection connection = connect(database);
    try {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("LOCK TABLE %s IN ACCESS SHARE MODE".formatted(table));
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  boolean hasColumn(String database, String table, String column) throws SQLException {
    try (Connection connection = connect(database);
        ResultSet columns = connection.getMetaData().getColumns(null, null, table, column)) {
      return columns.next();
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private void execute(String database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect(String database) throws SQLException {
    ControlDatabaseAddress address = server.address();
    return DriverManager.getConnection(
        address.url().replaceFirst("/postgres$", "/" + database),
        address.user(),
        address.password());
  }

  private static String newPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
