package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.api.RunningService;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestAuthority;
import dev.edj.testing.TestAuthority.Issued;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// `edj doctor` and a service that runs, with what is wrong among its nodes, keys and targets.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorOfServiceTest {

  private final PostgresServer target = PostgresServer.shared();
  private Path directory;
  private Path data;
  private TestControlDatabase database;
  private RunningService service;

  @BeforeAll
  void start(@TempDir Path made) {
    directory = made;
    data = directory.resolve("data");
    database = TestControlDatabase.create();
    service =
        RunningService.start(
            ServiceSettings.in(data).withControlDatabase(database.address()).withPort(0));
    credential("right", PostgresServer.PASSWORD);
    credential("wrong", "not it");
    server("accepting", "127.0.0.1", "right");
  }

  @AfterAll
  void stop() {
    service.close();
    database.close();
  }

  @Test
  void aServiceInOrderIsToldInItsParts() {
    CommandLineRun run = ofService();

    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out())
        .contains("with a shared control database", "1 alive", "has every key")
        .contains("none changed or removed", "accepting: logged in as 'right'")
        .contains("nodes-clocks", "they agree with the control database's")
        .containsPattern("warning  target-certificate +the certificate of server postgresql://127")
        .doesNotContain("target-clock");
    assertThat(ofService("--targets", "0").out()).contains("none was asked for");
  }

  @Test
  void aServerThatRefusesTheLoginOfItsTargetIsNamed() {
    server("refusing", "localhost", "wrong");
    try {
      CommandLineRun run = ofService();
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out())
          .contains("error    target", "refusing: ", "password authentication failed")
          .doesNotContain("not it");
    } finally {
      edj("target", "delete", "refusing");
    }
  }

  @Test
  void aJobIsCheckedOnItsDatabases() {
    String present = target.createDatabase();
    edj("content", "create", "one", "--text", "SELECT 1");
    edj("target", "create", "custom-collection", "some");
    for (String name : List.of(present, "no_such_database")) {
      edj("target", "add-child", "some", "--server", address("127.0.0.1"), "--database", name);
    }
    edj("job", "create", "j", "--content", "one", "--credential", "right", "--target", "some");

    CommandLineRun run = ofService("--job", "j", "--job", "nobody");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("j could run on 1 of 2 databases", "--lifecycle Failed", "nobody");
  }

  @Test
  void aJobThatComesToNoDatabaseSaysWhy() {
    edj("target", "create", "custom-collection", "nothing");
    edj("content", "create", "finished", "--text", "SELECT 1");
    edj("content", "create", "unfinished", "--text", "SELECT '$(nowhere)'");
    job("idle", "finished", "nothing");
    job("unbegun", "unfinished", "accepting");

    CommandLineRun run = ofService("--job", "idle", "--job", "unbegun");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern("warning +job +idle has no database to run on")
        .containsPattern("error +job +unbegun could not begin: .*nowhere")
        .contains("edj execution show ");
  }

  @Test
  void aClientCertificateThatWillExpireIsNamed() throws IOException {
    Issued client = TestAuthority.create("authority").forClient("app");
    Path certificate = Files.writeString(directory.resolve("client.crt"), client.pem());
    Path key = Files.writeString(directory.resolve("client.key"), client.keyPem());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    edj(
        "credential",
        "create",
        "certified",
        "--user",
        "app",
        "--client-certificate",
        certificate.toString(),
        "--client-key",
        key.toString(),
        "--server",
        address("localhost"));
    try {
      assertThat(ofService().out()).contains("1 client certificates, all good for longer");
      Instant end = client.certificate().getNotAfter().toInstant();
      CommandLineRun late =
          CommandLineRun.withService(
              data, Clock.fixed(end.plusSeconds(1), ZoneOffset.UTC), "doctor", "--only", "service");
      assertThat(late.exitCode()).isEqualTo(1);
      assertThat(late.out()).contains("client certificate of credential 'certified' expired");
    } finally {
      edj("credential", "delete", "certified");
    }
  }

  @Test
  void nodesThatWentSilentOrAreOfAnotherVersionAreNamed() {
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                INSERT INTO node (name, lease_ms, roles, labels, version, heartbeat_at, clock_ahead_ms)
                VALUES ('silent', 1000, '{worker}', '{}', '0', now() - interval '1 minute', 5000),
                       ('older', 600000, '{worker}', '{}', '0.0.1', now(), -90000)
                """));
    try {
      assertThat(ofService().out())
          .contains("silent went without a word", "nodes of several versions", "0.0.1")
          .contains("is missing on older")
          .contains("that of older is 90.0 s behind it", "NTP")
          .doesNotContain("that of silent");
    } finally {
      database
          .jdbi()
          .useHandle(
              handle -> handle.execute("DELETE FROM node WHERE name IN ('silent', 'older')"));
    }
  }

  @Test
  void anAuditLogThatWasTouchedIsNamed() {
    String touched = "UPDATE audit_event SET actor_name = '%s' WHERE event_id = 1";
    String actor =
        database
            .jdbi()
            .withHandle(handle ->
                handle
                    .createQuery("SELECT actor_name FROM audit_event WHERE event_id = 1")
                    .mapTo(String.class)
                    .one());
    awaitChain();
    tamper(touched.formatted("eve"));
    try {
      assertThat(ofService().out()).contains("error    audit-log", "somebody touched it");
    } finally {
      tamper(touched.formatted(actor));
    }
  }

  @Test
  void aKeyThatThisNodeLacksOrThatOpensNothingIsNamed() throws Exception {
    assertThat(ofMachine(data).out()).contains("those that stored passwords need are here");
    Path key = data.resolve("encryption-keys.json");
    assertThat(ofMachine(directory.resolve("another")).out())
        .contains("error    keys", "is not on this node");

    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(ofMachine(data).out()).contains("error    keys", "chmod 600");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

    // One is tried, the newest of its key.
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "UPDATE credential SET encrypted_password = '\\x00', updated_at = now() + interval '1 day' WHERE name = 'wrong'"));
    try {
      assertThat(ofMachine(data).out()).contains("credential 'wrong' cannot be decrypted");
    } finally {
      edj("credential", "delete", "wrong");
      credential("wrong", "not it");
    }
  }

  private CommandLineRun ofService(String... options) {
    return CommandLineRun.withService(
        data,
        "",
        Stream.concat(Stream.of("doctor", "--only", "service"), Stream.of(options))
            .toArray(String[]::new));
  }

  private CommandLineRun ofMachine(Path dataDirectory) {
    Map<String, String> environment = new HashMap<>();
    environment.put("EDJ_DATA", dataDirectory.toString());
    environment.put("EDJ_CONTROL_DATABASE", database.address().url().substring("jdbc:".length()));
    environment.put("EDJ_CONTROL_DATABASE_USER", String.valueOf(database.address().user()));
    environment.put("EDJ_CONTROL_DATABASE_PASSWORD", String.valueOf(database.address().password()));
    return CommandLineRun.at(directory, environment, "", "doctor", "--only", "machine");
  }

  private void edj(String... words) {
    CommandLineRun run = CommandLineRun.withService(data, "", words);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private void credential(String name, String password) {
    List<String> words = new ArrayList<>(List.of("credential", "create", name, "--password-stdin"));
    words.addAll(List.of("--user", PostgresServer.USER));
    words.addAll(List.of("--server", address("127.0.0.1"), "--server", address("localhost")));
    CommandLineRun run = CommandLineRun.withService(data, password, words.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private void job(String name, String content, String target) {
    edj("job", "create", name, "--content", content, "--credential", "right", "--target", target);
  }

  private void server(String name, String host, String credential) {
    edj(
        "target",
        "create",
        "server",
        address(host),
        "--name",
        name,
        "--credential",
        credential,
        "--tls",
        "require");
  }

  private String address(String host) {
    return "postgresql://%s:%d".formatted(host, target.port());
  }

  private void tamper(String statement) {
    database
        .owner()
        .useTransaction(handle -> {
          handle.execute("SET LOCAL session_replication_role = replica");
          handle.execute(statement);
        });
  }

  /// Only events that have their link are protected.
  private void awaitChain() {
    while (ofService("--output", "json").out().contains("\"0 events")) {
      Thread.onSpinWait();
    }
  }
}
