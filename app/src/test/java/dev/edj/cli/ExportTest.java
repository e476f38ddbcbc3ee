package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.Packages;
import dev.edj.files.declaration.Kind;
import dev.edj.files.source.DeclarationReader;
import dev.edj.files.source.Declared;
import dev.edj.files.source.Faults;
import dev.edj.testing.TestAuthority;
import dev.edj.testing.TestAuthority.Issued;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is exported, of every kind of object with every setting that there is.
class ExportTest {

  /// Of all that can be declared, what an export never says, and why.
  private static final Map<String, String> NEVER_EXPORTED =
      Map.ofEntries(
          Map.entry("ContentDeclaration.text", "a script has a file of its own"),
          Map.entry("NewSchedule.intervalCount", "the interval has its number"),
          Map.entry("CertificateDeclaration.certificates", "the service shows its digest only"),
          Map.entry("CertificateDeclaration.privateKey", "a secret"),
          Map.entry("CertificateDeclaration.privateKeyPassword", "a secret"),
          Map.entry("SecretSource.file", "secrets are named by variables"),
          Map.entry("SecretSource.command", "secrets are named by variables"),
          Map.entry("NoticeDeclaration.save", "what was made has been saved"),
          Map.entry("TokenDeclaration.save", "what was made has been saved"),
          Map.entry("SecretDestination.file", "what was made has been saved"),
          Map.entry("SecretDestination.command", "what was made has been saved"));

  private static final Issued CLIENT = TestAuthority.create("authority").forClient("app");
  private FilesAtService at;
  private Path exported;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    at = FilesAtService.start(temporary);
    exported = temporary.resolve("exported");
    at.environment().put("APP_PASSWORD", "s3cret-of-app");
    at.environment().put("ON_CALL", "https://hooks.example.com/s3cret-of-webhook");
    at.write("app.key", CLIENT.keyPem());
    at.write("key.txt", "s3cret-of-key\n");
    at.write("count.sql", "SELECT count(*)\r\n  FROM a;\t\n");
    Files.write(at.files().resolve("Orders.dacpac"), Packages.with("").bytes());
    at.write("all.yaml", everything());
    CommandLineRun applied = at.edj("apply", "-f", at.files().toString(), "--yes");
    assertThat(applied.err()).isEmpty();
  }

  @AfterEach
  void stop() {
    at.close();
  }

  @Test
  void whatIsExportedSaysEverythingAndChangesNothingWhenItIsApplied() throws IOException {
    CommandLineRun run = export();

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("14 files written below ");
    assertThat(plan(exported)).startsWith("Nothing to do");
    assertThat(plan(at.files())).startsWith("Nothing to do");
    assertThat(Files.readString(exported.resolve("contents/Count-all.sql")))
        .isEqualTo("SELECT count(*)\r\n  FROM a;\t\n");
    assertThat(gaps()).isEqualTo(NEVER_EXPORTED.keySet());
    assertThat(texts()).doesNotContain("s3cret", "PRIVATE KEY");
  }

  @Test
  void exportedAgainItIsTheSameAndWhatOthersWroteIsKept() throws IOException {
    export();
    assertThat(export().out()).startsWith("0 files written below ");
    Files.writeString(exported.resolve("mine.yaml"), "jobs: []\n");
    Files.createDirectories(exported.resolve(".github"));
    Files.writeString(exported.resolve(".github/build.yaml"), "on: push\n");
    at.edj("job", "update", "Everything", "--description", "changed");

    CommandLineRun refused = export();
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("jobs.yaml in ", "give --overwrite");
    CommandLineRun overwritten = export("--overwrite");

    assertThat(overwritten.out()).startsWith("1 files written below ");
    assertThat(overwritten.err())
        .contains("left as it is", "mine.yaml")
        .doesNotContain("build.yaml");
    assertThat(Files.readString(exported.resolve("jobs.yaml"))).contains("description: changed");
  }

  /// With one variable for both, the password of one would be sent to the servers of the other.
  @Test
  void secretsOfNamesThatLookAlikeHaveVariablesOfTheirOwn() throws IOException {
    at.write(
        "alike.yaml",
        """
        credentials:
          - {name: 東京, userName: a, password: {environment: APP_PASSWORD}}
          - {name: 大阪, userName: b, password: {environment: APP_PASSWORD}}
          - {name: of-us, userName: c, password: {environment: APP_PASSWORD}}
          - {name: of us, userName: d, password: {environment: APP_PASSWORD}}
        users:
          - {name: app, password: {environment: APP_PASSWORD}}
        notices:
          - {name: 東京, on: [Failed], webhook: {environment: ON_CALL}}
          - {name: 大阪, on: [Failed], webhook: {environment: ON_CALL}}
        jobs:
          - name: password
            steps: [{content: count _ all, credential: app, target: t1}]
            secrets: {app: {environment: APP_PASSWORD}}
        """);
    assertThat(at.edj("apply", "-f", at.files().toString(), "--yes").err()).isEmpty();

    export();

    assertThat(texts().lines())
        .filteredOn(line -> line.contains("environment: "))
        .hasSizeGreaterThan(13)
        .doesNotHaveDuplicates()
        .allMatch(line -> line.strip().matches("environment: EDJ_[0-9A-Z_]+"))
        .anyMatch(line -> line.endsWith("EDJ_EVERYTHING_KEY"))
        .anyMatch(line -> line.matches(" *environment: EDJ_PASSWORD_APP_[0-9A-F]{8}"));
    assertThat(plan(exported)).startsWith("Nothing to do");
  }

  @Test
  void anotherServiceBecomesTheSameByIt(@TempDir Path elsewhere) throws IOException {
    export();
    try (FilesAtService other = FilesAtService.start(elsewhere)) {
      other.environment().put("EDJ_PASSWORD_APP", "s3cret-of-app");
      other.environment().put("EDJ_EVERYTHING_KEY", "s3cret-of-key");
      other.environment().put("EDJ_TENANTS_DB1_KEY", "s3cret-of-key");
      other.environment().put("EDJ_DB1_TENANT1_KEY", "s3cret-of-key");
      other.environment().put("EDJ_USER_PASSWORD_ALICE", "s3cret-of-alice");
      other.environment().put("EDJ_WEBHOOK_ON_CALL", "https://hooks.example.com/s3cret");
      replace("credentials.yaml", "clientCertificate:", "# clientCertificate:");
      replace("credentials.yaml", "  sha256:", "  # sha256:");
      replace("tokens.yaml", "user: deploy", "user: deploy\n    save: {file: ../elsewhere}");

      CommandLineRun applied = other.edj("apply", "-f", exported.toString(), "--yes");

      assertThat(applied.err()).isEmpty();
      assertThat(applied.out()).contains("26 to create, 0 to update, 0 to delete.");
      assertThat(other.edj("plan", "-f", exported.toString()).out()).startsWith("Nothing to do");
      Path again = elsewhere.resolve("again");
      assertThat(other.edj("export", "-f", again.toString()).exitCode()).isZero();
      for (String file :
          List.of(
              "targets",
              "contents",
              "policies",
              "schedules",
              "jobs",
              "triggers",
              "notices",
              "users")) {
        assertThat(again.resolve(file + ".yaml"))
            .hasSameTextualContentAs(exported.resolve(file + ".yaml"));
      }
    }
  }

  private CommandLineRun export(String... options) {
    return at.edj(
        Stream.concat(Stream.of("export", "-f", exported.toString()), Arrays.stream(options))
            .toArray(String[]::new));
  }

  private String plan(Path files) {
    CommandLineRun plan = at.edj("plan", "-f", files.toString());
    assertThat(plan.err()).isEmpty();
    return plan.out();
  }

  private void replace(String file, String before, String after) throws IOException {
    Path path = exported.resolve(file);
    Files.writeString(path, Files.readString(path).replace(before, after));
  }

  private String texts() throws IOException {
    try (Stream<Path> files = Files.walk(exported)) {
      return files
          .filter(path -> path.toString().endsWith(".yaml"))
          .map(ExportTest::text)
          .collect(Collectors.joining());
    }
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Components of what can be declared that no exported object has.
  private Set<String> gaps() {
    Faults faults = new Faults();
    Map<Kind, List<Declared<? extends Record>>> declared =
        DeclarationReader.read(List.of(exported), faults);
    faults.refuse();
    Map<String, Set<String>> said = new TreeMap<>();
    declared.values().forEach(all -> all.forEach(one -> collect(one.value(), said)));
    Set<String> gaps = new TreeSet<>();
    Set<Class<?>> reachable = new LinkedHashSet<>();
    Arrays.stream(Kind.values()).forEach(kind -> reach(kind.type(), reachable));
    for (Class<?> type : reachable) {
      names(type).stream()
          .filter(name -> !said.getOrDefault(type.getSimpleName(), Set.of()).contains(name))
          .forEach(name -> gaps.add(type.getSimpleName() + "." + name));
    }
    return gaps;
  }

  private static void collect(@Nullable Object value, Map<String, Set<String>> said) {
    if (value instanceof Collection<?> many) {
      many.forEach(one -> collect(one, said));
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(one -> collect(one, said));
    } else if (value instanceof Record record) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        try {
          Object part = component.getAccessor().invoke(record);
          if (part != null) {
            said.computeIfAbsent(record.getClass().getSimpleName(), _ -> new TreeSet<>())
                .add(component.getName());
            collect(part, said);
          }
        } catch (ReflectiveOperationException e) {
          throw new LinkageError(e.getMessage(), e);
        }
      }
    }
  }

  private static void reach(Type type, Set<Class<?>> reached) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(each -> reach(each, reached));
    } else if (type instanceof Class<?> simple && simple.isRecord() && reached.add(simple)) {
      Arrays.stream(simple.getRecordComponents())
          .forEach(component -> reach(component.getGenericType(), reached));
    }
  }

  private static List<String> names(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  /// Nothing in it is as it would be if it were not said.
  private String everything() {
    return """
    credentials:
      - name: app
        userName: app_login
        password: {environment: APP_PASSWORD}
        clientCertificate:
          certificates: |
    %s
          privateKey: {file: app.key}
        servers: ['*', 'postgresql://*', 'mysql://*']
      - {name: rds, userName: app, tokenCommand: rds, servers: ['*']}
    targets:
      - {kind: Database, name: t1, server: 'postgresql://db1', database: tenant1}
      - kind: Server
        name: db1
        server: postgresql://db1
        credential: app
        includeSystemDatabases: true
        namePatterns: ['tenant*']
        excludePatterns: ['*_old']
        settings:
          tls: VERIFY_CA
          trustedCertificate: |
    %s
          pinnedCertificates: ['%s']
          passwordMethods: [CLEAR_TEXT]
          connectTimeout: 5s
          maxConnections: 7
          requiredLabels: {zone: eu}
        values:
          - server: postgresql://db1
            database: tenant1
            parameters: {size: '5'}
            secrets: {key: {file: key.txt}}
      - {kind: ElasticPool, name: p, server: pools, pool: gold, credential: app}
      - {kind: ShardMap, name: m, server: 'mysql://db2', database: map, shardMap: all, credential: app}
      - kind: CustomCollection
        name: tenants
        children:
          - {target: db1, parameters: {region: eu, 'no': 'no'}, secrets: {key: {file: key.txt}}}
          - {target: t1, membership: Exclude}
          - {target: empty}
      - {kind: CustomCollection, name: empty, children: []}
    contents:
      - {name: Count / all, file: count.sql, comment: '# first'}
      - {name: count _ all, text: "SELECT 1\\n"}
      - {name: Orders, dacpac: Orders.dacpac}
      - {name: Fetched, dacpacUri: 'https://packages.example.com/o.dacpac'}
    policies:
      - name: patient
        jobTimeout: 0s
        attemptTimeout: 1m
        initialRetryInterval: 2s
        maximumRetryInterval: 3s
        retryIntervalBackoffCoefficient: 1.5
        maximumAttempts: 4
        retry: transient
        transientErrors: ['1205']
        permanentErrors: ['40P01']
        destinationFailure: WriteOnly
    schedules:
      - {name: weekly, days: 'Mon,Thu', times: '22:00', zone: Europe/Brussels, start: '2026-01-01'}
      - {name: cron, cron: '*/5 * * * *', windowFrom: '01:00', windowTo: '07:00', end: '2999-01-01'}
      - {name: interval, interval: minutes, intervalCount: 15}
      - {name: once, interval: Once, start: '2999-01-01T10:00'}
    jobs:
      - name: Everything
        description: "first line\\nsecond: line"
        enabled: false
        steps:
          - name: first
            content: Count / all
            contentVersion: 1
            credential: app
            target: tenants
            policy: patient
            maxParallelism: 3
            exactlyOnce: true
            destination:
              server: postgresql://db3
              database: results
              schema: collected
              table: counts
              credential: app
              schemaDrift: Add
              sourceColumns: true
          - {name: second, content: count _ all, credential: app, target: tenants, barrier: true, results: Drop}
          - name: third
            content: Fetched
            credential: app
            target: p
            publishOptions: {BlockOnPossibleDataLoss: 'False'}
        parameters: {size: '010', given: }
        secrets: {key: {file: key.txt}, asked: }
        rollout: {waves: ['1', '10%%'], pause: 1m, approval: true, failureLimit: 5%%}
      - {name: Then, steps: [{content: count _ all, credential: app, target: t1}]}
    triggers:
      - {job: Everything, schedule: weekly, enabled: false, overlap: Queue, misfire: Skip}
      - {job: Then, after: Everything, on: Always}
    notices:
      - name: on-call
        on: [ApprovalWanted, Failed]
        job: Everything
        webhook: {environment: ON_CALL}
        format: Slack
        save: {file: ../on-call.key}
        enabled: false
      - {name: dbas, on: [Failed, TimedOut, Succeeded, StoppedByThreshold], emails: [dba@example.com]}
    users:
      - name: alice
        displayName: Alice A.
        password: {environment: APP_PASSWORD}
        grants: [{role: Operator, collection: tenants}, {role: Reader}]
      - {name: deploy, grants: [{role: Author}], enabled: false}
    tokens:
      - name: ci
        user: deploy
        role: Author
        collections: [tenants]
        lifetime: 3d
        save: {file: ../ci.token}
    """
        .formatted(
            CLIENT.pem().strip().indent(14).stripTrailing(),
            CLIENT.pem().strip().indent(14).stripTrailing(),
            "ab".repeat(32));
  }
}
