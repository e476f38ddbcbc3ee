package dev.edj.shardmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.shardmap.ShardMapException.Code;
import dev.edj.testing.MariaDbServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(value = MariaDbServer.SETTINGS, mode = ResourceAccessMode.READ)
class MariaDbShardMapTest extends ShardMapContract {

  private static final List<String> DOCUMENTED = DocumentedSql.blocks("MySQL and MariaDB");

  /// Not one whose name begins with `test_`: a new MariaDB lets everybody read those.
  private static final String DATABASE = "shard_maps";

  @BeforeAll
  static void createDatabase() {
    MariaDbServer.shared().execute("CREATE DATABASE " + DATABASE);
  }

  @AfterAll
  static void dropDatabase() {
    MariaDbServer.shared().execute("DROP DATABASE " + DATABASE);
  }

  @Override
  Catalog catalog() {
    return Catalog.MARIADB;
  }

  @Override
  int port() {
    return MariaDbServer.shared().port();
  }

  @Override
  Connection connect() throws SQLException {
    return connectThrough(port());
  }

  @Override
  Connection connectThrough(int port) throws SQLException {
    return connect(port, MariaDbServer.USER, MariaDbServer.PASSWORD);
  }

  @Override
  Connection connectAsReader() throws SQLException {
    return connect(port(), READER, READER_PASSWORD);
  }

  private static Connection connect(int port, String user, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:%d/%s?sslMode=disable&allowMultiQueries=true"
            .formatted(port, DATABASE),
        user,
        password);
  }

  @Override
  void createStore() throws SQLException {
    execute("DROP TABLE IF EXISTS ShardsGlobal, ShardMapsGlobal, ShardMapManagerGlobal");
    execute(DOCUMENTED.getFirst());
  }

  /// Without any right on the database the login could not even choose it.
  @Override
  String createReader() {
    return """
    CREATE USER %1$s@'%%' IDENTIFIED BY '%2$s';
    GRANT CREATE TEMPORARY TABLES ON %3$s.* TO %1$s@'%%'
    """
        .formatted(READER, READER_PASSWORD, DATABASE);
  }

  @Override
  String dropReader() {
    return "DROP USER %s@'%%'".formatted(READER);
  }

  @Override
  String grants() {
    return DOCUMENTED.get(2);
  }

  @Override
  String table(String name) {
    return name;
  }

  @Override
  String column(String name) {
    return name;
  }

  @Override
  Object id(UUID id) {
    return id.toString();
  }

  @Override
  void lock(Connection locker, String table) throws SQLException {
    try (Statement statement = locker.createStatement()) {
      statement.execute("LOCK TABLES " + table + " WRITE");
    }
  }

  @Test
  void theDocumentedMapIsRead() throws Exception {
    execute(DOCUMENTED.get(1));
    assertThat(databases(read("Tenants")))
        .containsExactly(
            "mariadb://db1.example.com/tenant1", "mariadb://db2.example.com:5433/tenant2");
  }

  @Test
  void databasesThatDifferInCaseAreTwo() throws Exception {
    UUID map = addMap("Tenants");
    addShard(shard(map, "db1", "Sales"));
    addShard(shard(map, "db1", "SALES"));
    assertThat(read("Tenants").shards()).hasSize(2);
  }

  @Test
  void oneNameForTwoMapsIsRefusedBecauseTheCatalogLetItBe() throws Exception {
    addMap("Tenants");
    addMap("TENANTS");
    assertThat(refusal("Tenants")).returns(Code.AMBIGUOUS_NAME, ShardMapException::code);
  }

  @Test
  void collationsThatIgnoreAccentsAreNotAsked() throws Exception {
    for (String collation :
        List.of("utf8mb4 COLLATE utf8mb4_general_ci", "latin1 COLLATE latin1_swedish_ci")) {
      createStore();
      execute("ALTER TABLE ShardMapsGlobal MODIFY Name VARCHAR(50) CHARACTER SET " + collation);
      addMap("Ténants");
      assertThat(refusal("Tenants").code()).isEqualTo(Code.NO_SUCH_MAP);
      assertThat(read("TÉNANTS ").name()).isEqualTo("Ténants");
    }
  }

  @Test
  void idsMayBeBinaryAndReadableABit() throws Exception {
    execute("DROP TABLE ShardsGlobal, ShardMapsGlobal");
    execute(
        """
        CREATE TABLE ShardMapsGlobal (ShardMapId BINARY(16), Name VARCHAR(50), ShardMapType INT);
        CREATE TABLE ShardsGlobal (ShardMapId BINARY(16), Readable BIT(1), Protocol INT,
          ServerName VARCHAR(128), Port INT, DatabaseName VARCHAR(128), Status INT);
        INSERT INTO ShardMapsGlobal VALUES (UNHEX(REPEAT('0F', 16)), 'Tenants', 1);
        INSERT INTO ShardsGlobal VALUES
          (UNHEX(REPEAT('0F', 16)), b'1', NULL, 'db1', NULL, 'a', NULL),
          (UNHEX(REPEAT('0F', 16)), b'0', NULL, 'db1', NULL, 'b', NULL)
        """);
    assertThat(databases(read("Tenants"))).containsExactly("mariadb://db1/a");
  }
}
