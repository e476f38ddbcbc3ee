package dev.edj.shardmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.engine.ServerName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Needs a SQL Server, as `SqlServerTest` does, and tells a stand-in like it. The tables are made
/// here as they are described, not by the tools.
@EnabledIfEnvironmentVariable(
    named = "EDJ_TEST_SQLSERVER_URL",
    matches = ".+",
    disabledReason = "no SQL Server: set EDJ_TEST_SQLSERVER_URL, _USER and _PASSWORD")
class SqlServerShardMapTest extends ShardMapContract {

  private static final String DATABASE = "edj_test_maps_" + ProcessHandle.current().pid();

  private static boolean standIn;

  @BeforeAll
  static void createDatabase() throws SQLException {
    executeInMaster("CREATE DATABASE " + DATABASE);
    standIn = !knowsWaitFor();
    try (Connection connection = connectTo(DATABASE, address().portOrDefault());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA __ShardManagement");
    }
  }

  private static boolean knowsWaitFor() {
    try {
      executeInMaster("WAITFOR DELAY '00:00:00'");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /// On the stand-in a session ends some time after its connection was closed.
  @AfterAll
  static void dropDatabase() throws SQLException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        executeInMaster("DROP DATABASE IF EXISTS " + DATABASE);
        executeInMaster("IF SUSER_ID('%1$s') IS NOT NULL DROP LOGIN %1$s".formatted(READER));
        return;
      } catch (SQLException e) {
        if (!standIn || attempt == 30) {
          throw e;
        }
        Thread.sleep(Duration.ofSeconds(1));
      }
    }
  }

  private static void executeInMaster(String sql) throws SQLException {
    try (Connection connection = connectTo("master", address().portOrDefault());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static ServerName address() {
    return ServerName.parse(environment("EDJ_TEST_SQLSERVER_URL"));
  }

  private static String environment(String name) {
    Map<String, String> environment = System.getenv();
    return Objects.requireNonNull(environment.get(name), name);
  }

  private static Connection connectTo(String database, int port) throws SQLException {
    return connect(
        database,
        port,
        environment("EDJ_TEST_SQLSERVER_USER"),
        environment("EDJ_TEST_SQLSERVER_PASSWORD"));
  }

  private static Connection connect(String database, int port, String user, String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sqlserver://%s:%d;databaseName=%s;encrypt=true;trustServerCertificate=true"
            .formatted(address().host(), port, database),
        user,
        password);
  }

  @Override
  Catalog catalog() {
    return Catalog.SQL_SERVER;
  }

  @Override
  int port() {
    return address().portOrDefault();
  }

  @Override
  Connection connect() throws SQLException {
    return connectTo(DATABASE, port());
  }

  @Override
  Connection connectThrough(int port) throws SQLException {
    return connectTo(DATABASE, port);
  }

  @Override
  Connection connectAsReader() throws SQLException {
    return connect(DATABASE, port(), READER, READER_PASSWORD);
  }

  @Override
  void createStore() throws SQLException {
    for (String table :
        List.of(
            "ShardMappingsGlobal",
            "ShardsGlobal",
            "ShardMapsGlobal",
            "OperationsLogGlobal",
            "ShardedDatabaseSchemaInfosGlobal",
            "ShardMapManagerGlobal")) {
      execute("DROP TABLE IF EXISTS __ShardManagement." + table);
    }
    execute(
        """
        CREATE TABLE __ShardManagement.ShardMapManagerGlobal (
          StoreVersionMajor INT NOT NULL PRIMARY KEY,
          StoreVersionMinor INT NOT NULL);
        INSERT INTO __ShardManagement.ShardMapManagerGlobal VALUES (1, 2);
        CREATE TABLE __ShardManagement.ShardMapsGlobal (
          ShardMapId UNIQUEIDENTIFIER NOT NULL PRIMARY KEY,
          Name NVARCHAR(50) COLLATE SQL_Latin1_General_CP1_CI_AS NOT NULL UNIQUE,
          ShardMapType INT NOT NULL,
          KeyType INT NOT NULL);
        CREATE TABLE __ShardManagement.ShardsGlobal (
          ShardId UNIQUEIDENTIFIER NOT NULL PRIMARY KEY,
          Readable BIT NOT NULL,
          Version UNIQUEIDENTIFIER NOT NULL,
          ShardMapId UNIQUEIDENTIFIER NOT NULL
            REFERENCES __ShardManagement.ShardMapsGlobal (ShardMapId),
          OperationId UNIQUEIDENTIFIER NULL,
          Protocol INT NOT NULL,
          ServerName NVARCHAR(128) COLLATE SQL_Latin1_General_CP1_CI_AS NOT NULL,
          Port INT NOT NULL,
          DatabaseName NVARCHAR(128) COLLATE SQL_Latin1_General_CP1_CI_AS NOT NULL,
          Status INT NOT NULL,
          UNIQUE (ShardMapId, Protocol, ServerName, DatabaseName, Port));
        CREATE TABLE __ShardManagement.ShardMappingsGlobal (
          MappingId UNIQUEIDENTIFIER NOT NULL UNIQUE,
          Readable BIT NOT NULL,
          ShardId UNIQUEIDENTIFIER NOT NULL REFERENCES __ShardManagement.ShardsGlobal (ShardId),
          ShardMapId UNIQUEIDENTIFIER NOT NULL
            REFERENCES __ShardManagement.ShardMapsGlobal (ShardMapId),
          OperationId UNIQUEIDENTIFIER NULL,
          MinValue VARBINARY(128) NOT NULL,
          MaxValue VARBINARY(128) NULL,
          Status INT NOT NULL,
          LockOwnerId UNIQUEIDENTIFIER NOT NULL
            DEFAULT '00000000-0000-0000-0000-000000000000',
          PRIMARY KEY (ShardMapId, MinValue, Readable));
        CREATE TABLE __ShardManagement.OperationsLogGlobal (
          OperationId UNIQUEIDENTIFIER NOT NULL PRIMARY KEY,
          OperationCode INT NOT NULL,
          Data XML NOT NULL,
          UndoStartState INT NOT NULL DEFAULT 100,
          ShardVersionRemoves UNIQUEIDENTIFIER NULL,
          ShardVersionAdds UNIQUEIDENTIFIER NULL);
        CREATE TABLE __ShardManagement.ShardedDatabaseSchemaInfosGlobal (
          Name NVARCHAR(128) NOT NULL PRIMARY KEY,
          SchemaInfo XML NOT NULL);
        """);
  }

  @Override
  String createReader() {
    return """
    IF SUSER_ID('%1$s') IS NULL CREATE LOGIN %1$s WITH PASSWORD = '%2$s';
    CREATE USER %1$s FOR LOGIN %1$s
    """
        .formatted(READER, READER_PASSWORD);
  }

  @Override
  String dropReader() {
    return """
    REVOKE SELECT ON SCHEMA::__ShardManagement FROM %1$s;
    DROP USER %1$s
    """
        .formatted(READER);
  }

  @Override
  String grants() {
    return DocumentedSql.blocks("SQL Server").getFirst();
  }

  @Override
  String table(String name) {
    return "__ShardManagement." + name;
  }

  @Override
  String column(String name) {
    return name;
  }

  @Override
  Object id(UUID id) {
    return id.toString();
  }

  /// As the tools lock a store while they upgrade it.
  @Override
  void lock(Connection locker, String table) throws SQLException {
    locker.setAutoCommit(false);
    try (Statement statement = locker.createStatement()) {
      statement.execute("ALTER TABLE __ShardManagement." + table + " ADD UpgradeLock INT NULL");
    }
  }

  /// The stand-in looks for a cancel only when it has the lock.
  @Override
  boolean endsWaitingStatements() {
    return !standIn;
  }

  /// The stand-in has numbers of its own for a permission, and for a table that the session has
  /// seen being dropped.
  @Override
  boolean hasTheEnginesCodes() {
    return !standIn;
  }

  @Test
  void instancesAreReadAndAPortDecidesOverThem() throws Exception {
    UUID map = addMap("Tenants");
    addShard(shard(map, "db1\\Blue", "a"));
    addShard(shard(map, "db1\\BLUE", "A").protocol(1));
    addShard(shard(map, "db2\\blue", "b").port(1433));
    addShard(shard(map, "db3\\MSSQLSERVER", "c"));
    assertThat(databases(read("Tenants"))).containsExactly("db1\\blue/A", "db2/b", "db3/c");
  }

  @Test
  void databasesThatDifferInCaseAreOne() throws Exception {
    UUID map = addMap("Tenants");
    addShard(shard(map, "db1", "Sales"));
    addShard(shard(map, "DB1", "SALES").port(1433));
    addShard(shard(map, "tcp:db1", "Sales  "));
    ShardMap read = read("Tenants");
    assertThat(databases(read)).containsExactly("db1/SALES");
    assertThat(read.merged()).extracting(Shard::database).containsExactly("Sales", "Sales");
  }
}
