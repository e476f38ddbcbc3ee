package dev.edj.target;

import static dev.edj.engine.PasswordMethod.CLEAR_TEXT;
import static dev.edj.engine.PasswordMethod.MD5;
import static dev.edj.target.Membership.Exclude;
import static dev.edj.target.Membership.Include;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.edj.engine.PasswordMethod;
import dev.edj.engine.PostgreSql;
import dev.edj.engine.SqlServer;
import dev.edj.engine.TlsMode;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.TestCertificate;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class TargetsTest {

  private final TestControlDatabase database = TestControlDatabase.create();
  private final TestFleet fleet = new TestFleet(database.jdbi());
  private final Targets targets = fleet.targets;

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void aDatabaseIsNamedByItsServerAndItsName() {
    Target created = fleet.database("tcp:DB1.example.com.,1433", "Sales ]'%ö");

    assertThat(created.name()).isEqualTo("db1.example.com/Sales ]'%ö");
    assertThat(created.server()).isEqualTo("db1.example.com");
    assertThat(created.settings()).isNull();
    assertThat(targets.named(created.name())).isEqualTo(created);
    assertThat(targets.named(created.id().toString())).isEqualTo(created);
  }

  @Test
  void whatCannotBePutIntoItsCollectionIsNotMade() {
    fleet.collection("put into");
    Target made = targets.create(database("put", "db"), "put into");
    assertThat(targets.children("put into"))
        .extracting(child -> child.target().id(), ChildTarget::membership)
        .containsExactly(tuple(made.id(), Include));

    assertRefused(
        () -> targets.create(database("never", "db"), made.name()),
        ErrorCode.INVALID_FIELD,
        "only a CustomCollection has children");
    assertRefused(
        () -> targets.create(database("never", "db"), "no collection"),
        ErrorCode.NOT_FOUND,
        "'no collection'");
    assertRefused(() -> targets.named("never/db"), ErrorCode.NOT_FOUND, "never/db");
  }

  private static NewTarget database(String server, String name) {
    return new NewTarget(TargetKind.Database, null, server, name, null, null, null);
  }

  @Test
  void aServerHasTheUsualSettingsUntilTheyAreChanged() {
    Target created = fleet.server("usual");
    assertThat(created.name()).isEqualTo("usual/*");
    assertThat(created.settings())
        .isEqualTo(
            new ServerSettings(
                TlsMode.VERIFY_FULL,
                null,
                List.of(),
                List.of(),
                Duration.ofSeconds(15),
                32,
                new TreeMap<>()));

    Target updated =
        targets.update(
            "usual/*",
            new TargetChange(
                null,
                null,
                true,
                new ServerSettingsChange(
                    TlsMode.REQUIRE, null, null, null, Duration.ofSeconds(1), 8, null)));
    assertThat(updated.includeSystemDatabases()).isTrue();
    assertThat(updated.settings())
        .isEqualTo(
            new ServerSettings(
                TlsMode.REQUIRE,
                null,
                List.of(),
                List.of(),
                Duration.ofSeconds(1),
                8,
                new TreeMap<>()));
    assertThat(updated).isEqualTo(targets.named("usual/*"));
  }

  @Test
  void settingsBeyondTheirLimitsNameTheirField() {
    assertField(() -> settings(null, Duration.ofMillis(99), null), "connectTimeout");
    assertField(() -> settings(null, Duration.ofMinutes(11), null), "connectTimeout");
    assertField(() -> settings(null, null, 0), "maxConnections");
    assertField(() -> settings(null, null, 10_001), "maxConnections");
    assertField(() -> settings("no certificate", null, null), "trustedCertificate");
    assertField(
        () -> settings("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", null, null),
        "trustedCertificate");
    assertThat(targets.list(new TargetFilter(null, "limits", null, null))).isEmpty();
  }

  @Test
  void pinsAndWeakerPasswordMethodsAreKeptUntilOthersTakeTheirPlace() {
    String pin = "AB:".repeat(31) + "AB";
    Target created =
        protectedServer(
            "postgresql://pinned", TlsMode.REQUIRE, pins(pin), methods(CLEAR_TEXT, MD5));

    assertThat(created.settings()).isNotNull();
    assertThat(created.settings().pinnedCertificates()).containsExactly("ab".repeat(32));
    assertThat(created.settings().passwordMethods()).containsExactly(MD5, CLEAR_TEXT);
    Target updated =
        targets.update(
            "postgresql://pinned/*",
            new TargetChange(
                null,
                null,
                null,
                new ServerSettingsChange(null, null, pins(), methods(MD5), null, null, null)));
    assertThat(updated.settings()).isNotNull();
    assertThat(updated.settings().pinnedCertificates()).isEmpty();
    assertThat(updated.settings().passwordMethods()).containsExactly(MD5);
  }

  @Test
  void aClearTextPasswordNeedsAServerThatProvesWhoItIs() {
    String pin = "ab".repeat(32);
    for (TlsMode tls : List.of(TlsMode.REQUIRE, TlsMode.DISABLE)) {
      assertField(
          () -> protectedServer("postgresql://weak", tls, pins(), methods(CLEAR_TEXT)),
          "passwordMethods");
    }
    assertField(
        () -> protectedServer("postgresql://weak", TlsMode.DISABLE, pins(pin), methods()),
        "pinnedCertificates");
    assertField(
        () -> protectedServer("postgresql://weak", TlsMode.REQUIRE, pins("ab"), methods()),
        "pinnedCertificates");
    assertField(
        () -> protectedServer("mysql://weak", TlsMode.VERIFY_CA, pins(), methods(MD5)),
        "passwordMethods");
    assertField(
        () -> protectedServer("weak", TlsMode.VERIFY_FULL, pins(), methods(CLEAR_TEXT)),
        "passwordMethods");
    assertThat(targets.list(new TargetFilter(null, "weak", null, null))).isEmpty();
  }

  @Test
  void aCertificateIsKeptUntilABlankOneTakesItAway() throws Exception {
    String pem = TestCertificate.forHost("localhost").pem();
    targets.create(
        new NewTarget(
            TargetKind.Server,
            null,
            "certified",
            null,
            null,
            null,
            new ServerSettingsChange(null, pem, null, null, null, null, null)));

    assertThat(targets.named("certified/*").settings())
        .extracting(ServerSettings::trustedCertificate)
        .isEqualTo(pem);
    targets.update(
        "certified/*",
        new TargetChange(
            null, null, null, new ServerSettingsChange(null, "", null, null, null, null, null)));
    assertThat(targets.named("certified/*").settings())
        .extracting(ServerSettings::trustedCertificate)
        .isNull();
  }

  @Test
  void theSameServerAndDatabaseUnderAnotherNameExistsAlready() {
    fleet.database("same", "db");
    fleet.server("same");

    assertRefused(
        () -> create(TargetKind.Database, "other name", "SAME:1433", "db"),
        ErrorCode.ALREADY_EXISTS,
        "target 'same/db' exists already");
    assertRefused(
        () -> create(TargetKind.Server, "other name", "same", null),
        ErrorCode.ALREADY_EXISTS,
        "target 'same/*' exists already");
    assertRefused(
        () -> create(TargetKind.Database, "same/db", "same", "db2"),
        ErrorCode.ALREADY_EXISTS,
        "target 'same/db' exists already");
  }

  @Test
  void anElasticPoolIsOneOfAzureSql() {
    Target pool = targets.create(NewTarget.elasticPool(null, "azure", "Pool 1", null));
    assertThat(pool.name()).isEqualTo("azure/pool:Pool 1");
    assertThat(pool.pool()).isEqualTo("Pool 1");
    assertRefused(
        () -> targets.create(NewTarget.elasticPool("another", "azure", "Pool 1", null)),
        ErrorCode.ALREADY_EXISTS,
        "'azure/pool:Pool 1'");
    assertRefused(
        () -> targets.create(NewTarget.elasticPool(null, "mysql://m", "Pool 1", null)),
        ErrorCode.INVALID_FIELD,
        "'mysql://m' has no elastic pools; only Azure SQL has");
  }

  @Test
  void aServerMayHaveManyGroupsAndOneTargetForAllOfIt() {
    fleet.server("grouped");
    Target tenants = group(TargetKind.Server, "tenants", List.of("t_*", "t_*"), List.of("*x"));
    assertThat(tenants.namePatterns()).containsExactly("t_*");
    assertThat(tenants.excludePatterns()).containsExactly("*x");
    group(TargetKind.Server, "others", List.of(), List.of("t_*"));

    assertField(() -> group(TargetKind.Server, null, List.of("t_*"), List.of()), "name");
    assertField(() -> group(TargetKind.Server, "blank", List.of(" "), List.of()), "namePatterns");
    assertField(
        () -> group(TargetKind.Server, "long", List.of(), List.of("x".repeat(257))),
        "excludePatterns");
    assertField(
        () -> group(TargetKind.CustomCollection, "none", List.of("t_*"), List.of()), "server");
    TargetChange all = new TargetChange(null, null, null, null, List.of(), List.of());
    assertField(() -> targets.update("tenants", all), "namePatterns");
    TargetChange other = new TargetChange(null, null, null, null, List.of("u_*"), null);
    assertThat(targets.update("tenants", other).namePatterns()).containsExactly("u_*");
    assertThat(targets.update("tenants", other).excludePatterns()).containsExactly("*x");
  }

  private Target group(
      TargetKind kind, @Nullable String name, List<String> patterns, List<String> exclude) {
    return targets.create(
        new NewTarget(
            kind, name, "grouped", null, null, null, null, null, patterns, exclude, null));
  }

  @Test
  void namesAreMatchedAsTheEngineComparesThem() {
    NamePatterns onSqlServer =
        NamePatterns.of(List.of("Tenant*"), List.of("*TEMPLATE"), new SqlServer());
    assertThat(onSqlServer.match("tenant1")).isTrue();
    assertThat(onSqlServer.match("tenant_template")).isFalse();
    assertThat(NamePatterns.of(List.of("Tenant*"), null, new PostgreSql()).match("tenant1"))
        .isFalse();
    assertThat(NamePatterns.of(null, null, new PostgreSql()).match("tenant1")).isTrue();
  }

  @Test
  void whatAKindDoesNotHaveIsRefused() {
    assertField(() -> create(TargetKind.Database, null, "s", null), "database");
    assertField(() -> create(TargetKind.Database, null, null, "d"), "server");
    assertField(() -> create(TargetKind.Database, null, "oracle://s", "d"), "server");
    assertField(() -> create(TargetKind.Database, null, "s", " d"), "database");
    assertField(() -> create(TargetKind.Database, null, "s", "x".repeat(129)), "database");
    assertField(() -> create(TargetKind.Database, "x".repeat(401), "s", "d"), "name");
    assertField(
        () -> create(TargetKind.Database, "2b1f9f6e-6f0e-4f7e-9c53-0a6b3b1f5a11", "s", "d"),
        "name");
    assertField(() -> create(TargetKind.Server, null, "s", "d"), "database");
    assertField(() -> create(TargetKind.CustomCollection, null, null, null), "name");
    assertField(() -> create(TargetKind.CustomCollection, "c", "s", null), "server");
    assertField(() -> create(TargetKind.ElasticPool, "p", "s", null), "pool");
    assertField(
        () ->
            targets.update(
                fleet.database("kinds", "d").name(), new TargetChange(null, "c", null, null)),
        "credential");
  }

  @Test
  void aServersCredentialHasToExistAndToBeAllowedThere() {
    fleet.credential("lister", "*.good");

    assertRefused(() -> server("s.good", "unknown"), ErrorCode.INVALID_FIELD, "'unknown' does not");
    assertRefused(
        () -> server("evil", "lister"),
        ErrorCode.SERVER_NOT_ALLOWED,
        "credential 'lister' may not be sent to server evil");
    assertThat(server("s.good", "lister").credential()).isEqualTo("lister");
    assertRefused(() -> fleet.credentials.delete("lister"), ErrorCode.IN_USE, "target 's.good/*'");
    assertThat(targets.update("s.good/*", new TargetChange(null, "", null, null)).credential())
        .isNull();
    fleet.credentials.delete("lister");
  }

  @Test
  void aTargetIsRenamedAndKeepsTheRest() {
    Target before = fleet.database("renamed", "db");
    Target after = targets.update("renamed/db", new TargetChange("shop", null, null, null));

    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.name()).isEqualTo("shop");
    fleet.collection("taken");
    assertRefused(
        () -> targets.update("shop", new TargetChange("taken", null, null, null)),
        ErrorCode.ALREADY_EXISTS,
        "'taken' exists already");
  }

  @Test
  void theListIsFilteredByTheNaturalKey() {
    fleet.database("postgresql://listed", "a");
    fleet.database("postgresql://listed", "b");
    fleet.server("postgresql://listed");

    assertThat(targets.list(new TargetFilter(null, "postgresql://LISTED:5432", null, null)))
        .extracting(Target::name)
        .containsExactly("postgresql://listed/*", "postgresql://listed/a", "postgresql://listed/b");
    assertThat(
            targets.list(new TargetFilter(TargetKind.Database, "postgresql://listed", "b", null)))
        .extracting(Target::name)
        .containsExactly("postgresql://listed/b");
    assertThat(targets.list(new TargetFilter(null, null, null, "postgresql://listed/a")))
        .hasSize(1);
    assertField(() -> targets.list(new TargetFilter(null, "a b", null, null)), "server");
  }

  @Test
  void childrenAreAddedChangedAndRemoved() {
    fleet.collection("family");
    fleet.database("family", "a");
    fleet.database("family", "b");
    targets.addChild("family", "family/a", Include);
    targets.addChild("family", "family/b", Include);
    targets.addChild("family", "family/b", Exclude);

    assertThat(targets.children("family"))
        .extracting(child -> child.target().name(), ChildTarget::membership)
        .containsExactly(tuple("family/a", Include), tuple("family/b", Exclude));

    targets.removeChild("family", "family/b");
    assertThat(targets.children("family")).hasSize(1);
    assertRefused(
        () -> targets.removeChild("family", "family/b"), ErrorCode.NOT_FOUND, "is not a child");
    assertRefused(() -> targets.children("family/a"), ErrorCode.INVALID_FIELD, "only a Custom");
    assertRefused(
        () -> targets.addChild("family", "unknown", Include), ErrorCode.NOT_FOUND, "'unknown'");
  }

  @Test
  void aCollectionNeverContainsItself() {
    fleet.collection("x");
    fleet.collection("y");
    fleet.collection("z");
    targets.addChild("x", "y", Include);
    targets.addChild("y", "z", Exclude);

    assertRefused(
        () -> targets.addChild("x", "x", Include), ErrorCode.INVALID_FIELD, "contain itself");
    assertRefused(
        () -> targets.addChild("y", "x", Include), ErrorCode.INVALID_FIELD, "contain itself");
    assertRefused(
        () -> targets.addChild("z", "x", Exclude), ErrorCode.INVALID_FIELD, "contain itself");
  }

  @Test
  void ofTwoChangesThatWouldCloseACircleTogetherOneIsRefused() throws Exception {
    for (int round = 0; round < 10; round++) {
      String left = fleet.collection("left " + round).name();
      String right = fleet.collection("right " + round).name();
      CyclicBarrier start = new CyclicBarrier(2);

      assertThat(refused(add(left, right, start), add(right, left, start))).isEqualTo(1);
    }
  }

  @Test
  void ofTwoThatCreateTheSameTargetOneIsToldThatItExists() throws Exception {
    for (int round = 0; round < 10; round++) {
      String server = "race" + round;
      CyclicBarrier start = new CyclicBarrier(2);
      Callable<Void> creation =
          () -> {
            start.await();
            fleet.database(server, "db");
            return null;
          };

      assertThat(refused(creation, creation)).isEqualTo(1);
    }
  }

  @Test
  void whatIsUsedIsNotDeleted() {
    fleet.collection("holder");
    fleet.database("held", "db");
    targets.addChild("holder", "held/db", Include);
    fleet.credential("holder", "held");
    fleet.content("holder", "SELECT 1");
    fleet.job("holder job", "holder", "holder", "holder");

    assertRefused(() -> targets.delete("held/db"), ErrorCode.IN_USE, "collection 'holder'");
    assertRefused(() -> targets.delete("holder"), ErrorCode.IN_USE, "job 'holder job'");
    assertRefused(() -> targets.delete("unknown"), ErrorCode.NOT_FOUND, "'unknown'");
  }

  @Test
  void aCollectionIsDeletedAndItsChildrenStay() {
    fleet.collection("gone");
    fleet.database("stays", "db");
    targets.addChild("gone", "stays/db", Include);
    targets.delete("gone");

    assertThat(targets.named("stays/db").database()).isEqualTo("db");
    assertRefused(() -> targets.named("gone"), ErrorCode.NOT_FOUND, "'gone'");
  }

  private Callable<Void> add(String parent, String child, CyclicBarrier start) {
    return () -> {
      start.await();
      targets.addChild(parent, child, Include);
      return null;
    };
  }

  private static int refused(Callable<Void> one, Callable<Void> other) throws Exception {
    int refused = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<Void> result : threads.invokeAll(List.of(one, other))) {
        try {
          result.get();
        } catch (ExecutionException e) {
          assertThat(e).cause().isInstanceOf(EdjException.class);
          refused++;
        }
      }
    }
    return refused;
  }

  private Target create(
      TargetKind kind, @Nullable String name, @Nullable String server, @Nullable String database) {
    return targets.create(new NewTarget(kind, name, server, database, null, null, null));
  }

  private Target server(String server, String credential) {
    return targets.create(
        new NewTarget(TargetKind.Server, null, server, null, credential, null, null));
  }

  private Target protectedServer(
      String server, TlsMode tls, List<String> pins, List<PasswordMethod> methods) {
    return targets.create(
        new NewTarget(
            TargetKind.Server,
            null,
            server,
            null,
            null,
            null,
            new ServerSettingsChange(tls, null, pins, methods, null, null, null)));
  }

  private static List<String> pins(String... pins) {
    return List.of(pins);
  }

  private static List<PasswordMethod> methods(PasswordMethod... methods) {
    return List.of(methods);
  }

  private Target settings(
      @Nullable String certificate,
      @Nullable Duration connectTimeout,
      @Nullable Integer maxConnections) {
    return targets.create(
        new NewTarget(
            TargetKind.Server,
            null,
            "limits",
            null,
            null,
            null,
            new ServerSettingsChange(
                null, certificate, null, null, connectTimeout, maxConnections, null)));
  }

  private static void assertRefused(ThrowingCallable call, ErrorCode code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static void assertField(ThrowingCallable call, String field) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.field()).isEqualTo(field));
  }
}
