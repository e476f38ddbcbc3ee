package dev.edj.cli;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.controldb.EmbeddedControlDatabase;
import dev.edj.controldb.Schema;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `edj doctor` on a machine without a service: each thing is broken for real, and is to be named.
class DoctorTest {

  private static final String PASSWORD = "s3cret-of-the-role";

  @TempDir private Path directory;

  @Test
  void aMachineWhereNothingWasStartedYetIsInOrder() {
    CommandLineRun run = run(Map.of());

    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out())
        .contains(
            "ok       java", "is made at the first start", "none runs with this data directory")
        .containsPattern("0 errors, \\d warnings?; \\d in order, \\d skipped");
  }

  @Test
  void aDataDirectoryThatIsAFileOrOpenToOthersIsNamed() throws IOException {
    Files.writeString(data(), "");
    assertThat(found(Map.of(), "data-directory")).startsWith("error").contains("is a file");

    Files.delete(data());
    Files.createDirectory(data());
    Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(found(Map.of(), "data-directory"))
        .startsWith("warning")
        .contains("others may look into", "chmod 700");

    Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwx------"));
    assertThat(found(Map.of(), "data-directory")).startsWith("ok");
  }

  @Test
  void aDataDirectoryOfSomebodyElseIsNamed() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
    Files.createDirectory(data());
    Files.setOwner(
        data(),
        data().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

    assertThat(found(Map.of(), "data-directory"))
        .startsWith("warning")
        .contains("belongs to nobody", "Run edj as nobody");
  }

  @Test
  void aPortThatIsTakenIsNamedWithWhoeverHasIt() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(found(Map.of("EDJ_PORT", port), "port"))
          .startsWith("error")
          .contains("is in use by process " + ProcessHandle.current().pid(), "--port");
    }
    assertThat(found(Map.of("EDJ_HOST", "192.0.2.1", "EDJ_PORT", "18740"), "port"))
        .startsWith("error")
        .contains("192.0.2.1 is not an address of this machine");
    assertThat(found(Map.of("EDJ_ROLES", "worker"), "port")).startsWith("skipped");
  }

  @Test
  void aSettingThatCannotBeIsNamedAndTheRestIsLookedAt() {
    assertThat(found(Map.of("EDJ_PORT", "eighty"), "settings"))
        .startsWith("error")
        .contains("EDJ_PORT", "'eighty' is not a whole number");
  }

  @Test
  void aControlDatabaseThatDoesNotLetInIsNamedWithoutThePassword() {
    CommandLineRun run = run(shared(PostgresServer.USER, "not it"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("password authentication failed").doesNotContain("not it");
    // It is the control database that is wrong, and not the keys.
    assertThat(found(shared(PostgresServer.USER, "not it"), "keys"))
        .startsWith("skipped")
        .contains("which are needed, the control database does not say");
  }

  @Test
  void aControlDatabaseThatLosesWhatWasCommittedIsAnError() {
    assertThat(
            found(
                shared(PostgresServer.USER, PostgresServer.PASSWORD),
                "control-database-durability"))
        .startsWith("error")
        .contains("fsync is off");
  }

  @Test
  void aCertificateOfTheControlDatabaseThatWillExpireIsNamed() {
    assertThat(
            found(
                shared(PostgresServer.USER, PostgresServer.PASSWORD),
                "control-database-certificate"))
        .startsWith("warning")
        .contains(
            "the certificate of 127.0.0.1:" + PostgresServer.shared().port(),
            "hours from now",
            "ssl_cert_file");
  }

  @Test
  void anExpiredCertificateOfTheServiceIsNamed() throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            TestAuthority.create("authority").expiredForHost("localhost").context()));
    server.start();
    try {
      String url = "https://localhost:" + server.getAddress().getPort();
      assertThat(found(Map.of("EDJ_URL", url), "service-certificate"))
          .startsWith("error")
          .contains("the certificate of " + url + " expired", "another one");
    } finally {
      server.stop(0);
    }
  }

  /// A server of its own, whose files last: those that tests share do not.
  @Test
  void whatIsWrongWithTheTablesTheLoginOrTheKeysIsNamed() throws Exception {
    try (EmbeddedControlDatabase server =
        EmbeddedControlDatabase.start(directory.resolve("server"))) {
      ControlDatabaseAddress owner = server.address();
      execute(owner, "CREATE ROLE service LOGIN PASSWORD '" + PASSWORD + "'");
      Map<String, String> asOwner = environment(owner);
      Map<String, String> asService =
          environment(new ControlDatabaseAddress(owner.url(), "service", PASSWORD));

      assertThat(found(asService, "control-database-tables"))
          .startsWith("error")
          .contains("'service' may neither work with the tables nor make them");
      assertThat(found(asOwner, "control-database-tables"))
          .startsWith("warning")
          .contains("they are at version 0");

      Schema schema = new Schema(owner);
      schema.migrate();
      assertThat(found(asService, "control-database-tables"))
          .startsWith("error")
          .contains("edj migrate --service-role service");
      schema.grant("service");
      assertThat(found(asOwner, "control-database-tables"))
          .startsWith("warning")
          .contains("could change the audit log");

      CommandLineRun healthy = run(asService);
      assertThat(healthy.exitCode()).as(healthy.out()).isZero();
      assertThat(healthy.out())
          .contains("what is committed stays", "as this edj needs them", "no password is kept yet")
          .doesNotContain(PASSWORD);

      execute(owner, "ALTER ROLE service CONNECTION LIMIT 5");
      assertThat(found(asService, "control-database-connections"))
          .startsWith("warning")
          .contains("4 connections are free; a node takes up to 13");
      execute(owner, "ALTER ROLE service SET synchronous_commit = off");
      assertThat(found(asService, "control-database-durability")).startsWith("warning");
      execute(
          owner,
          "UPDATE flyway_schema_history SET version = '9999' WHERE installed_rank ="
              + " (SELECT max(installed_rank) FROM flyway_schema_history)");
      assertThat(found(asService, "control-database-tables"))
          .startsWith("error")
          .contains("As their owner: edj migrate");
    }
  }

  @Test
  void strictHasWarningsCount() throws IOException {
    Files.createDirectory(data());
    Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(run(Map.of()).exitCode()).isZero();
    assertThat(run(Map.of(), "--strict").exitCode()).isEqualTo(1);
  }

  @Test
  void aServiceThatShouldBeThereAndIsNotIsAnError() {
    assertThat(run(Map.of(), "--only", "service").exitCode()).isEqualTo(1);
    assertThat(found(Map.of("EDJ_URL", "http://127.0.0.1:9"), "service"))
        .startsWith("error")
        .contains("cannot reach the EDJ service at http://127.0.0.1:9");
  }

  /// The condition of one check, its message and its advice.
  private String found(Map<String, String> environment, String check) {
    CommandLineRun run = run(environment, "--output", "json");
    JsonNode report = Json.mapper().readTree(run.out());
    Map<String, String> findings =
        report
            .path("findings")
            .valueStream()
            .collect(
                toMap(
                    finding -> finding.path("check").asString(),
                    finding ->
                        "%s: %s %s"
                            .formatted(
                                finding.path("condition").asString(),
                                finding.path("message").asString(),
                                finding.path("advice").asString()),
                    (first, second) -> first));
    assertThat(findings).as(run.out()).containsKey(check);
    assertThat(run.exitCode()).isEqualTo(report.path("errors").asInt() > 0 ? 1 : 0);
    return String.valueOf(findings.get(check));
  }

  private CommandLineRun run(Map<String, String> environment, String... options) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("EDJ_DATA", data().toString());
    // Whatever else runs on this machine does not matter here.
    all.putIfAbsent("EDJ_PORT", "0");
    List<String> words = new ArrayList<>(List.of("doctor"));
    words.addAll(List.of(options));
    return CommandLineRun.at(directory, all, "", words.toArray(String[]::new));
  }

  private Path data() {
    return directory.resolve("data");
  }

  private static Map<String, String> shared(String user, String password) {
    PostgresServer server = PostgresServer.shared();
    return environment(
        new ControlDatabaseAddress(
            "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.port(), server.createDatabase()),
            user,
            password));
  }

  private static Map<String, String> environment(ControlDatabaseAddress address) {
    return Map.of(
        "EDJ_CONTROL_DATABASE",
        address.url().substring("jdbc:".length()),
        "EDJ_CONTROL_DATABASE_USER",
        String.valueOf(address.user()),
        "EDJ_CONTROL_DATABASE_PASSWORD",
        String.valueOf(address.password()));
  }

  private static void execute(ControlDatabaseAddress address, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(address.url(), address.user(), address.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
