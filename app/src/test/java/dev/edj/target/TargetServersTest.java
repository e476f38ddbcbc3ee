package dev.edj.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.credential.NewCredential;
import dev.edj.engine.TlsMode;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.testing.PostgresServer;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a real server shows of itself, and what one on the same machine says of its clock.
class TargetServersTest {

  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final String ADDRESS = "postgresql://localhost:" + SERVER.port();

  private final TestControlDatabase database = TestControlDatabase.create();
  private final TestFleet fleet = new TestFleet(database.jdbi());
  private final TargetServers servers = new TargetServers(database.jdbi(), fleet.dialer);

  @BeforeEach
  void createLogin() {
    fleet.credentials.create(
        new NewCredential(
            "login", PostgresServer.USER, PostgresServer.PASSWORD, null, List.of(ADDRESS)));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aServersCertificateAndClockAreTold() {
    server(TlsMode.REQUIRE, "login");

    ServerFacts facts = servers.facts("here", null);
    assertThat(facts.server()).isEqualTo(ADDRESS);
    assertThat(facts.clockAhead().abs()).isLessThan(Duration.ofSeconds(1));
    assertThat(facts.certificate()).isNotNull();
    assertThat(facts.certificate().subject()).isEqualTo("CN=localhost");
    assertThat(facts.certificate().expiresSoon(Instant.now())).isTrue();
  }

  @Test
  void aServerWithoutEncryptionHasNoCertificate() {
    server(TlsMode.DISABLE, "login");

    assertThat(servers.facts("here", null).certificate()).isNull();
  }

  @Test
  void aTargetWithoutACredentialNeedsOne() {
    server(TlsMode.REQUIRE, null);

    assertRefused("here", "credential: give one");
    assertThat(servers.facts("here", "login").certificate()).isNotNull();
  }

  @Test
  void aServerThatDoesNotProveItselfIsAFailureThatSaysWhy() {
    server(TlsMode.VERIFY_FULL, "login");

    assertThatThrownBy(() -> servers.facts("here", null))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_UNREACHABLE))
        .hasMessageContaining("certificate was not accepted")
        .hasMessageContaining("name the authority that made it in the server's settings");
  }

  @Test
  void aCollectionIsOnNoServer() {
    fleet.collection("all");

    assertRefused("all", "ask for one of its members");
    assertThatThrownBy(() -> servers.facts("nobody", null)).hasMessageContaining("nobody");
  }

  private void assertRefused(String target, String reason) {
    assertThatThrownBy(() -> servers.facts(target, null))
        .isInstanceOf(EdjException.class)
        .hasMessageContaining(reason);
  }

  private void server(TlsMode tls, @Nullable String credential) {
    fleet.targets.create(
        new NewTarget(
            TargetKind.Server,
            "here",
            ADDRESS,
            null,
            credential,
            null,
            new ServerSettingsChange(tls, null, null, null, null, null, null)));
  }
}
