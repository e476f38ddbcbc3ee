package dev.edj.engine;

import static dev.edj.engine.EngineContract.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.MariaDbServer;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestAuthority;
import dev.edj.testing.TestAuthority.Issued;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Logins by client certificate, with and without a password beside, to real servers.
@ResourceLock(value = MariaDbServer.SETTINGS, mode = ResourceAccessMode.READ)
class ClientCertificateTest {

  private static final String PASSWORD = "besid3-the-Key";
  private static final TestAuthority STRANGER = TestAuthority.create("authority of nobody");

  @Nested
  class OnPostgreSql {

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final Issued CAROL = SERVER.clients().forClient("carol");

    @BeforeAll
    static void createRoles() {
      SERVER.execute("CREATE ROLE carol LOGIN IN ROLE " + PostgresServer.CERTIFIED);
      SERVER.execute(
          "CREATE ROLE dora LOGIN PASSWORD '%s' IN ROLE %s"
              .formatted(PASSWORD, PostgresServer.DOUBLY_PROVEN));
    }

    @Test
    void aCertificateOpensASessionWithoutAPassword() throws TargetException {
      assertThat(userOf(settings("carol", Password.NONE, CAROL))).isEqualTo("carol");
    }

    @Test
    void aPasswordIsAskedForBesideTheCertificate() throws TargetException {
      assertThat(userOf(settings("dora", new Password(PASSWORD), CAROL))).isEqualTo("dora");

      TargetError wrong = refused(settings("dora", new Password("another"), CAROL));
      assertThat(wrong.kind()).isEqualTo(TargetError.Kind.LOGIN);
      assertThat(wrong.sqlState()).isEqualTo("28P01");
      TargetError without =
          refused(
              settings("dora", new Password(PASSWORD), CAROL)
                  .withIdentity(Identity.of("dora", new Password(PASSWORD))));
      assertThat(without.message()).contains("client certificate");
    }

    @Test
    void theCertificateOfAnotherNameIsRefusedForGood() {
      TargetError error =
          refused(settings("carol", Password.NONE, SERVER.clients().forClient("eve")));

      assertThat(error.kind()).isEqualTo(TargetError.Kind.LOGIN);
      assertThat(error.transientFailure()).isFalse();
      assertThat(error.message()).contains("certificate authentication failed for user \"carol\"");
    }

    @Test
    void theMessageNamesTheCertificateThatTheServerDidNotTake() {
      TargetError error = refused(settings("carol", Password.NONE, STRANGER.forClient("carol")));

      assertThat(error.message()).contains("the client certificate CN=carol, valid until 20");
    }

    @Test
    void aServerThatWantsThePasswordOfACertificateAloneGetsNothing() {
      TargetError error = refused(settings("dora", Password.NONE, CAROL));

      assertThat(error.kind()).isEqualTo(TargetError.Kind.LOGIN);
      assertThat(error.transientFailure()).isFalse();
    }

    private static ConnectionSettings settings(String user, Password password, Issued issued) {
      return ConnectionSettings.of(
              ServerName.parse("postgresql://localhost:" + SERVER.port()),
              "postgres",
              user,
              password)
          .withTls(TlsMode.VERIFY_FULL, SERVER.certificatePem())
          .withIdentity(new Identity(user, password, certificate(issued)));
    }
  }

  @Nested
  class OnMariaDb {

    @Test
    void aCertificateOpensASessionWithoutAPassword() throws TargetException {
      MariaDbServer.shared()
          .execute("CREATE USER carol@'%' IDENTIFIED BY '' REQUIRE SUBJECT '/CN=carol'");

      ConnectionSettings settings = settings("carol", Password.NONE, "carol");
      assertThat(userOf(settings)).startsWith("carol@");
      for (ConnectionSettings other :
          List.of(
              settings("carol", Password.NONE, "eve"),
              settings.withIdentity(Identity.of("carol", Password.NONE)))) {
        TargetError error = refused(other);
        assertThat(error.kind()).isEqualTo(TargetError.Kind.LOGIN);
        assertThat(error.number()).isEqualTo(1045);
      }
    }

    @Test
    void aPasswordIsAskedForBesideTheCertificate() throws TargetException {
      MariaDbServer.shared()
          .execute("CREATE USER dora@'%' IDENTIFIED BY '" + PASSWORD + "' REQUIRE X509");

      assertThat(userOf(settings("dora", new Password(PASSWORD), "anybody"))).startsWith("dora@");
      assertThat(refused(settings("dora", new Password("another"), "anybody")).number())
          .isEqualTo(1045);
    }

    @Test
    void theMessageNamesTheCertificateThatTheServerDidNotTake() {
      TargetError error =
          refused(
              settings("carol", Password.NONE, "carol")
                  .withIdentity(
                      new Identity(
                          "carol", Password.NONE, certificate(STRANGER.forClient("carol")))));

      assertThat(error.message()).contains("the client certificate CN=carol, valid until 20");
    }

    private static ConnectionSettings settings(String user, Password password, String name) {
      MariaDbServer server = MariaDbServer.shared();
      return ConnectionSettings.of(
              ServerName.parse("mariadb://localhost:" + server.port()), "", user, password)
          .withTls(TlsMode.VERIFY_FULL, server.certificatePem())
          .withIdentity(
              new Identity(user, password, certificate(server.clients().forClient(name))));
    }
  }

  @Test
  void sqlServerHasToBeGivenAPassword() {
    TargetError error =
        refused(
            ConnectionSettings.of(ServerName.parse("db1.invalid"), "", "carol", Password.NONE)
                .withIdentity(
                    new Identity(
                        "carol", Password.NONE, certificate(STRANGER.forClient("carol")))));

    assertThat(error.transientFailure()).isFalse();
    assertThat(error.message()).contains("SQL Server takes no client certificates");
  }

  @Test
  void sqlServerIsAskedWithThePasswordAloneWhereThereIsOne() throws IOException {
    try (FakeServer server = FakeServer.that(FakeTds.answering(FakeTds.NO_ENCRYPTION))) {
      TargetError error =
          refused(
              ConnectionSettings.of(
                      ServerName.parse("localhost:" + server.port()), "", "", Password.NONE)
                  .withIdentity(
                      new Identity(
                          "carol",
                          new Password(PASSWORD),
                          certificate(STRANGER.forClient("carol"))))
                  .withTls(TlsMode.REQUIRE, null));

      assertThat(error.message()).contains("the server does not encrypt");
    }
  }

  private static ClientCertificate certificate(Issued issued) {
    return new ClientCertificate(List.of(issued.certificate()), issued.key());
  }

  private static String userOf(ConnectionSettings settings) throws TargetException {
    Recorder recorder = new Recorder();
    try (TargetSession session = settings.server().engine().open(settings)) {
      session.run(
          settings.server().engine() instanceof PostgreSql
              ? "SELECT current_user"
              : "SELECT current_user()",
          recorder);
    }
    return recorder.events.getFirst().replaceAll("[\\[\\]]", "");
  }

  private static TargetError refused(ConnectionSettings settings) {
    return errorOf(() -> settings.server().engine().open(settings).close());
  }
}
