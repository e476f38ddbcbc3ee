package dev.edj.shardmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.shardmap.ShardMapException.Code;
import dev.edj.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgreSqlShardMapTest extends ShardMapContract {

  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final String DATABASE = "shard_maps";
  private static final List<String> DOCUMENTED = DocumentedSql.blocks("PostgreSQL");

  /// Where the machine's locale is C, so would be the database's.
  @BeforeAll
  static void createDatabase() {
    SERVER.execute(
        """
        CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8'
          LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'
        """
            .formatted(DATABASE));
  }

  @AfterAll
  static void dropDatabase() {
    SERVER.execute("DROP DATABASE " + DATABASE);
  }

  @Override
  Catalog catalog() {
    return Catalog.POSTGRESQL;
  }

  @Override
  int port() {
    return SERVER.port();
  }

  @Override
  Connection connect() throws SQLException {
    return connectThrough(port());
  }

  @Override
  Connection connectThrough(int port) throws SQLException {
    return connect(port, PostgresServer.USER, PostgresServer.PASSWORD);
  }

  @Override
  Connection connectAsReader() throws SQLException {
    return connect(port(), READER, READER_PASSWORD);
  }

  private static Connection connect(int port, String user, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/%s?sslmode=disable&cancelSignalTimeout=2"
            .formatted(port, DATABASE),
        user,
        password);
  }

  @Override
  void createStore() throws SQLException {
    execute("DROP SCHEMA IF EXISTS \"__ShardManagement\" CASCADE");
    execute(DOCUMENTED.getFirst());
  }

  @Override
  String createReader() {
    return "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(READER, READER_PASSWORD);
  }

  @Override
  String dropReader() {
    return "DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(READER);
  }

  @Override
  String grants() {
    return DOCUMENTED.get(2);
  }

  @Override
  String table(String name) {
    return "\"__ShardManagement\".\"" + name + "\"";
  }

  @Override
  String column(String name) {
    return "\"" + name + "\"";
  }

  @Override
  Object id(UUID id) {
    return id;
  }

  @Override
  void lock(Connection locker, String table) throws SQLException {
    locker.setAutoCommit(false);
    try (Statement statement = locker.createStatement()) {
      statement.execute("LOCK TABLE " + table(table) + " IN ACCESS EXCLUSIVE MODE");
    }
  }

  @Test
  void theDocumentedMapIsRead() throws Exception {
    execute(DOCUMENTED.get(1));
    assertThat(databases(read("Tenants")))
        .containsExactly(
            "postgresql://db1.example.com/tenant1", "postgresql://db2.example.com:5433/tenant2");
  }

  @Test
  void viewsDoAsWellAsTables() throws Exception {
    execute("DROP SCHEMA \"__ShardManagement\" CASCADE");
    execute("CREATE TABLE public.tenants (host TEXT, database_name TEXT, active BOOLEAN)");
    try {
      execute("INSERT INTO public.tenants VALUES ('db1', 'a', true), ('db1', 'b', NULL)");
      execute(DocumentedSql.blocks("Views instead of tables").getFirst());
      assertThat(read("tenants").shards()).extracting(Shard::status).containsExactly(1, 0);
    } finally {
      execute("DROP TABLE public.tenants CASCADE");
    }
  }

  @Test
  void databasesThatDifferInCaseAreTwo() throws Exception {
    UUID map = addMap("Tenants");
    addShard(shard(map, "db1", "Sales"));
    addShard(shard(map, "db1", "SALES"));
    assertThat(read("Tenants").shards()).hasSize(2);
  }

  @Test
  void blanksAtTheEndOfANameAreNoneOnSqlServer() throws Exception {
    UUID map = addMap("Tenants");
    addShard(shard(map, "sqlserver://db1", "Sales  "));
    addShard(shard(map, "sqlserver://db1", "Sales").port(1433));
    addShard(shard(map, "sqlserver://db2", "a "));
    addShard(shard(map, "db3", "b "));
    ShardMap read = read("Tenants");
    assertThat(databases(read)).containsExactly("db1/Sales", "db2/a", "postgresql://db3/b ");
    assertThat(read.merged()).hasSize(1);
  }

  @Test
  void namesOfAnyLengthAreReadAsFarAsTheyCanBeUsed() throws Exception {
    execute(
        """
        ALTER TABLE "__ShardManagement"."ShardsGlobal"
          ALTER "ServerName" TYPE text, ALTER "DatabaseName" TYPE text
        """);
    UUID map = addMap("Tenants");
    addShard(shard(map, "db1", "x".repeat(100_000)));
    addShard(shard(map, "sqlserver://db2", "a" + " ".repeat(100_000) + "b"));
    addShard(shard(map, "db3" + " ".repeat(100_000) + ",1500", "a"));
    List<Shard> shards = read("Tenants").shards();
    assertThat(shards)
        .allMatch(shard -> shard.database().length() <= 257)
        .allMatch(shard -> shard.stored().serverName().length() <= 300);
    assertThat(shards)
        .as("what was cut is no other database")
        .extracting(Shard::database)
        .containsExactlyInAnyOrder("x".repeat(257), "a" + " ".repeat(256), "a");
    assertThat(shards)
        .as("what was cut is no other server")
        .filteredOn(shard -> shard.stored().serverName().startsWith("db3"))
        .extracting(Shard::problem)
        .containsExactly("the server's name is too long");
  }

  @Test
  void oneNameForTwoMapsIsRefusedWhereTheCatalogLetItBe() throws Exception {
    execute("DROP INDEX \"__ShardManagement\".\"ShardMapsGlobalName\"");
    addMap("Tenants");
    addMap("TENANTS");
    assertThat(refusal("Tenants")).returns(Code.AMBIGUOUS_NAME, ShardMapException::code);
  }

  @Test
  void readableMayBeANumberOrABit() throws Exception {
    UUID map = addMap("Tenants");
    addShard(shard(map, "db1", "a"));
    addShard(shard(map, "db1", "b").readable(false));
    execute(
        """
        ALTER TABLE "__ShardManagement"."ShardsGlobal"
          ALTER "Readable" DROP DEFAULT, ALTER "Readable" TYPE int USING "Readable"::int
        """);
    assertThat(read("Tenants").shards()).hasSize(1);
    execute(
        """
        ALTER TABLE "__ShardManagement"."ShardsGlobal"
          ALTER "Readable" TYPE bit USING "Readable"::bit
        """);
    assertThat(read("Tenants").shards()).hasSize(1);
  }
}
