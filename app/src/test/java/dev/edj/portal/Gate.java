package dev.edj.portal;

import dev.edj.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Holds up a script in each of some databases until the test has seen enough.
final class Gate implements AutoCloseable {

  /// What a script waits at.
  static final String SCRIPT = "SELECT pg_advisory_xact_lock(7321)";

  private final List<Connection> holders = new ArrayList<>();

  private Gate() {}

  static Gate closed(List<String> databases) {
    Gate gate = new Gate();
    databases.forEach(gate::hold);
    return gate;
  }

  private void hold(String database) {
    try {
      Connection connection =
          DriverManager.getConnection(
              "jdbc:postgresql://127.0.0.1:%d/%s"
                  .formatted(PostgresServer.shared().port(), database),
              PostgresServer.USER,
              PostgresServer.PASSWORD);
      holders.add(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT pg_advisory_lock(7321)");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Lets the script go on in one database.
  void openOne() {
    close(holders.removeFirst());
  }

  @Override
  public void close() {
    holders.forEach(Gate::close);
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
