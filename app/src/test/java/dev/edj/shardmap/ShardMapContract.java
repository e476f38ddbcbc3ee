package dev.edj.shardmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.edj.engine.ServerName;
import dev.edj.shardmap.ShardMapException.Code;
import dev.edj.testing.SilencingProxy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a reader of shard maps does in every kind of catalog. A subclass names the server, and how
/// its catalog is made.
abstract class ShardMapContract {

  static final String READER = "edj_reader";
  static final String READER_PASSWORD = "r3ader-Passw0rd";

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofSeconds(1);

  @SuppressWarnings("NullAway.Init")
  Connection connection;

  abstract Catalog catalog();

  /// As the owner of the database of this test.
  abstract Connection connect() throws SQLException;

  /// The same through another port.
  abstract Connection connectThrough(int port) throws SQLException;

  abstract int port();

  abstract Connection connectAsReader() throws SQLException;

  /// Leaves a store of version 1.2 without maps, and nothing that a test before left.
  abstract void createStore() throws SQLException;

  abstract String createReader();

  abstract String dropReader();

  /// What the documentation says the reader needs.
  abstract String grants();

  /// As it is written in a statement.
  abstract String table(String name);

  abstract String column(String name);

  /// An id as a parameter.
  abstract Object id(UUID id);

  /// Locks a table against readers, until the connection is closed.
  abstract void lock(Connection locker, String table) throws SQLException;

  /// Whether a statement that waits for a lock can be cancelled without losing its connection.
  boolean endsWaitingStatements() {
    return true;
  }

  /// Whether the server tells what is missing by the engine's own codes.
  boolean hasTheEnginesCodes() {
    return true;
  }

  @BeforeEach
  void openStore() throws SQLException {
    connection = connect();
    createStore();
  }

  @AfterEach
  void closeStore() throws SQLException {
    connection.close();
  }

  @Test
  void theShardsOfAMapAreSortedByServerAndDatabase() throws Exception {
    UUID map = addMap("Tenants");
    addShard(shard(map, "db2", "a"));
    addShard(shard(map, "DB1", "c"));
    addShard(shard(map, "db1", "b"));
    ShardMap read = read("Tenants");
    assertThat(read.version()).isEqualTo(new StoreVersion(1, 2));
    assertThat(read.name()).isEqualTo("Tenants");
    assertThat(read.kind()).isEqualTo(ShardMapKind.LIST);
    assertThat(databases(read))
        .containsExactly(server("db1") + "/b", server("db1") + "/c", server("db2") + "/a");
    assertThat(read.shards()).allMatch(shard -> shard.isOnline() && shard.problem() == null);
    assertThat(read.shards().get(1).stored()).isEqualTo(new StoredLocation("DB1", 0, 0));
    assertThat(read.merged()).isEmpty();
  }

  @Test
  void serverNamesAreThoseThatTargetsUnderstand() throws Exception {
    UUID map = addMap("Tenants");
    addShard(shard(map, "db1.example.com.", "default_port"));
    addShard(shard(map, "tcp:Db2.example.com", "tcp"));
    addShard(shard(map, "db3,1500", "port_in_name"));
    addShard(shard(map, "db4", "port").port(1600).protocol(1));
    addShard(shard(map, "postgresql://db5", "engine"));
    assertThat(read("Tenants").shards())
        .allSatisfy(shard -> {
          assertThat(shard.problem()).isNull();
          assertThat(ServerName.parse(shard.server()).canonical()).isEqualTo(shard.server());
        })
        .extracting(Shard::server)
        .containsExactlyInAnyOrder(
            server("db1.example.com"),
            server("db2.example.com"),
            server("db3", 1500),
            server("db4", 1600),
            "postgresql://db5");
  }

  @Test
  void theCaseOfANameAndBlanksAtItsEndDoNotMatter() throws Exception {
    UUID map = addMap("Ténants");
    addShard(shard(map, "db1", "a"));
    addShard(shard(addMap("Padded  "), "db1", "b"));
    for (String name : List.of("Ténants", "téNANTS", "TÉNANTS", "Ténants   ")) {
      assertThat(read(name).name()).as(name).isEqualTo("Ténants");
    }
    assertThat(databases(read("padded"))).containsExactly(server("db1") + "/b");
  }

  @Test
  void accentsAndBlanksAtTheBeginningMatter() throws Exception {
    addMap("Ténants");
    for (String name : List.of("Tenants", " Ténants", "Ténant", "T_nants", "%", "")) {
      assertThat(refusal(name).code()).as(name).isEqualTo(Code.NO_SUCH_MAP);
    }
  }

  @Test
  void anUnknownMapIsRefusedWithTheNamesThatThereAre() throws Exception {
    addMap("Orders");
    addMap("Customers");
    assertThat(refusal("Tenants"))
        .hasMessage("There is no shard map 'Tenants'; there is 'Customers', 'Orders'.");
    for (int number = 10; number < 20; number++) {
      addMap("Orders" + number);
    }
    assertThat(refusal("Tenants"))
        .message()
        .contains("'Orders17'")
        .doesNotContain("'Orders18'")
        .contains("and 2 more");
  }

  @Test
  void aStoreWithoutMapsSaysSo() throws Exception {
    assertThat(refusal("Tenants")).hasMessage("There is no shard map 'Tenants', nor any other.");
    assertThat(reader().list(connection)).isEmpty();
  }

  @Test
  void anEmptyMapHasNoShards() throws Exception {
    addMap("Tenants");
    addShard(shard(addMap("Others"), "db1", "a"));
    assertThat(read("Tenants").shards()).isEmpty();
  }

  @Test
  void aShardThatIsBeingAddedIsLeftOut() throws Exception {
    UUID map = addMap("Tenants");
    addShard(shard(map, "db1", "a"));
    addShard(shard(map, "db1", "b").readable(false));
    assertThat(databases(read("Tenants"))).containsExactly(server("db1") + "/a");
  }

  @Test
  void aShardWithAPendingOperationIsStillOne() throws Exception {
    UUID map = addMap("Tenants");
    addShard(shard(map, "db1", "a").operation(UUID.randomUUID()));
    assertThat(databases(read("Tenants"))).containsExactly(server("db1") + "/a");
  }

  @Test
  void offlineShardsAreReadWithTheirStatus() throws Exception {
    UUID map = addMap("Tenants");
    addShard(shard(map, "db1", "a").status(0));
    addShard(shard(map, "db1", "b").status(42));
    ShardMap read = read("Tenants");
    assertThat(read.shards()).extracting(Shard::status).containsExactly(0, 42);
    assertThat(read.shards()).noneMatch(Shard::isOnline);
    assertThat(read.explanation())
        .containsExactly(
            "shard map 'Tenants' has 2 databases", "2 of them are not marked as online");
  }

  @Test
  void aDatabaseThatIsListedSeveralTimesIsOneShard() throws Exception {
    UUID map = addMap("Tenants");
    int defaultPort = catalog().defaultPort();
    addShard(shard(map, "db1", "a").status(0));
    addShard(shard(map, "db1", "a").port(defaultPort));
    addShard(shard(map, "db1", "a").protocol(1));
    addShard(shard(map, "tcp:DB1", "a").protocol(1));
    addShard(shard(map, "db1," + defaultPort, "a"));
    addShard(shard(map, "db1", "a").port(1600));
    ShardMap read = read("Tenants");
    assertThat(databases(read)).containsExactly(server("db1") + "/a", server("db1", 1600) + "/a");
    assertThat(read.shards()).allMatch(Shard::isOnline);
    assertThat(read.merged()).hasSize(4).anyMatch(shard -> shard.status() == 0);
    assertThat(read.explanation()).contains(server("db1") + "/a is listed more than once");
  }

  @Test
  void anotherProtocolThanTcpIsThatShardsOwnFailure() throws Exception {
    UUID map = addMap("Tenants");
    addShard(shard(map, "db1", "a"));
    addShard(shard(map, "db1", "b").protocol(2));
    addShard(shard(map, "db1", "c").protocol(3));
    addShard(shard(map, "db1", "d").protocol(4));
    addShard(shard(map, "db1", "e").protocol(2));
    addShard(shard(map, "db1", "e").protocol(1));
    assertThat(read("Tenants").shards())
        .extracting(Shard::problem)
        .satisfiesExactly(
            problem -> assertThat(problem).isNull(),
            problem -> assertThat(problem).contains("named pipes"),
            problem -> assertThat(problem).contains("shared memory"),
            problem -> assertThat(problem).contains("protocol 4"),
            problem -> assertThat(problem).isNull());
  }

  @Test
  void aServerThatCannotBeReadIsThatShardsOwnFailure() throws Exception {
    UUID map = addMap("Tenants");
    addShard(shard(map, "db1", "a"));
    addShard(shard(map, "what is this?", "b"));
    addShard(shard(map, "db1,1500", "c").port(1600));
    addShard(shard(map, "db1", "d").port(65_536));
    assertThat(read("Tenants").shards())
        .filteredOn(shard -> shard.problem() != null)
        .extracting(Shard::database)
        .containsExactlyInAnyOrder("b", "c", "d");
  }

  /// A login that names no database ends up in some other.
  @Test
  void aBlankDatabaseNameIsThatShardsOwnFailure() throws Exception {
    UUID map = addMap("Tenants");
    addShard(shard(map, "db1", ""));
    addShard(shard(map, "db2", " "));
    addShard(shard(map, "db3", "\u3000"));
    assertThat(read("Tenants").shards())
        .hasSize(3)
        .extracting(Shard::problem)
        .containsOnly("the shard has no database name");
  }

  @Test
  void aMapOfAnyTypeIsRead() throws Exception {
    for (int type : List.of(0, 2, 7)) {
      UUID map = addMap("Type" + type, type);
      addShard(shard(map, "db1", "a"));
      assertThat(read("Type" + type).shards()).hasSize(1);
    }
    assertThat(read("Type2").kind()).isEqualTo(ShardMapKind.RANGE);
    assertThat(read("Type7").kind()).isEqualTo(ShardMapKind.OTHER);
  }

  @Test
  void twoMapsMayShareADatabase() throws Exception {
    addShard(shard(addMap("One"), "db1", "a"));
    addShard(shard(addMap("Two"), "db1", "a"));
    for (String name : List.of("One", "Two")) {
      ShardMap read = read(name);
      assertThat(databases(read)).containsExactly(server("db1") + "/a");
      assertThat(read.merged()).isEmpty();
    }
  }

  @Test
  void allMapsAreListedByName() throws Exception {
    addMap("b", 2);
    addMap("a", 1);
    assertThat(reader().list(connection))
        .containsExactly(
            new ShardMapEntry("a", ShardMapKind.LIST), new ShardMapEntry("b", ShardMapKind.RANGE));
  }

  @Test
  void namesAreReadWhateverIsInThem() throws Exception {
    String map = "Größe ]'\"`; -- 顧客 🦆";
    UUID id = addMap(map);
    String longName = "長".repeat(127) + "]";
    String longHost = "h".repeat(63) + "." + "g".repeat(64);
    List<String> names = List.of("a]b", "a'b", "a\"b", "a`b", "a\\b", "Ünïcode", "🦆", longName);
    for (String name : names) {
      addShard(shard(id, "db1", name));
    }
    addShard(shard(id, longHost, "z"));
    ShardMap read = read(map);
    assertThat(read.name()).isEqualTo(map);
    assertThat(read.shards().stream().filter(shard -> shard.server().equals(server("db1"))))
        .extracting(Shard::database)
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(databases(read)).contains(server(longHost) + "/z");
    assertThat(refusal("a'b]\"`--").code()).isEqualTo(Code.NO_SUCH_MAP);
  }

  @Test
  void theLayoutOfVersion10IsRead() throws Exception {
    replaceVersion("StoreVersion INT NOT NULL", "1");
    addShard(shard(addMap("Tenants"), "db1", "a"));
    assertThat(read("Tenants").version()).isEqualTo(new StoreVersion(1, 0));
    assertThat(read("Tenants").shards()).hasSize(1);
  }

  @Test
  void theColumnOfAnUpgradeDoesNotMatter() throws Exception {
    replaceVersion("StoreVersionMajor INT, StoreVersionMinor INT, UpgradeLock INT", "1, 1, NULL");
    addMap("Tenants");
    assertThat(read("Tenants").version()).isEqualTo(new StoreVersion(1, 1));
  }

  @Test
  void anotherMajorVersionIsRefused() throws Exception {
    addMap("Tenants");
    replaceVersion("StoreVersionMajor INT, StoreVersionMinor INT", "2, 1");
    assertThat(refusal("Tenants"))
        .hasMessageContaining("2.1")
        .returns(Code.UNKNOWN_VERSION, ShardMapException::code);
    replaceVersion("StoreVersion INT", "2");
    assertThat(refusal("Tenants").code()).isEqualTo(Code.UNKNOWN_VERSION);
    assertThat(refusalOfList().code()).isEqualTo(Code.UNKNOWN_VERSION);
  }

  @Test
  void aVersionThatIsNotOneRowIsRefused() throws Exception {
    execute("DELETE FROM " + table("ShardMapManagerGlobal"));
    assertThat(refusal("Tenants").code()).isEqualTo(Code.UNKNOWN_VERSION);
    replaceVersion("Remark INT", "1");
    assertThat(refusal("Tenants").code()).isEqualTo(Code.UNKNOWN_VERSION);
    replaceVersion("StoreVersionMajor INT, StoreVersionMinor INT", "1, 1), (1, 2), (1, 3");
    assertThat(refusal("Tenants"))
        .hasMessageContaining("has several")
        .returns(Code.UNKNOWN_VERSION, ShardMapException::code);
  }

  @Test
  void aDatabaseWithoutTheTablesIsNotAManager() throws Exception {
    assumeThat(hasTheEnginesCodes()).isTrue();
    dropShards();
    execute("DROP TABLE " + table("ShardMapsGlobal"));
    execute("DROP TABLE " + table("ShardMapManagerGlobal"));
    assertThat(refusal("Tenants"))
        .returns(Code.NOT_A_SHARD_MAP_MANAGER, ShardMapException::code)
        .hasMessageContaining("not that of a shard map manager");
    assertThat(refusalOfList().code()).isEqualTo(Code.NOT_A_SHARD_MAP_MANAGER);
  }

  @Test
  void aDatabaseWithoutOneOfTheTablesIsNotAManager() throws Exception {
    assumeThat(hasTheEnginesCodes()).isTrue();
    dropShards();
    assertThat(refusal("Tenants").code()).isEqualTo(Code.NOT_A_SHARD_MAP_MANAGER);
  }

  @Test
  void aLoginWithoutPermissionIsToldSo() throws Exception {
    assumeThat(hasTheEnginesCodes()).isTrue();
    execute(createReader());
    try (Connection asReader = connectAsReader()) {
      assertThat(refusal(reader(), asReader, "Tenants"))
          .returns(Code.NO_PERMISSION, ShardMapException::code)
          .hasMessageContaining("needs SELECT");
    } finally {
      execute(dropReader());
    }
  }

  @Test
  void theDocumentedPermissionsAreEnough() throws Exception {
    addShard(shard(addMap("Tenants"), "db1", "a"));
    execute(createReader());
    try {
      execute(grants());
      try (Connection asReader = connectAsReader()) {
        assertThat(reader().read(asReader, "Tenants").shards()).hasSize(1);
        assertThat(reader().list(asReader)).hasSize(1);
      }
    } finally {
      execute(dropReader());
    }
  }

  @Test
  void aLockedStoreIsWaitedForNoLongerThanTheLimit() throws Exception {
    addMap("Tenants");
    for (String table : List.of("ShardMapManagerGlobal", "ShardsGlobal")) {
      try (Connection locker = connect()) {
        lock(locker, table);
        long begin = System.nanoTime();
        ShardMapException refusal = refusal(reader(SHORT), connection, "Tenants");
        assertThat(refusal.code()).isEqualTo(Code.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
            .isBetween(SHORT, SHORT.plusSeconds(5));
      }
      if (endsWaitingStatements()) {
        assertThat(read("Tenants").shards()).as("on the same connection").isEmpty();
        assertThat(connection.getNetworkTimeout()).isZero();
        assertThat(connection.getAutoCommit()).isTrue();
      } else {
        connection = connect();
      }
    }
  }

  @Test
  void aServerThatFallsSilentIsWaitedForLittleLongerThanTheLimit() throws Exception {
    addMap("Tenants");
    try (SilencingProxy proxy = new SilencingProxy(port());
        Connection through = connectThrough(proxy.port())) {
      proxy.fallSilent();
      long begin = System.nanoTime();
      assertThat(refusal(reader(SHORT), through, "Tenants").code()).isEqualTo(Code.TIMED_OUT);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SHORT.plusSeconds(10));
      abort(through);
    }
  }

  @Test
  void moreShardsThanAreReadIsAFailure() throws Exception {
    UUID map = addMap("Tenants");
    for (int number = 0; number < 3; number++) {
      addShard(shard(map, "db1", "a" + number));
    }
    ShardMapReader three = new ShardMapReader(catalog(), LONG, 3);
    assertThat(three.read(connection, "Tenants").shards()).hasSize(3);
    addShard(shard(map, "db1", "a3"));
    assertThat(refusal(three, connection, "Tenants").code()).isEqualTo(Code.TOO_MANY_ROWS);
    assertThat(read("Tenants").shards()).as("no limit stays behind").hasSize(4);
  }

  @Test
  void thousandsOfShardsAreRead() throws Exception {
    UUID map = addMap("Tenants");
    connection.setAutoCommit(false);
    for (int number : IntStream.range(0, 2_000).toArray()) {
      addShard(shard(map, "db" + number % 7, "tenant" + number));
    }
    connection.setAutoCommit(true);
    assertThat(read("Tenants").shards()).hasSize(2_000);
  }

  @Test
  void aBrokenConnectionIsNoneOfTheCodes() throws Exception {
    Connection broken = connect();
    broken.close();
    Assertions.assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> reader().read(broken, "Tenants"));
  }

  ShardMap read(String name) throws Exception {
    return reader().read(connection, name);
  }

  ShardMapReader reader() {
    return reader(LONG);
  }

  ShardMapReader reader(Duration limit) {
    return new ShardMapReader(catalog(), limit, 10_000);
  }

  ShardMapException refusal(String name) {
    return refusal(reader(), connection, name);
  }

  static ShardMapException refusal(ShardMapReader reader, Connection connection, String name) {
    return catchThrowableOfType(ShardMapException.class, () -> reader.read(connection, name));
  }

  private ShardMapException refusalOfList() {
    return catchThrowableOfType(ShardMapException.class, () -> reader().list(connection));
  }

  static List<String> databases(ShardMap map) {
    return map.shards().stream().map(shard -> shard.server() + "/" + shard.database()).toList();
  }

  /// The server's name as a target has it.
  String server(String host) {
    return server(host, catalog().defaultPort());
  }

  String server(String host, int port) {
    return ServerName.parse(catalog().scheme() + "://" + host + ":" + port).canonical();
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  UUID addMap(String name) throws SQLException {
    return addMap(name, 1);
  }

  UUID addMap(String name, int type) throws SQLException {
    UUID map = UUID.randomUUID();
    insert(
        "ShardMapsGlobal",
        List.of("ShardMapId", "Name", "ShardMapType", "KeyType"),
        id(map),
        name,
        type,
        1);
    return map;
  }

  void addShard(Row row) throws SQLException {
    insert(
        "ShardsGlobal",
        List.of(
            "ShardId",
            "Readable",
            "Version",
            "ShardMapId",
            "OperationId",
            "Protocol",
            "ServerName",
            "Port",
            "DatabaseName",
            "Status"),
        id(UUID.randomUUID()),
        row.readable(),
        id(UUID.randomUUID()),
        id(row.map()),
        row.operation() == null ? null : id(row.operation()),
        row.protocol(),
        row.server(),
        row.port(),
        row.database(),
        row.status());
  }

  static Row shard(UUID map, String server, String database) {
    return new Row(map, server, database, 0, 0, 1, true, null);
  }

  /// A row of ShardsGlobal.
  record Row(
      UUID map,
      String server,
      String database,
      int port,
      int protocol,
      int status,
      boolean readable,
      @Nullable UUID operation) {

    Row port(int port) {
      return new Row(map, server, database, port, protocol, status, readable, operation);
    }

    Row protocol(int protocol) {
      return new Row(map, server, database, port, protocol, status, readable, operation);
    }

    Row status(int status) {
      return new Row(map, server, database, port, protocol, status, readable, operation);
    }

    Row readable(boolean readable) {
      return new Row(map, server, database, port, protocol, status, readable, operation);
    }

    Row operation(UUID operation) {
      return new Row(map, server, database, port, protocol, status, readable, operation);
    }
  }

  private void insert(String table, List<String> columns, @Nullable Object... values)
      throws SQLException {
    String sql =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                table(table),
                String.join(", ", columns.stream().map(this::column).toList()),
                String.join(", ", columns.stream().map(column -> "?").toList()));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int index = 0; index < values.length; index++) {
        statement.setObject(index + 1, values[index]);
      }
      statement.executeUpdate();
    }
  }

  private void dropShards() throws SQLException {
    execute("DROP TABLE IF EXISTS " + table("ShardMappingsGlobal"));
    execute("DROP TABLE " + table("ShardsGlobal"));
  }

  /// @param columns with their types
  private void replaceVersion(String columns, String values) throws SQLException {
    execute("DROP TABLE " + table("ShardMapManagerGlobal"));
    String quoted =
        String.join(
            ", ",
            List.of(columns.split(", ", -1)).stream()
                .map(column -> column(column.split(" ", 2)[0]) + " " + column.split(" ", 2)[1])
                .toList());
    execute("CREATE TABLE %s (%s)".formatted(table("ShardMapManagerGlobal"), quoted));
    execute("INSERT INTO %s VALUES (%s)".formatted(table("ShardMapManagerGlobal"), values));
  }

  /// Closing would wait for the server.
  private static void abort(Connection connection) throws SQLException, IOException {
    connection.abort(Runnable::run);
  }
}
