package dev.edj.engine;

import static dev.edj.engine.EngineContract.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.PostgresServer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Logins by a token, to a real PostgreSQL that asks for it in the clear.
class TokenLoginTest {

  private static final String TOKEN = "t0ken-of-an-Hour";
  private static final PostgresServer SERVER = PostgresServer.shared();

  private final List<Password> dropped = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void createRole() {
    SERVER.execute(
        "CREATE ROLE tina LOGIN PASSWORD '%s' IN ROLE %s".formatted(TOKEN, PostgresServer.TOKENED));
  }

  @Test
  void aTokenOpensASessionWhereTheServersSettingsAllowClearText() throws TargetException {
    ConnectionSettings settings = settings(TOKEN, TlsMode.VERIFY_FULL);
    settings.server().engine().open(settings).close();

    TargetError strict = refused(settings.withTls(TlsMode.VERIFY_FULL, SERVER.certificatePem()));
    assertThat(strict.kind()).isEqualTo(TargetError.Kind.LOGIN);
    assertThat(strict.transientFailure()).isFalse();
  }

  @Test
  void aTokenThatIsNotTakenIsDropped() {
    TargetError error = refused(settings("an older one", TlsMode.VERIFY_FULL));

    assertThat(error.kind()).isEqualTo(TargetError.Kind.LOGIN);
    assertThat(error.message()).doesNotContain("an older one");
    assertThat(dropped).containsExactly(new Password("an older one"));
  }

  @Test
  void aServerThatMayBeAnotherOfItsAuthorityIsNotEvenDialled() {
    for (TlsMode tls : List.of(TlsMode.VERIFY_CA, TlsMode.REQUIRE, TlsMode.DISABLE)) {
      TargetError error = refused(settings(TOKEN, tls));

      assertThat(error.kind()).isEqualTo(TargetError.Kind.CONNECT);
      assertThat(error.transientFailure()).isFalse();
      assertThat(error.message()).contains("a token is sent only to a server that proves");
    }
    assertThat(dropped).isEmpty();
  }

  private ConnectionSettings settings(String token, TlsMode tls) {
    return ConnectionSettings.of(
            ServerName.parse("postgresql://localhost:" + SERVER.port()),
            "postgres",
            "tina",
            Password.NONE)
        .withIdentity(new Identity("tina", new Password(token), null, dropped::add))
        .withProtection(
            new Protection(
                tls, SERVER.certificatePem(), List.of(), Set.of(PasswordMethod.CLEAR_TEXT)));
  }

  private static TargetError refused(ConnectionSettings settings) {
    return errorOf(() -> settings.server().engine().open(settings).close());
  }
}
