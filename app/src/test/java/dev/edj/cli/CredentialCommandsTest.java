package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.api.RunningService;
import dev.edj.node.NodeRole;
import dev.edj.security.PrivateKeys;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestAuthority;
import dev.edj.testing.TestAuthority.Issued;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Credentials from the command line, with a real service that cannot decrypt them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialCommandsTest {

  private static final int BAD_INPUT = 2;

  private final Issued client = TestAuthority.create("authority").forClient("app");
  private final Issued other = TestAuthority.create("another").forClient("other");
  private Path directory;
  private TestControlDatabase database;
  private RunningService service;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    directory = temporary;
    Files.writeString(directory.resolve("app.crt"), client.pem());
    Files.writeString(directory.resolve("app.key"), client.keyPem());
    Files.writeString(directory.resolve("other.pem"), other.pem() + other.keyPem());
    database = TestControlDatabase.create();
    PrivateKeys.open(directory.resolve("keys.json"), database.jdbi());
    service =
        RunningService.start(
            ServiceSettings.in(directory.resolve("data"))
                .withControlDatabase(database.address())
                .withPort(0)
                .withRoles(Set.of(NodeRole.API)));
  }

  @AfterAll
  void stop() {
    service.close();
    database.close();
  }

  @Test
  void aClientCertificateNeedsNoPasswordAndIsShown() {
    CommandLineRun created =
        edj("", "create", "app", "--user", "app", "--server", "*", certificate(), key());

    assertThat(created.exitCode()).as(created.err()).isZero();
    assertThat(created.out())
        .containsPattern("Proven by +client certificate")
        .containsPattern("Certificate +CN=app")
        .containsPattern("Issued by +CN=authority")
        .containsPattern("Valid until +2")
        .containsPattern("SHA-256 +[0-9a-f]{64}")
        .doesNotContain("expire");
    assertThat(edj("", "show", "app").out()).isEqualTo(created.out());
    assertThat(edj("", "list").out()).contains("client certificate");
  }

  @Test
  void oneTakesThePlaceOfAPassword() {
    assertThat(edj("s3cret", "create", "changing", "--user", "app", "--password-stdin").exitCode())
        .isZero();
    assertThat(edj("", "update", "changing", both()).out())
        .containsPattern("Proven by +password, client certificate");
    assertThat(edj("", "update", "changing", "--no-password").out())
        .containsPattern("Proven by +client certificate");
    CommandLineRun last = edj("", "update", "changing", "--no-client-certificate");
    assertThat(last.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(last.err()).contains("would leave nothing to log in with");
  }

  @Test
  void aTokenCommandNeedsNoPassword() {
    CommandLineRun created =
        edj("", "create", "tokened", "--user", "app", "--server", "*", "--token-command", "rds");

    assertThat(created.exitCode()).as(created.err()).isZero();
    assertThat(created.out())
        .containsPattern("Proven by +token command")
        .containsPattern("Token command +rds");
    assertThat(edj("", "update", "tokened", both(), "--no-token-command").out())
        .containsPattern("Proven by +client certificate")
        .doesNotContain("rds");
    CommandLineRun program = edj("", "update", "tokened", "--token-command", "/usr/bin/id");
    assertThat(program.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(program.err()).contains("must be the name of a command on the nodes");
  }

  @Test
  void aKeyThatDoesNotFitIsRefusedBeforeTheServiceIsAsked() {
    CommandLineRun refused =
        edj(
            "",
            "create",
            "misfit",
            "--user",
            "app",
            certificate(),
            "--client-key=" + directory.resolve("other.pem"));

    assertThat(refused.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(refused.err())
        .contains("is not that of the certificate 'CN=app'")
        .doesNotContain("PRIVATE");
    CommandLineRun alone = edj("", "create", "keyed", "--user", "app", key());
    assertThat(alone.exitCode()).isEqualTo(BAD_INPUT);
    assertThat(alone.err()).contains("--client-key needs --client-certificate");
  }

  private String certificate() {
    return "--client-certificate=" + directory.resolve("app.crt");
  }

  private String key() {
    return "--client-key=" + directory.resolve("app.key");
  }

  /// One file with the certificate and its key.
  private String both() {
    return "--client-certificate=" + directory.resolve("other.pem");
  }

  private CommandLineRun edj(String input, String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "credential";
    System.arraycopy(words, 0, all, 1, words.length);
    return CommandLineRun.withService(directory.resolve("data"), input, all);
  }
}
