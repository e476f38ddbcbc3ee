package dev.edj.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.edj.Node;
import dev.edj.credential.CredentialChange;
import dev.edj.credential.LoginSource;
import dev.edj.credential.NewClientCertificate;
import dev.edj.credential.NewCredential;
import dev.edj.engine.ClientCertificate;
import dev.edj.engine.ServerName;
import dev.edj.execution.AttemptReport;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.NewExecution;
import dev.edj.execution.Retention;
import dev.edj.execution.TaskType;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.job.JobChange;
import dev.edj.job.NewJob;
import dev.edj.job.NewJobStep;
import dev.edj.node.NodeLease;
import dev.edj.node.NodeProfile;
import dev.edj.notice.Outbox;
import dev.edj.parameter.ParameterValue.Secret;
import dev.edj.parameter.ParameterValues;
import dev.edj.problem.EdjException;
import dev.edj.security.GeneratedKey;
import dev.edj.security.KeyLifecycle;
import dev.edj.security.KeyRotation;
import dev.edj.security.KeyRotations;
import dev.edj.security.KnownKey;
import dev.edj.security.PasswordCipher;
import dev.edj.security.PrivateKeys;
import dev.edj.security.PublicKey;
import dev.edj.settings.NoticeSettings;
import dev.edj.settings.PrivateKeyOrigins;
import dev.edj.target.NewChild;
import dev.edj.testing.TestAuthority;
import dev.edj.testing.TestAuthority.Issued;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import dev.edj.worker.RunningAttempt;
import dev.edj.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RotateKeysTest {

  private static final int MOST_STEPS = 20;

  private static final List<String> CARRIERS =
      List.of(
          "job_version",
          "job_execution",
          "child_execution",
          "target_child",
          "target_database_value");

  private final TestControlDatabase database = TestControlDatabase.create();
  private final Jdbi jdbi = database.jdbi();
  private final TestFleet fleet = new TestFleet(jdbi);
  private final KeyRotations rotations = new KeyRotations(jdbi);
  private final EndSignal ends = new EndSignal();
  @TempDir Path directory;

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void allPasswordsAreEncryptedWithTheNewKeyAndTheOldOneIsTakenOutOfUse() {
    for (int i = 0; i < 120; i++) {
      fleet.credential("c" + i, "db" + i);
    }
    String before = fleet.keys.current().keyId();
    TestNode node = TestNode.of(jdbi, "only", fleet.privateKeys);

    KeyRotation rotation = node.rotate();

    assertThat(rotation.waitingFor()).isNull();
    assertThat(fleet.keys.current().keyId()).isEqualTo(rotation.keyId()).isNotEqualTo(before);
    assertThat(keyIdsOfPasswords()).containsExactly(rotation.keyId());
    assertThat(fleet.keys.list())
        .extracting(KnownKey::keyId, KnownKey::lifecycle, KnownKey::credentials, KnownKey::heldBy)
        .containsExactly(
            tuple(rotation.keyId(), KeyLifecycle.Current, 120, List.of("only")),
            tuple(before, KeyLifecycle.Retired, 0, List.of("only")));
    LoginSource logins = new LoginSource(jdbi, fleet.privateKeys);
    assertThat(logins.loginFor(1, ServerName.parse("db0")).identity().password().text())
        .isEqualTo("secret");
  }

  @Test
  void privateKeysOfClientCertificatesAreEncryptedWithTheNewKey() {
    Issued client = TestAuthority.create("authority").forClient("app");
    NewClientCertificate certificate =
        new NewClientCertificate(client.pem(), client.keyPem(), null, null);
    fleet.credentials.create(
        new NewCredential("alone", "app", null, null, null, certificate, List.of("*")));
    fleet.credentials.create(
        new NewCredential("beside", "app", "secret", null, null, certificate, List.of("*")));
    String before = fleet.keys.current().keyId();

    KeyRotation rotation = TestNode.of(jdbi, "only", fleet.privateKeys).rotate();

    assertThat(rotation.keyId()).isNotEqualTo(before);
    assertThat(fleet.keys.list())
        .extracting(KnownKey::keyId, KnownKey::lifecycle, KnownKey::credentials)
        .containsExactly(
            tuple(rotation.keyId(), KeyLifecycle.Current, 2),
            tuple(before, KeyLifecycle.Retired, 0));
    LoginSource logins = new LoginSource(jdbi, fleet.privateKeys);
    for (long id = 1; id <= 2; id++) {
      assertThat(logins.loginFor(id, ServerName.parse("db0")).identity().certificate())
          .isEqualTo(new ClientCertificate(List.of(client.certificate()), client.key()));
    }
  }

  @Test
  void secretParametersAreEncryptedAnewWhereverTheyAreWhileJobsRun() throws Exception {
    Executions executions = new Executions(jdbi, new TimeOrderedIds(InstantSource.system()), ends);
    jobWithSecrets();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    try (Node _ =
        new Node(
                database.database(),
                NodeProfile.of("busy", Duration.ofSeconds(10)),
                new Retention(Duration.ofDays(1), Duration.ofDays(1)),
                WorkerSettings.ofCapacity(10),
                attempt -> held(attempt, running, released),
                fleet.resolver,
                fleet.fetch,
                fleet.privateKeys,
                new Outbox(jdbi, fleet.privateKeys, executions, NoticeSettings.NONE),
                new TimeOrderedIds(InstantSource.system()),
                ends)
            .start()) {
      UUID run = executions.start("secretive", secrets("given", "given at the start"), "test").id();
      assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(secretsPerTable())
          .containsEntry("job_version", 2L)
          .containsEntry("job_execution", 1L)
          .containsEntry("child_execution", 1L)
          .containsEntry("target_child", 1L);
      String before = fleet.keys.current().keyId();
      rotations.request();
      for (int i = 0; i < 600 && rotations.newest().orElseThrow().endedAt() == null; i++) {
        Thread.sleep(100);
      }

      String after = fleet.keys.current().keyId();
      assertThat(after).isNotEqualTo(before);
      assertThat(keyIdsOfSecrets()).containsExactly(after);
      assertThat(decryptedParametersOfRuns()).containsExactly("given at the start");
      released.countDown();
      JobExecution ended = executions.await(List.of(run), false, Duration.ofSeconds(30)).getFirst();
      assertThat(ended.lifecycle()).isEqualTo(Lifecycle.Succeeded);
    } finally {
      released.countDown();
    }
  }

  @Test
  void aNodeThatDoesNotHaveTheNewKeyHoldsTheRotationUp() throws IOException {
    Path first = directory.resolve("first.json");
    Path second = directory.resolve("second.json");
    try (TestControlDatabase own = TestControlDatabase.create()) {
      Jdbi shared = own.jdbi();
      TestNode one = TestNode.of(shared, "one", PrivateKeys.open(first, shared));
      Files.copy(first, second, StandardCopyOption.COPY_ATTRIBUTES);
      TestNode two = TestNode.of(shared, "two", PrivateKeys.open(second, shared));

      KeyRotation waiting = one.rotate();

      assertThat(waiting.endedAt()).isNull();
      assertThat(waiting.waitingFor())
          .isEqualTo("the private half of key %s on two".formatted(waiting.keyId()));
      assertThat(two.rotate().id()).isEqualTo(waiting.id());

      Files.copy(
          first, second, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      two.lookForKeys();

      assertThat(two.rotate().endedAt()).isNotNull();
    }
  }

  @Test
  void aNodeWhoseKeysComeFromACommandIsGivenTheNewOne() throws IOException {
    Path printed = directory.resolve("printed.json");
    Files.writeString(printed, GeneratedKey.alone());
    try (TestControlDatabase own = TestControlDatabase.create()) {
      Jdbi shared = own.jdbi();
      PrivateKeys keys =
          PrivateKeys.open(
              new PrivateKeyOrigins(List.of(), null, "cat '%s'".formatted(printed)),
              directory,
              shared);
      TestNode vaulted = TestNode.of(shared, "vaulted", keys);
      assertThat(vaulted.rotate().waitingFor()).contains("edj key generate");

      Files.writeString(printed, GeneratedKey.beside(Files.readString(printed)));
      vaulted.lookForKeys();

      assertThat(vaulted.rotate().endedAt()).isNotNull();
    }
  }

  @Test
  void aRetiredKeyIsNotBroughtBackByANodeThatStillHasIt() {
    fleet.credential("c", "db");
    TestNode node = TestNode.of(jdbi, "only", fleet.privateKeys);
    KeyRotation rotation = node.rotate();

    TestNode.of(jdbi, "again", fleet.privateKeys);

    assertThat(fleet.keys.current().keyId()).isEqualTo(rotation.keyId());
    assertThat(fleet.keys.list())
        .extracting(KnownKey::lifecycle)
        .containsExactly(KeyLifecycle.Current, KeyLifecycle.Retired);
  }

  @Test
  void aNodeWithoutTheKeyThatTookOverDoesNotStart() throws IOException {
    try (TestControlDatabase own = TestControlDatabase.create()) {
      Path file = directory.resolve("keys.json");
      Path older = directory.resolve("older.json");
      PrivateKeys keys = PrivateKeys.open(file, own.jdbi());
      Files.copy(file, older, StandardCopyOption.COPY_ATTRIBUTES);
      KeyRotation rotation = TestNode.of(own.jdbi(), "only", keys).rotate();

      assertThat(rotation.endedAt()).isNotNull();
      assertThatThrownBy(() -> PrivateKeys.open(older, own.jdbi()))
          .isInstanceOf(EdjException.class)
          .hasMessageContaining(
              "%s does not hold key %s, which stored passwords need"
                  .formatted(older, rotation.keyId()));
    }
  }

  @Test
  void aPasswordThatCannotBeDecryptedStaysUnderItsKeyUntilItIsGivenAgain() {
    fleet.credential("whole", "db");
    fleet.credential("broken", "db");
    jdbi.useHandle(handle ->
        handle.execute("UPDATE credential SET encrypted_password = '\\x00' WHERE name = 'broken'"));
    String before = fleet.keys.current().keyId();
    TestNode node = TestNode.of(jdbi, "only", fleet.privateKeys);

    KeyRotation rotation = node.rotate();

    assertThat(fleet.keys.list())
        .filteredOn(key -> key.keyId().equals(before))
        .extracting(KnownKey::lifecycle)
        .containsExactly(KeyLifecycle.Replaced);
    fleet.credentials.update("broken", new CredentialChange(null, "again", null, null));
    assertThat(keyIdsOfPasswords()).containsExactly(rotation.keyId());
  }

  @Test
  void aPasswordEncryptedWithARetiredKeyIsRefused() {
    fleet.credential("c", "db");
    PublicKey old = fleet.keys.current();
    TestNode node = TestNode.of(jdbi, "only", fleet.privateKeys);
    node.rotate();

    assertThatThrownBy(() ->
            fleet.credentials.create(
                new NewCredential(
                    "late", "app", null, PasswordCipher.encrypt(old, "late", "secret"), List.of())))
        .hasMessageContaining("fetch the public key and encrypt again");
  }

  private void jobWithSecrets() {
    fleet.credential("login", "postgresql://*");
    fleet.content("script", "SELECT 1");
    fleet.collection("all");
    fleet.database("postgresql://s", "d");
    fleet.targets.addChild(
        "all", new NewChild("postgresql://s/d", null, null, Map.of("carried", "carried along")));
    fleet.jobs.create(
        new NewJob(
            "secretive",
            null,
            List.of(NewJobStep.of("script", "login", "all").build()),
            null,
            null,
            Map.of("own", "the job's own", "given", "is given"),
            null));
    fleet.jobs.update(
        "secretive", new JobChange(null, null, null, Map.of("more", "in another version")));
  }

  private static NewExecution secrets(String name, String value) {
    return new NewExecution(null, null, Map.of(name, value), null);
  }

  private static AttemptReport held(
      RunningAttempt attempt, CountDownLatch running, CountDownLatch released) {
    running.countDown();
    try {
      assertThat(released.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new AttemptReport(
        attempt.child(),
        TaskType.ScriptExecution,
        Lifecycle.Succeeded,
        Lifecycle.Succeeded,
        null,
        true,
        null,
        null,
        List.of(),
        List.of());
  }

  /// A live node on a control database.
  private record TestNode(Jdbi jdbi, NodeLease lease, PrivateKeys keys) {

    static TestNode of(Jdbi jdbi, String name, PrivateKeys keys) {
      TestNode node =
          new TestNode(
              jdbi, NodeLease.register(jdbi, NodeProfile.of(name, Duration.ofMinutes(5))), keys);
      node.lookForKeys();
      return node;
    }

    void lookForKeys() {
      new HoldKeys(jdbi, lease, keys).perform();
    }

    /// As far as this node alone can bring it.
    KeyRotation rotate() {
      KeyRotations rotations = new KeyRotations(jdbi);
      rotations.request();
      RotateKeys duty = new RotateKeys(jdbi, lease, keys);
      for (int i = 0; i < MOST_STEPS && duty.perform().isZero(); i++) {
        assertThat(i).isLessThan(MOST_STEPS - 1);
      }
      return rotations.newest().orElseThrow();
    }
  }

  private List<String> keyIdsOfPasswords() {
    return jdbi.withHandle(handle ->
        handle.createQuery("SELECT DISTINCT key_id FROM credential").mapTo(String.class).list());
  }

  private Map<String, Long> secretsPerTable() {
    return CARRIERS.stream()
        .collect(
            Collectors.toMap(
                table -> table,
                table ->
                    jdbi.withHandle(handle ->
                        handle
                            .createQuery(
                                "SELECT count(*) FROM "
                                    + table
                                    + " WHERE CAST(parameters AS text) LIKE '%keyId%'")
                            .mapTo(Long.class)
                            .one())));
  }

  private List<String> keyIdsOfSecrets() {
    return CARRIERS.stream()
        .flatMap(table ->
            jdbi
                .withHandle(handle ->
                    handle
                        .createQuery(
                            "SELECT p.value ->> 'keyId' FROM "
                                + table
                                + " CROSS JOIN LATERAL jsonb_each(parameters) p"
                                + " WHERE p.value ->> 'keyId' IS NOT NULL")
                        .mapTo(String.class)
                        .list())
                .stream())
        .distinct()
        .toList();
  }

  private List<String> decryptedParametersOfRuns() {
    return jdbi
        .withHandle(handle ->
            handle
                .createQuery("SELECT CAST(parameters AS text) FROM job_execution")
                .mapTo(String.class)
                .list())
        .stream()
        .flatMap(json -> ParameterValues.parse(json).byName().entrySet().stream())
        .map(entry ->
            ((Secret) entry.getValue())
                .decrypt(fleet.privateKeys, entry.getKey(), "secretive")
                .text())
        .toList();
  }
}
