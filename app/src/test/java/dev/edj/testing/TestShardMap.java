package dev.edj.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// A shard map manager with the map `Tenants` in a database of its own on the shared PostgreSQL.
///
/// @param database the manager's
public record TestShardMap(String database) {

  private static final String TABLES =
      """
      CREATE SCHEMA "__ShardManagement";
      CREATE VIEW "__ShardManagement"."ShardMapManagerGlobal" AS
      SELECT 1 AS "StoreVersionMajor", 2 AS "StoreVersionMinor";
      CREATE VIEW "__ShardManagement"."ShardMapsGlobal" AS
      SELECT 1 AS "ShardMapId", 'Tenants' AS "Name", 1 AS "ShardMapType";
      CREATE TABLE "__ShardManagement"."ShardsGlobal" (
        "ShardMapId" integer NOT NULL DEFAULT 1,
        "Readable" boolean NOT NULL DEFAULT true,
        "Protocol" integer NOT NULL,
        "ServerName" text NOT NULL,
        "Port" integer NOT NULL DEFAULT 0,
        "DatabaseName" text NOT NULL,
        "Status" integer NOT NULL DEFAULT 1
      );
      """;

  private static final String ADD =
      """
      INSERT INTO "__ShardManagement"."ShardsGlobal" ("Protocol", "ServerName", "DatabaseName")
      VALUES (?, ?, ?)
      """;

  public static TestShardMap create() {
    TestShardMap map = new TestShardMap(PostgresServer.shared().createDatabase());
    try (Connection connection = map.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLES);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return map;
  }

  /// Adds a shard that is reached by TCP.
  public void add(String server, String database) {
    add(server, database, 0);
  }

  /// Adds a shard that is reached as its protocol says; 2 is named pipes.
  public void add(String server, String database, int protocol) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(ADD)) {
      statement.setInt(1, protocol);
      statement.setString(2, server);
      statement.setString(3, database);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/%s?sslmode=disable"
            .formatted(PostgresServer.shared().port(), database),
        PostgresServer.USER,
        PostgresServer.PASSWORD);
  }
}
