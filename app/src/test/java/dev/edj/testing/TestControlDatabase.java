package dev.edj.testing;

import dev.edj.controldb.ControlDatabase;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.controldb.EmbeddedControlDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// A migrated control database for one test class, on a server that all test classes of the JVM
/// share. The server's directory outlives the JVM, so that only the first run pays for making it.
public final class TestControlDatabase implements AutoCloseable {

  private static final Path DIRECTORY = Path.of("target", "test-control-database");
  private static final String TEMPLATE = "template_edj";
  private static final int CONNECTIONS = 10;
  private static final AtomicInteger number = new AtomicInteger();
  private static @Nullable ControlDatabaseAddress server;

  private final ControlDatabaseAddress address;
  private final ControlDatabase database;

  private TestControlDatabase(ControlDatabaseAddress address) {
    this.address = address;
    this.database = ControlDatabase.open(address, CONNECTIONS);
  }

  public static TestControlDatabase create() {
    ControlDatabaseAddress server = server();
    String name = "test_" + number.incrementAndGet();
    execute(server, "CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy".formatted(name, TEMPLATE));
    return new TestControlDatabase(database(server, name));
  }

  public Jdbi jdbi() {
    return database.jdbi();
  }

  public ControlDatabase database() {
    return database;
  }

  /// To open the same database a second time, as another node does.
  public ControlDatabaseAddress address() {
    return address;
  }

  @Override
  public void close() {
    database.close();
  }

  private static synchronized ControlDatabaseAddress server() {
    if (server == null) {
      EmbeddedControlDatabase embedded =
          EmbeddedControlDatabase.startForDeletion(DIRECTORY, DIRECTORY);
      Runtime.getRuntime().addShutdownHook(new Thread(embedded::close));
      server = embedded.address();
      dropAllBut(server, "postgres");
      execute(server, "CREATE DATABASE " + TEMPLATE);
      ControlDatabase.open(database(server, TEMPLATE), 1).close();
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
}
