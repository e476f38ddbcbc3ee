package dev.edj.testing;

import dev.edj.controldb.ControlDatabase;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.controldb.EmbeddedControlDatabase;
import dev.edj.controldb.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jspecify.annotations.Nullable;

/// A migrated control database for one test class, on a server that all test classes of the JVM
/// share. The server's directory outlives the JVM, so that only the first run pays for making it.
/// What is tested works with the rights of a service role, as it does in production.
public final class TestControlDatabase implements AutoCloseable {

  private static final Path DIRECTORY = Path.of("target", "test-control-database");
  private static final String TEMPLATE = "template_edj";
  private static final String SERVICE_ROLE = "service";
  private static final int CONNECTIONS = 10;
  private static final AtomicInteger number = new AtomicInteger();
  private static @Nullable Server server;

  private final ControlDatabaseAddress address;
  private final ControlDatabaseAddress owner;
  private final ControlDatabase database;

  private TestControlDatabase(ControlDatabaseAddress address, ControlDatabaseAddress owner) {
    this.address = address;
    this.owner = owner;
    this.database = ControlDatabase.open(address, CONNECTIONS);
  }

  public static TestControlDatabase create() {
    Server server = server();
    String name = "test_" + number.incrementAndGet();
    execute(
        server.owner(),
        "CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy".formatted(name, TEMPLATE));
    return new TestControlDatabase(
        database(server.service(), name), database(server.owner(), name));
  }

  public Jdbi jdbi() {
    return database.jdbi();
  }

  public ControlDatabase database() {
    return database;
  }

  /// For what only the owner of the tables may do.
  public Jdbi owner() {
    return Jdbi.create(() -> connect(owner)).installPlugin(new SqlObjectPlugin());
  }

  /// To open the same database a second time, as another node does.
  public ControlDatabaseAddress address() {
    return address;
  }

  @Override
  public void close() {
    database.close();
  }

  private static synchronized Server server() {
    if (server == null) {
      EmbeddedControlDatabase embedded =
          EmbeddedControlDatabase.startForDeletion(DIRECTORY, DIRECTORY);
      Runtime.getRuntime().addShutdownHook(new Thread(embedded::close));
      ControlDatabaseAddress owner = embedded.address();
      dropAllBut(owner, "postgres");
      execute(owner, "CREATE DATABASE " + TEMPLATE);
      execute(owner, "DROP ROLE IF EXISTS " + SERVICE_ROLE);
      execute(owner, "CREATE ROLE %1$s LOGIN PASSWORD '%1$s'".formatted(SERVICE_ROLE));
      Schema template = new Schema(database(owner, TEMPLATE));
      template.migrate();
      template.grant(SERVICE_ROLE);
      server =
          new Server(owner, new ControlDatabaseAddress(owner.url(), SERVICE_ROLE, SERVICE_ROLE));
    }
    return server;
  }

  private static void dropAllBut(ControlDatabaseAddress server, String kept) {
    for (String name : databases(server)) {
      if (!name.equals(kept)) {
        execute(server, "DROP DATABASE %s WITH (FORCE)".formatted(name));
      }
    }
  }

  private static List<String> databases(ControlDatabaseAddress server) {
    return Jdbi.create(() -> connect(server))
        .withHandle(handle ->
            handle
                .createQuery("SELECT datname FROM pg_database WHERE NOT datistemplate")
                .mapTo(String.class)
                .list());
  }

  private static ControlDatabaseAddress database(ControlDatabaseAddress server, String name) {
    return new ControlDatabaseAddress(
        server.url().replaceFirst("/[a-z_0-9]+$", "/" + name), server.user(), server.password());
  }

  private static void execute(ControlDatabaseAddress server, String sql) {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static Connection connect(ControlDatabaseAddress server) throws SQLException {
    return DriverManager.getConnection(server.url(), server.user(), server.password());
  }

  private record Server(ControlDatabaseAddress owner, ControlDatabaseAddress service) {}
}
