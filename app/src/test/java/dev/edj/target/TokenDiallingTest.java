package dev.edj.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.credential.LoginSource;
import dev.edj.credential.NewCredential;
import dev.edj.credential.TokenCommands;
import dev.edj.engine.PasswordMethod;
import dev.edj.engine.TargetException;
import dev.edj.engine.TlsMode;
import dev.edj.settings.IdentityEndpoint;
import dev.edj.settings.TokenCommandOption;
import dev.edj.settings.TokenSettings;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a credential's token command to a session of a real server that wants a token.
class TokenDiallingTest {

  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final String ADDRESS = "postgresql://localhost:" + SERVER.port();
  private static final int FIRST_SERVER = 1;
  private static final int FIRST_CREDENTIAL = 1;

  private final TestControlDatabase database = TestControlDatabase.create();
  private final TestFleet fleet = new TestFleet(database.jdbi());
  @TempDir Path directory;
  private Path printed;

  @BeforeAll
  static void createRole() {
    SERVER.execute("CREATE ROLE toni LOGIN IN ROLE " + PostgresServer.TOKENED);
  }

  @BeforeEach
  void createServer() {
    printed = directory.resolve("token");
    fleet.targets.create(
        new NewTarget(
            TargetKind.Server,
            null,
            ADDRESS,
            null,
            null,
            null,
            new ServerSettingsChange(
                TlsMode.VERIFY_FULL,
                SERVER.certificatePem(),
                null,
                List.of(PasswordMethod.CLEAR_TEXT),
                null,
                null,
                null)));
    fleet.credentials.create(
        new NewCredential("app", "toni", null, null, "printed", null, List.of(ADDRESS)));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aSessionIsOpenedWithWhatTheCommandPrintsAndAnotherTokenIsAskedForWhenItIsRefused()
      throws Exception {
    Dialer dialer = dialer("printed@%s=/bin/cat %s".formatted(ADDRESS, printed));
    issue("first");
    open(dialer);

    SERVER.execute("ALTER ROLE toni PASSWORD 'second'");
    assertThatThrownBy(() -> open(dialer))
        .isInstanceOf(TargetException.class)
        .hasMessageContaining("password authentication failed")
        .hasMessageNotContaining("first");
    issue("second");
    open(dialer);
  }

  @Test
  void aNodeWithoutTheCommandFailsForNowAndOneThatIsNotForTheServerForGood() {
    assertThatThrownBy(() -> open(dialer("other@*=/bin/true")))
        .isInstanceOfSatisfying(
            TargetException.class, e -> assertThat(e.error().transientFailure()).isTrue())
        .hasMessageContaining("this node has no token command 'printed'");
    assertThatThrownBy(() -> open(dialer("printed@mysql://*=/bin/true")))
        .isInstanceOfSatisfying(
            TargetException.class, e -> assertThat(e.error().transientFailure()).isFalse())
        .hasMessageContaining("is not for server " + ADDRESS);
  }

  private void issue(String token) throws IOException {
    SERVER.execute("ALTER ROLE toni PASSWORD '" + token + "'");
    Files.writeString(printed, token + "\n");
  }

  private Dialer dialer(String option) {
    TokenSettings tokens =
        new TokenSettings(
            List.of(TokenCommandOption.parse(option)),
            List.of(),
            IdentityEndpoint.METADATA,
            Duration.ofHours(1));
    return new Dialer(
        database.jdbi(),
        new LoginSource(database.jdbi(), fleet.privateKeys, TokenCommands.of(tokens)));
  }

  private static void open(Dialer dialer) throws TargetException {
    dialer.open(FIRST_SERVER, "postgres", FIRST_CREDENTIAL, "edj test").close();
  }
}
