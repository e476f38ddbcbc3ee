package dev.edj.target;

import static dev.edj.target.Membership.Exclude;
import static dev.edj.target.Membership.Include;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.credential.CredentialChange;
import dev.edj.credential.NewCredential;
import dev.edj.engine.BatchListener;
import dev.edj.engine.TargetException;
import dev.edj.engine.TargetMessage;
import dev.edj.engine.TargetSession;
import dev.edj.engine.TlsMode;
import dev.edj.parameter.SecretParameter;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.SilencingProxy;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class TargetResolverTest {

  private final TestControlDatabase database = TestControlDatabase.create();
  private final TestFleet fleet = new TestFleet(database.jdbi());
  private final Targets targets = fleet.targets;
  private final PostgresServer live = PostgresServer.shared();
  private final String liveServer = "postgresql://localhost:" + live.port();
  private final String first = live.createDatabase();
  private final String second = live.createDatabase();

  @BeforeAll
  void nameTheLiveServer() {
    credential("live login", PostgresServer.PASSWORD, "*");
    targets.create(
        new NewTarget(
            TargetKind.Server,
            "live",
            liveServer,
            null,
            "live login",
            null,
            new ServerSettingsChange(
                TlsMode.VERIFY_FULL, live.certificatePem(), null, null, null, null, null)));
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void aDatabaseIsItself() {
    fleet.database("single", "db");

    assertThat(resolved("single/db")).containsExactly("single/db");
  }

  @Test
  void aServerIsAskedForItsDatabases() {
    Resolution resolution = targets.resolve("live", null);

    assertThat(resolution.databases())
        .extracting(TargetDatabase::database)
        .contains(first, second)
        .doesNotContain("template0", "template1", "postgres");
    assertThat(resolution.explanation()).singleElement().asString().contains(liveServer + " has");
  }

  @Test
  void aGroupIsTheDatabasesWhoseNamesMatch() {
    live.execute("CREATE DATABASE tenant_a");
    live.execute("CREATE DATABASE tenant_template");
    live.execute("CREATE DATABASE \"Tenant_b\"");
    try {
      group("tenants by name", List.of("tenant_*"), List.of("*_template"));
      group("all but tenants", List.of(), List.of("?enant_*"));
      assertThat(resolved("tenants by name")).containsExactly(liveServer + "/tenant_a");
      assertThat(resolved("all but tenants"))
          .contains(liveServer + "/" + first)
          .noneMatch(name -> name.contains("enant_"));
      assertThat(targets.resolve("tenants by name", null).explanation())
          .singleElement()
          .asString()
          .endsWith(", 1 of them in 'tenants by name'");

      live.execute("CREATE DATABASE tenant_c");
      assertThat(resolved("tenants by name"))
          .containsExactly(liveServer + "/tenant_a", liveServer + "/tenant_c");
      live.execute("DROP DATABASE tenant_c");
    } finally {
      live.execute("DROP DATABASE tenant_a");
      live.execute("DROP DATABASE tenant_template");
      live.execute("DROP DATABASE \"Tenant_b\"");
    }
  }

  @Test
  void aServerIsAskedOnceForAllThatIsOnIt() throws IOException {
    try (SilencingProxy proxy = new SilencingProxy(live.port())) {
      String server = "postgresql://localhost:" + proxy.port();
      targets.create(
          new NewTarget(
              TargetKind.Server,
              "asked once",
              server,
              null,
              "live login",
              null,
              new ServerSettingsChange(null, live.certificatePem(), null, null, null, null, null)));
      fleet.collection("all but groups");
      targets.addChild("all but groups", "asked once", Include);
      for (String pattern : List.of("x*", "y*", first)) {
        group("group " + pattern, server, List.of(pattern), List.of());
        targets.addChild("all but groups", "group " + pattern, Exclude);
      }
      targets.update("group x*", new TargetChange(null, null, true, null));
      assertThat(resolved("all but groups"))
          .contains(server + "/" + second)
          .doesNotContain(server + "/" + first, server + "/postgres");
      assertThat(proxy.connections()).isEqualTo(1);
    }
  }

  @Test
  void aDatabaseWhoseNameCannotBeUsedFailsByItself() {
    live.execute("CREATE DATABASE \"tab\tstop\"");
    // PostgreSqlTest has one with one blank.
    live.execute("CREATE DATABASE \"  \"");
    try {
      assertThat(resolved("live"))
          .contains(liveServer + " (unusable names)/tab\uFFFDstop")
          .as("a name of blanks is one")
          .contains(liveServer + "/  ")
          .doesNotContain(liveServer + "/tab\tstop");
      assertThat(targets.resolve("live", null).explanation())
          .last()
          .asString()
          .startsWith("1 of them fail: ");
      group("everything", List.of("*"), List.of());
      fleet.collection("nothing");
      targets.addChild("nothing", "live", Include);
      targets.addChild("nothing", "everything", Exclude);
      assertThat(resolved("nothing")).isEmpty();
    } finally {
      live.execute("DROP DATABASE \"tab\tstop\"");
      live.execute("DROP DATABASE \"  \"");
    }
  }

  private void group(String name, List<String> patterns, List<String> exclude) {
    group(name, liveServer, patterns, exclude);
  }

  private void group(String name, String server, List<String> patterns, List<String> exclude) {
    targets.create(
        new NewTarget(
            TargetKind.Server,
            name,
            server,
            null,
            "live login",
            null,
            null,
            null,
            patterns,
            exclude,
            null));
  }

  @Test
  void everyDatabaseIsExplainedByItsWays() {
    fleet.database("ways", "both");
    fleet.database("ways", "out");
    fleet.database("ways", "never met");
    for (String name : List.of("all ways", "eu", "us", "left out")) {
      fleet.collection(name);
    }
    targets.addChild("all ways", "eu", Include);
    targets.addChild("all ways", "us", Include);
    targets.addChild("all ways", "left out", Exclude);
    targets.addChild("eu", "ways/both", Include);
    targets.addChild("us", "ways/both", Include);
    targets.addChild("us", "ways/out", Include);
    targets.addChild("us", "live", Include);
    targets.addChild("left out", "ways/out", Include);
    targets.addChild("left out", "ways/never met", Include);

    List<ExplainedDatabase> explained = targets.explain("all ways", null).databases();
    assertThat(explained)
        .contains(
            new ExplainedDatabase(
                "ways",
                "both",
                true,
                List.of("all ways > eu > 'ways/both'", "all ways > us > 'ways/both'")),
            new ExplainedDatabase("ways", "out", false, List.of("all ways > left out")),
            new ExplainedDatabase(
                liveServer, first, true, List.of("all ways > us > server " + liveServer)));
    assertThat(explained).extracting(ExplainedDatabase::database).doesNotContain("never met");
    assertThat(
            explained.stream()
                .filter(ExplainedDatabase::in)
                .map(found -> found.server() + "/" + found.database())
                .filter(this::isOurs))
        .containsExactlyElementsOf(resolved("all ways").stream().filter(this::isOurs).toList());
  }

  /// Other tests create and drop databases on the live server at any moment.
  private boolean isOurs(String database) {
    return !database.startsWith(liveServer) || database.endsWith("/" + first);
  }

  @Test
  void theValueNearestToTheDatabaseIsCarried() {
    fleet.database("carrying", "a");
    fleet.database("carrying", "b");
    fleet.database("carrying", "c");
    fleet.collection("carriers");
    fleet.collection("eu carriers");
    targets.addChild("carriers", carrying("eu carriers", Map.of("region", "eu", "size", "1")));
    targets.addChild("eu carriers", carrying("carrying/a", Map.of("SIZE", "2")));
    targets.addChild("eu carriers", "carrying/b", Include);
    targets.addChild("carriers", "carrying/c", Include);

    assertThat(targets.resolve("carriers", null).databases())
        .extracting(found -> found.database() + found.parameters())
        .containsExactly("a{region=eu, size=2}", "b{region=eu, size=1}", "c{}");
    assertThat(targets.resolve("eu carriers", null).databases())
        .extracting(found -> found.database() + found.parameters())
        .containsExactly("a{SIZE=2}", "b{}");

    targets.addChild("carriers", "eu carriers", Include);
    assertThat(targets.children("carriers").getLast().parameters()).hasSize(2);
    targets.addChild("carriers", carrying("eu carriers", Map.of()));
    assertThat(targets.children("carriers").getLast().parameters()).isEmpty();
  }

  @Test
  void twoWaysThatSayDifferentThingsAreRefused() {
    fleet.database("torn", "a");
    for (String name : List.of("torn", "torn eu", "torn us")) {
      fleet.collection(name);
    }
    targets.addChild("torn eu", carrying("torn/a", Map.of("region", "eu", "same", "1")));
    targets.addChild("torn us", carrying("torn/a", Map.of("Region", "us", "same", "1")));
    targets.addChild("torn", "torn eu", Include);
    assertThat(targets.resolve("torn", null).databases().getFirst().parameters())
        .containsEntry("region", "eu");
    targets.addChild("torn", "torn us", Include);
    assertThatThrownBy(() -> targets.resolve("torn", null))
        .hasMessageContaining("database torn/a carries two values of")
        .hasMessageContaining("'eu' as member 'torn/a' of 'torn eu'")
        .hasMessageContaining("'us' as member 'torn/a' of 'torn us'");
  }

  @Test
  void aListedDatabaseCarriesItsOwnValues() {
    targets.setDatabaseValues(
        "live",
        new NewDatabaseValues(liveServer, first, Map.of("size", "1"), Map.of("key", "s3cret")));
    targets.setDatabaseValues(
        "live", new NewDatabaseValues(liveServer, "gone", Map.of("size", "2"), null));
    try {
      assertThat(targets.databaseValues("live")).hasSize(2);
      fleet.collection("with live");
      targets.addChild("with live", carrying("live", Map.of("size", "9", "region", "eu")));
      TargetDatabase found =
          targets.resolve("with live", null).databases().stream()
              .filter(database -> database.database().equals(first))
              .findFirst()
              .orElseThrow();
      assertThat(found.parameters())
          .containsOnly(Map.entry("size", "1"), Map.entry("region", "eu"));
      assertThat(found.secrets()).containsExactly(new SecretParameter("key", true));
    } finally {
      for (String name : List.of(first, "gone")) {
        targets.setDatabaseValues("live", new NewDatabaseValues(liveServer, name, null, null));
      }
    }
    assertThat(targets.databaseValues("live")).isEmpty();
    fleet.collection("no list");
    assertThatThrownBy(() ->
            targets.setDatabaseValues(
                "no list", new NewDatabaseValues("s", "d", Map.of("a", "1"), null)))
        .hasMessageContaining("add-child");
    assertThatThrownBy(() ->
            targets.addChild(
                "no list", new NewChild("live", Membership.Exclude, Map.of("a", "1"), null)))
        .hasMessageContaining("included");
  }

  private static NewChild carrying(String target, Map<String, String> values) {
    return new NewChild(target, Include, new HashMap<>(values), null);
  }

  @Test
  void whatOneMemberLeavesOutAnotherBringsIn() {
    fleet.database("again", "db");
    fleet.database("again", "gone");
    for (String name : List.of("some", "one", "other", "not these")) {
      fleet.collection(name);
    }
    targets.addChild("some", "one", Include);
    targets.addChild("some", "other", Include);
    for (String database : List.of("again/db", "again/gone")) {
      targets.addChild("one", database, Include);
      targets.addChild("not these", database, Include);
    }
    targets.addChild("one", "not these", Exclude);
    targets.addChild("other", "again/db", Include);
    assertThat(targets.explain("some", null).databases())
        .containsExactly(
            new ExplainedDatabase("again", "db", true, List.of("some > other > 'again/db'")),
            new ExplainedDatabase("again", "gone", false, List.of("some > one > not these")));
  }

  @Test
  void anExclusionWinsOverEveryInclusion() {
    fleet.collection("tenants");
    fleet.collection("more tenants");
    fleet.database(liveServer, first);
    targets.addChild("more tenants", liveServer + "/" + first, Include);
    targets.addChild("tenants", "live", Include);
    targets.addChild("tenants", "more tenants", Include);
    fleet.collection("blocked");
    targets.addChild("blocked", liveServer + "/" + first, Include);
    targets.addChild("tenants", "blocked", Exclude);

    assertThat(resolved("tenants"))
        .contains(liveServer + "/" + second)
        .doesNotContain(liveServer + "/" + first);
    assertThat(resolved("more tenants")).containsExactly(liveServer + "/" + first);
  }

  @Test
  void anExcludedServerIsAskedToo() {
    fleet.collection("all but live");
    fleet.database("elsewhere", "db");
    fleet.database(liveServer, second);
    targets.addChild("all but live", "elsewhere/db", Include);
    targets.addChild("all but live", liveServer + "/" + second, Include);
    targets.addChild("all but live", "live", Exclude);

    assertThat(resolved("all but live")).containsExactly("elsewhere/db");
  }

  @Test
  void aDatabaseReachedByTwoWaysIsThereOnce() {
    fleet.database("diamond", "db");
    for (String name : List.of("top", "left", "right")) {
      fleet.collection(name);
    }
    targets.addChild("left", "diamond/db", Include);
    targets.addChild("right", "diamond/db", Include);
    targets.addChild("top", "left", Include);
    targets.addChild("top", "right", Include);

    assertThat(resolved("top")).containsExactly("diamond/db");
  }

  @Test
  void whatAnExcludedCollectionExcludesItselfStaysIn() {
    fleet.database("nested", "a");
    fleet.database("nested", "b");
    fleet.collection("outer");
    fleet.collection("inner");
    targets.addChild("outer", "nested/a", Include);
    targets.addChild("outer", "nested/b", Include);
    targets.addChild("outer", "inner", Exclude);
    targets.addChild("inner", "nested/a", Include);
    targets.addChild("inner", "nested/b", Exclude);

    assertThat(resolved("outer")).containsExactly("nested/b");
  }

  @Test
  void sqlServerTakesSpellingsThatDifferInCaseForOneDatabase() {
    fleet.database("mssql", "Sales");
    fleet.database("mssql", "SALES");
    fleet.database("postgresql://pg", "Sales");
    fleet.database("postgresql://pg", "SALES");
    fleet.collection("spellings");
    fleet.collection("no sales");
    for (String name :
        List.of("mssql/Sales", "mssql/SALES", "postgresql://pg/Sales", "postgresql://pg/SALES")) {
      targets.addChild("spellings", name, Include);
    }
    targets.addChild("no sales", "mssql/Sales", Include);
    targets.addChild("no sales", "mssql/SALES", Exclude);

    assertThat(resolved("spellings")).hasSize(3);
    assertThat(resolved("no sales")).isEmpty();
  }

  @Test
  void anEmptyCollectionIsNothing() {
    fleet.collection("empty");

    assertThat(resolved("empty")).isEmpty();
  }

  @Test
  void withoutACredentialOfItsOwnAServerNeedsTheJobs() {
    fleet.server("postgresql://127.0.0.1:" + live.port());
    String name = "postgresql://127.0.0.1:" + live.port() + "/*";
    credential("nowhere", PostgresServer.PASSWORD);

    assertThatThrownBy(() -> targets.resolve(name, null))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.field()).isEqualTo("credential"));
    assertThatThrownBy(() -> targets.resolve(name, "nowhere"))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_UNREACHABLE))
        .hasMessageContaining("credential 'nowhere' may not be sent to server");
  }

  @Test
  void aServerThatCannotBeAskedFailsTheResolution() {
    targets.create(
        new NewTarget(
            TargetKind.Server,
            "closed",
            "postgresql://localhost:1",
            null,
            "live login",
            null,
            null));

    assertThatThrownBy(() -> targets.resolve("closed", null))
        .hasMessageContaining("target 'closed' cannot be resolved")
        .hasMessageNotContaining(PostgresServer.PASSWORD);
  }

  @Test
  void aHundredThousandChildrenResolveInSeconds() {
    fleet.collection("huge");
    database
        .jdbi()
        .useTransaction(handle -> {
          handle.execute(
              """
              INSERT INTO server (name) SELECT 'huge' || i FROM generate_series(1, 1000) AS i
              """);
          handle.execute(
              """
              INSERT INTO target (target_id, name, kind, server_id, database_name)
              SELECT gen_random_uuid(), s.name || '/db' || i, 'Database', s.server_id, 'db' || i
              FROM server s, generate_series(1, 100) AS i
              WHERE s.name LIKE 'huge%'
              """);
          handle.execute(
              """
              INSERT INTO target_child (parent_id, child_id, membership)
              SELECT p.target_id, t.target_id, 'Include'
              FROM target p, target t
              WHERE p.name = 'huge' AND t.name LIKE 'huge%/%'
              """);
        });
    resolved("huge");
    long start = System.nanoTime();

    assertThat(targets.resolve("huge", null).databases()).hasSize(100_000);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aSessionIsOpenedAsTheServerSaysWhileItsCredentialMayGoThere() throws TargetException {
    credential("worker login", PostgresServer.PASSWORD, "postgresql://localhost:*");
    int serverId =
        fleet.resolver.resolve(targets.named("live").id(), null).databases().getFirst().serverId();
    Recorder recorder = new Recorder();

    try (TargetSession session =
        fleet.dialer.open(serverId, first, credentialId("worker login"), "edj test")) {
      session.run("SELECT 1", recorder);
    }
    assertThat(recorder.rows).isEqualTo(1);

    fleet.credentials.update("worker login", new CredentialChange(null, null, null, List.of()));
    assertThatThrownBy(
            () -> fleet.dialer.open(serverId, first, credentialId("worker login"), "edj test"))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("may not be sent to server " + liveServer);
  }

  @Test
  void aSessionIsOpenedAtAnAddressThatItsCredentialMayGoToAndNowhereElse() throws TargetException {
    int serverId =
        fleet.resolver.resolve(targets.named("live").id(), null).databases().getFirst().serverId();
    credential("near", PostgresServer.PASSWORD, "postgresql://localhost:*@127.0.0.0/8");
    credential("far", PostgresServer.PASSWORD, "postgresql://10.0.0.0/8:*");

    fleet.dialer.open(serverId, first, credentialId("near"), "edj test").close();
    assertThatThrownBy(() -> fleet.dialer.open(serverId, first, credentialId("far"), "edj test"))
        .isInstanceOfSatisfying(
            TargetException.class, e -> assertThat(e.error().transientFailure()).isFalse())
        .hasMessageContaining(
            "credential 'far' may not be sent to server %s at 127.0.0.1".formatted(liveServer));
  }

  private static final class Recorder implements BatchListener {

    private long rows;

    @Override
    public void message(TargetMessage message) {}

    @Override
    public void rowCount(long rows) {
      this.rows += rows;
    }
  }

  private List<String> resolved(String target) {
    return resolved(target, null);
  }

  private List<String> resolved(String target, @Nullable String credential) {
    return targets.resolve(target, credential).databases().stream()
        .map(found -> found.server() + "/" + found.database())
        .toList();
  }

  private void credential(String name, String password, String... servers) {
    fleet.credentials.create(
        new NewCredential(name, PostgresServer.USER, password, null, List.of(servers)));
  }

  private long credentialId(String name) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("SELECT credential_id FROM credential WHERE name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .one());
  }
}
