package dev.edj.target;

import static dev.edj.target.Membership.Exclude;
import static dev.edj.target.Membership.Include;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.credential.NewCredential;
import dev.edj.engine.TargetException;
import dev.edj.engine.TlsMode;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import dev.edj.testing.TestShardMap;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Shard maps as targets, read from a real catalog.
@TestInstance(Lifecycle.PER_CLASS)
class ShardMapTargetsTest {

  private static final PostgresServer LIVE = PostgresServer.shared();
  private static final String SERVER = "postgresql://localhost:" + LIVE.port();

  private final TestControlDatabase control = TestControlDatabase.create();
  private final TestFleet fleet = new TestFleet(control.jdbi());
  private final Targets targets = fleet.targets;
  private TestShardMap map;
  private String target;

  @BeforeAll
  void nameTheServer() {
    fleet.credentials.create(
        new NewCredential(
            "reader", PostgresServer.USER, PostgresServer.PASSWORD, null, List.of(SERVER)));
    targets.create(
        new NewTarget(
            TargetKind.Server,
            "live",
            SERVER,
            null,
            "reader",
            null,
            new ServerSettingsChange(
                TlsMode.VERIFY_FULL, LIVE.certificatePem(), null, null, null, null, null)));
  }

  @BeforeEach
  void createMap() {
    map = TestShardMap.create();
    target = shardMap(map.database(), "tenants", "reader").name();
  }

  @AfterAll
  void close() {
    control.close();
  }

  @Test
  void aShardMapIsNamedByWhereItIs() {
    Target created = targets.named(target);
    assertThat(created.name()).isEqualTo(SERVER + "/" + map.database() + "#tenants");
    assertThat(created.kind()).isEqualTo(TargetKind.ShardMap);
    assertThat(created.shardMap()).isEqualTo("tenants");
    assertThat(created.credential()).isEqualTo("reader");
    assertThatThrownBy(() -> shardMap(map.database(), "tenants", null))
        .hasMessageContaining("'%s' exists already", target);
    assertThat(shardMap(map.database(), "another", null).credential()).isNull();
  }

  @Test
  void whatAShardMapNeedsIsAskedFor() {
    assertField(() -> create(TargetKind.ShardMap, null, "tenants"), "database");
    assertField(() -> create(TargetKind.ShardMap, "catalog", null), "shardMap");
    assertField(() -> create(TargetKind.Database, "catalog", "tenants"), "shardMap");
    assertField(() -> create(TargetKind.ShardMap, "catalog", "x".repeat(129)), "shardMap");
  }

  @Test
  void aShardThatIsAddedIsThereTheNextTime() {
    assertThat(resolved(target)).isEmpty();
    map.add("Shard1", "tenant1");
    map.add("mariadb://shard2", "tenant2");
    assertThat(resolved(target))
        .containsExactly("mariadb://shard2/tenant2", "postgresql://shard1/tenant1");
    map.add("shard1:5433", "tenant1");
    assertThat(resolved(target)).contains("postgresql://shard1:5433/tenant1").hasSize(3);
    assertThat(targets.resolve(target, null).explanation())
        .containsExactly("shard map 'Tenants' has 3 databases");
  }

  @Test
  void aShardMapIsAMemberLikeAnyOther() {
    map.add("shard1", "tenant1");
    map.add("shard1", "tenant2");
    map.add("localhost:" + LIVE.port(), map.database());
    fleet.database("postgresql://shard1", "tenant2");
    String name = collection(target, "live");
    targets.addChild(name, "postgresql://shard1/tenant2", Exclude);
    assertThat(resolved(name))
        .containsOnlyOnce(SERVER + "/" + map.database())
        .contains("postgresql://shard1/tenant1")
        .doesNotContain("postgresql://shard1/tenant2");

    targets.addChild(name, target, Exclude);
    assertThat(resolved(name)).noneMatch(database -> database.endsWith(map.database()));
  }

  @Test
  void aShardThatCannotBeConnectedToFailsByItself() {
    map.add("shard1", "good");
    map.add("shard1", "piped", 2);
    map.add("not a name", "unreadable");
    map.add("shard1", "");
    Resolution resolution = targets.resolve(target, null);
    assertThat(resolution.explanation())
        .contains(
            "shard1 (protocol 2, port 0)/piped fails: the map says to connect through named pipes, which EDJ cannot",
            "not a name (protocol 0, port 0)/unreadable fails: the server's name cannot be read");

    assertThat(resolution.databases()).hasSize(4);
    assertThat(failureAt(resolution, "piped")).contains("named pipes");
    assertThat(failureAt(resolution, "unreadable")).contains("the server's name cannot be read");
    assertThat(failureAt(resolution, "")).contains("the shard has no database name");
  }

  @Test
  void aShardWithANameThatCannotBeStoredFailsByItself() {
    String tooLong = random(10_000);
    map.add("shard1", "good");
    map.add("shard1", tooLong);
    map.add("shard1", "tab\tstop");
    map.add(random(10_000), "anywhere");
    Resolution resolution = targets.resolve(target, null);
    assertThat(resolution.databases()).hasSize(4);
    assertThat(failureAt(resolution, tooLong.substring(0, 128) + "…"))
        .isEqualTo(failureAt(resolution, "tab\uFFFDstop"))
        .contains("has more than 128 characters, or control or unpaired characters");
    assertThat(failureAt(resolution, "anywhere")).contains("the server's name is too long");
  }

  /// Not to be compressed.
  private static String random(int length) {
    return new Random(1)
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void whatCannotBeToldIsNotExcluded() {
    map.add("shard1", "piped", 2);
    fleet.database("postgresql://shard1", "piped");
    String name = collection("postgresql://shard1/piped");
    targets.addChild(name, target, Exclude);
    for (ThrowingCallable question :
        List.<ThrowingCallable>of(
            () -> targets.resolve(name, null), () -> targets.explain(name, null))) {
      assertThatThrownBy(question)
          .isInstanceOf(EdjException.class)
          .hasMessageContaining("excludes '%s'", target)
          .hasMessageContaining("shard1 (protocol 2, port 0)/piped");
    }
  }

  @Test
  void aServerThatTheCredentialMayNotBeSentToIsSaidBefore() {
    map.add("localhost:" + LIVE.port(), "good");
    map.add("evil", "tenant1");
    assertThat(targets.resolve(target, "reader").explanation())
        .filteredOn(line -> line.contains("may not be sent"))
        .singleElement()
        .asString()
        .contains("credential 'reader' may not be sent to server postgresql://evil");
  }

  @Test
  void aMapThatCannotBeReadSaysWhy() {
    String unknown = shardMap(map.database(), "Customers", "reader").name();
    assertThatThrownBy(() -> targets.resolve(unknown, null))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_UNREACHABLE))
        .hasMessageContaining(
            "There is no shard map 'Customers'; there is 'Tenants'. (NO_SUCH_MAP)");
    String plain = shardMap(LIVE.createDatabase(), "Tenants", "reader").name();
    assertThatThrownBy(() -> targets.resolve(plain, null))
        .hasMessageContaining("is not that of a shard map manager")
        .hasMessageEndingWith("(NOT_A_SHARD_MAP_MANAGER)");
    String nobody = shardMap(map.database(), "Nobody's", null).name();
    assertField(() -> targets.resolve(nobody, null), "credential");
  }

  @Test
  void aLargeMapIsReadAtOnce() {
    for (int i = 0; i < 50; i++) {
      map.add("many" + i, "tenant");
    }
    int before = servers();
    assertThat(resolved(target)).hasSize(50);
    assertThat(servers()).isEqualTo(before + 50);
    assertThat(resolved(target)).hasSize(50);
    assertThat(servers()).isEqualTo(before + 50);
  }

  private int servers() {
    return control
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("SELECT count(*) FROM server").mapTo(int.class).one());
  }

  private String failureAt(Resolution resolution, String database) {
    TargetDatabase shard =
        resolution.databases().stream()
            .filter(found -> found.database().equals(database))
            .findFirst()
            .orElseThrow();
    int server =
        control
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery("SELECT server_id FROM server WHERE name = :name")
                    .bind("name", shard.server())
                    .mapTo(int.class)
                    .one());
    long credential =
        control
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery("SELECT credential_id FROM credential WHERE name = 'reader'")
                    .mapTo(long.class)
                    .one());
    try {
      fleet.dialer.open(server, shard.database(), credential, "edj test").close();
      throw new AssertionError("was opened");
    } catch (TargetException e) {
      assertThatThrownBy(() -> fleet.dialer.serverName(server)).hasMessage(e.getMessage());
      return e.error().message();
    }
  }

  private String collection(String... members) {
    String name = "collection of " + map.database();
    fleet.collection(name);
    for (String member : members) {
      targets.addChild(name, member, Include);
    }
    return name;
  }

  private Target shardMap(String database, String name, @Nullable String credential) {
    return targets.create(NewTarget.shardMap(null, SERVER, database, name, credential));
  }

  private void create(TargetKind kind, @Nullable String database, @Nullable String map) {
    targets.create(
        new NewTarget(kind, null, SERVER, database, null, null, null, map, null, null, null));
  }

  private List<String> resolved(String name) {
    return targets.resolve(name, null).databases().stream()
        .map(found -> found.server() + "/" + found.database())
        .toList();
  }

  private static void assertField(Runnable call, String field) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.field()).isEqualTo(field));
  }
}
