package dev.edj.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.engine.FakeServer.Conversation;
import dev.edj.testing.TestAuthority;
import dev.edj.testing.TestAuthority.Issued;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What servers that want a password, and are not who they should be, are told: nothing.
class HostileServerTest {

  private static final String USER = "someone";
  private static final String PASSWORD = "s3cret-Passw0rd";
  private static final String HOST = "localhost";

  private static final TestAuthority AUTHORITY = TestAuthority.create("trusted authority");
  private static final Issued TRUSTED = AUTHORITY.forHost(HOST);
  private static final Issued SELF_SIGNED = TestAuthority.selfSignedForHost(HOST);
  private static final Protection CHECKED = Protection.of(TlsMode.VERIFY_FULL, AUTHORITY.pem());

  private static final Identity TOKENED = new Identity(USER, new Password(PASSWORD), null, _ -> {});
  private static final Issued CLIENT = AUTHORITY.forClient(USER);
  private static final Identity CERTIFIED =
      new Identity(
          USER, Password.NONE, new ClientCertificate(List.of(CLIENT.certificate()), CLIENT.key()));

  /// What is wrong with a server's certificate.
  enum Flaw {
    OF_ANOTHER_HOST,
    EXPIRED,
    SELF_SIGNED_ONE,
    OF_AN_UNKNOWN_AUTHORITY
  }

  private static final Map<Flaw, Issued> FLAWED =
      Map.of(
          Flaw.OF_ANOTHER_HOST, AUTHORITY.forHost("other.example.com"),
          Flaw.EXPIRED, AUTHORITY.expiredForHost(HOST),
          Flaw.SELF_SIGNED_ONE, SELF_SIGNED,
          Flaw.OF_AN_UNKNOWN_AUTHORITY, TestAuthority.create("another authority").forHost(HOST));

  static List<Engine> engines() {
    return Engine.ALL;
  }

  static List<Engine> enginesThatTakeCertificates() {
    return List.of(new PostgreSql(), new MySql(), new MariaDb());
  }

  static Stream<Arguments> flaws() {
    return flaws(Engine.ALL);
  }

  static Stream<Arguments> flawsForClients() {
    return flaws(enginesThatTakeCertificates());
  }

  private static Stream<Arguments> flaws(List<Engine> engines) {
    return engines.stream()
        .flatMap(engine -> Stream.of(Flaw.values()).map(flaw -> Arguments.of(engine, flaw)));
  }

  static Stream<Arguments> encryptingModes() {
    return Engine.ALL.stream()
        .flatMap(engine ->
            Stream.of(TlsMode.VERIFY_FULL, TlsMode.VERIFY_CA, TlsMode.REQUIRE)
                .map(tls -> Arguments.of(engine, tls)));
  }

  /// Shows that the tests below could find a login if there were one.
  @ParameterizedTest
  @MethodSource("engines")
  void aTrustedServerIsToldTheLogin(Engine engine) throws IOException {
    try (FakeServer server = FakeServer.that(encrypting(engine, TRUSTED.context()))) {
      refused(engine, server, CHECKED);

      assertThat(containsLogin(server)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void aServerWithABadCertificateIsToldNothing(Engine engine, Flaw flaw) throws IOException {
    Issued certificate = requireNonNull(FLAWED.get(flaw));
    try (FakeServer server = FakeServer.that(encrypting(engine, certificate.context()))) {
      TargetError error = refused(engine, server, CHECKED);

      assertFinal(error, TargetError.Kind.CONNECT, "certificate was not accepted: ");
      assertToldNothing(server);
    }
  }

  @ParameterizedTest
  @MethodSource("encryptingModes")
  void aServerThatDoesNotEncryptIsToldNothing(Engine engine, TlsMode tls) throws IOException {
    try (FakeServer server = FakeServer.that(withoutTls(engine))) {
      TargetError error = refused(engine, server, Protection.of(tls, AUTHORITY.pem()));

      assertFinal(error, TargetError.Kind.CONNECT, "the server does not encrypt");
      assertToldNothing(server);
    }
  }

  @Test
  void aSqlServerThatEncryptsTheLoginOnlyIsToldNothing() throws IOException {
    try (FakeServer server = FakeServer.that(FakeTds.answering(FakeTds.ENCRYPTION_OFF))) {
      TargetError error = refused(new SqlServer(), server, CHECKED);

      assertFinal(error, TargetError.Kind.CONNECT, "the server does not encrypt");
      assertToldNothing(server);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aPinnedCertificateNeedsNoAuthority(Engine engine) throws Exception {
    for (CertificatePin pin :
        List.of(
            CertificatePin.of(SELF_SIGNED.certificate()),
            CertificatePin.ofPublicKey(SELF_SIGNED.certificate()))) {
      try (FakeServer server = FakeServer.that(encrypting(engine, SELF_SIGNED.context()))) {
        refused(engine, server, pinned(TlsMode.REQUIRE, pin));

        assertThat(containsLogin(server)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("encryptingModes")
  void aServerWithoutThePinnedCertificateIsToldNothing(Engine engine, TlsMode tls)
      throws IOException, CertificateEncodingException {
    try (FakeServer server = FakeServer.that(encrypting(engine, TRUSTED.context()))) {
      TargetError error =
          refused(engine, server, pinned(tls, CertificatePin.of(SELF_SIGNED.certificate())));

      assertFinal(error, TargetError.Kind.CONNECT, "it is none of those that are pinned");
      assertThat(error.message())
          .contains(CertificatePin.of(TRUSTED.certificate()).sha256())
          .contains(CertificatePin.ofPublicKey(TRUSTED.certificate()).sha256());
      assertToldNothing(server);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        FakePostgreSql.CLEAR_TEXT,
        FakePostgreSql.MD5,
        FakePostgreSql.KERBEROS,
        FakePostgreSql.WINDOWS,
        FakePostgreSql.SASL,
        FakePostgreSql.NOTHING
      })
  void aPostgreSqlServerThatWantsAnythingButScramGetsNoPassword(int method) throws IOException {
    try (FakeServer plain = FakeServer.that(FakePostgreSql.demanding(method));
        FakeServer encrypted =
            FakeServer.that(FakePostgreSql.demanding(TRUSTED.context(), method))) {
      TargetError error = refused(new PostgreSql(), plain, Protection.of(TlsMode.DISABLE, null));
      TargetError through = refused(new PostgreSql(), encrypted, CHECKED);

      for (TargetError each : List.of(error, through)) {
        assertFinal(each, TargetError.Kind.LOGIN, "");
      }
      for (FakeServer each : List.of(plain, encrypted)) {
        assertThat(containsPassword(each)).isFalse();
        assertThat(each.received()).asString().doesNotContain(FakePostgreSql.md5(USER, PASSWORD));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PasswordMethod.class)
  void aPostgreSqlServerGetsAWeakerAnswerWhereItsSettingsSaySo(PasswordMethod method)
      throws IOException {
    Protection allowing = allowing(CHECKED, method);
    try (FakeServer clear =
            FakeServer.that(
                FakePostgreSql.demanding(TRUSTED.context(), FakePostgreSql.CLEAR_TEXT));
        FakeServer md5 =
            FakeServer.that(FakePostgreSql.demanding(TRUSTED.context(), FakePostgreSql.MD5))) {
      refused(new PostgreSql(), clear, allowing);
      refused(new PostgreSql(), md5, allowing);

      assertThat(containsPassword(clear)).isEqualTo(method == PasswordMethod.CLEAR_TEXT);
      assertThat(contains(md5, FakePostgreSql.md5(USER, PASSWORD).getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(method == PasswordMethod.MD5);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FakeMySql.CLEAR_TEXT,
        "mysql_old_password",
        "sha256_password",
        "dialog",
        "auth_gssapi_client",
        "authentication_kerberos_client"
      })
  void aMySqlServerThatWantsMoreThanAChallengeGetsNoPassword(String method) throws IOException {
    for (Engine engine : List.of(new MySql(), new MariaDb())) {
      for (@Nullable SSLContext context : encryptedAndNot()) {
        for (Conversation conversation :
            List.of(FakeMySql.demanding(context, method), FakeMySql.switchingTo(context, method))) {
          try (FakeServer server = FakeServer.that(conversation)) {
            TargetError error = refused(engine, server, protection(context));

            assertThat(error.transientFailure()).as(error.message()).isFalse();
            assertThat(containsPassword(server)).isFalse();
          }
        }
      }
    }
  }

  @Test
  void aMySqlServerGetsTheWholePasswordThroughTlsOnly() throws IOException {
    Engine engine = new MySql();
    try (FakeServer plain = FakeServer.that(FakeMySql.wantingAllOfIt(null));
        FakeServer encrypted = FakeServer.that(FakeMySql.wantingAllOfIt(TRUSTED.context()))) {
      TargetError error = refused(engine, plain, Protection.of(TlsMode.DISABLE, null));
      refused(engine, encrypted, CHECKED);

      assertThat(error.transientFailure()).as(error.message()).isFalse();
      assertThat(containsPassword(plain)).isFalse();
      assertThat(containsPassword(encrypted)).isTrue();
    }
  }

  @Test
  void aMySqlServerGetsAClearTextPasswordWhereItsSettingsSaySo() throws IOException {
    try (FakeServer demanding =
            FakeServer.that(FakeMySql.demanding(TRUSTED.context(), FakeMySql.CLEAR_TEXT));
        FakeServer switching =
            FakeServer.that(FakeMySql.switchingTo(TRUSTED.context(), FakeMySql.CLEAR_TEXT))) {
      for (FakeServer server : List.of(demanding, switching)) {
        refused(new MySql(), server, allowing(CHECKED, PasswordMethod.CLEAR_TEXT));

        assertThat(containsPassword(server)).isTrue();
      }
    }
  }

  @Test
  void aTrustedSqlServerIsToldTheTokenAndNoUser() throws IOException {
    try (FakeServer server = FakeServer.that(FakeTds.takingLogins(TRUSTED.context()))) {
      refused(new SqlServer(), server, CHECKED, TOKENED);

      assertThat(contains(server, PASSWORD.getBytes(StandardCharsets.UTF_16LE))).isTrue();
      assertThat(containsLogin(server)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void aServerWithABadCertificateIsToldNoToken(Engine engine, Flaw flaw) throws IOException {
    Issued certificate = requireNonNull(FLAWED.get(flaw));
    try (FakeServer server = FakeServer.that(encrypting(engine, certificate.context()))) {
      TargetError error =
          refused(engine, server, allowing(CHECKED, PasswordMethod.CLEAR_TEXT), TOKENED);

      assertFinal(error, TargetError.Kind.CONNECT, "certificate was not accepted: ");
      assertToldNothing(server);
    }
  }

  @Test
  void aMySqlServerGetsATokenInTheClearWhereItsSettingsSaySo() throws IOException {
    for (Protection protection : List.of(CHECKED, allowing(CHECKED, PasswordMethod.CLEAR_TEXT))) {
      try (FakeServer server =
          FakeServer.that(FakeMySql.switchingTo(TRUSTED.context(), FakeMySql.CLEAR_TEXT))) {
        refused(new MySql(), server, protection, TOKENED);

        assertThat(containsPassword(server))
            .isEqualTo(protection.allows(PasswordMethod.CLEAR_TEXT));
      }
    }
  }

  /// Shows that the test below could find a client's certificate if there were one.
  @ParameterizedTest
  @MethodSource("enginesThatTakeCertificates")
  void aTrustedServerIsShownTheClientsCertificate(Engine engine) throws IOException {
    SeenClients seen = new SeenClients();
    try (FakeServer server = FakeServer.that(encrypting(engine, TRUSTED.context(seen)))) {
      refused(engine, server, CHECKED, CERTIFIED);

      assertThat(server.received()).isNotEmpty();
      assertThat(seen.certificates).containsExactly(CLIENT.certificate());
    }
  }

  @ParameterizedTest
  @MethodSource("flawsForClients")
  void aServerWithABadCertificateIsNotShownTheClients(Engine engine, Flaw flaw) throws IOException {
    SeenClients seen = new SeenClients();
    SSLContext context = requireNonNull(FLAWED.get(flaw)).context(seen);
    try (FakeServer server = FakeServer.that(encrypting(engine, context))) {
      TargetError error = refused(engine, server, CHECKED, CERTIFIED);

      assertFinal(error, TargetError.Kind.CONNECT, "certificate was not accepted: ");
      assertToldNothing(server);
      assertThat(seen.certificates).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsMode.class,
      names = {"REQUIRE", "DISABLE"})
  void aServerThatNeedNotProveWhoItIsIsNotEvenDialledWithACertificate(TlsMode tls)
      throws IOException {
    for (Engine engine : enginesThatTakeCertificates()) {
      try (FakeServer server = FakeServer.that(encrypting(engine, TRUSTED.context()))) {
        TargetError error = refused(engine, server, Protection.of(tls, AUTHORITY.pem()), CERTIFIED);

        assertFinal(error, TargetError.Kind.CONNECT, "VERIFY_FULL or VERIFY_CA");
        assertThat(server.clients()).isZero();
      }
    }
  }

  @Test
  void aPostgreSqlServerThatLetsInWhoeverComesIsNotTheOneACertificateIsFor() throws IOException {
    try (FakeServer server =
        FakeServer.that(FakePostgreSql.lettingInWithoutQuestion(TRUSTED.context()))) {
      TargetError error = refused(new PostgreSql(), server, CHECKED, CERTIFIED);

      assertFinal(error, TargetError.Kind.LOGIN, "the server asked for no client certificate");
    }
  }

  @Test
  void aServerThatALoginIsSentOnToNeedsItsOwnCertificate() throws IOException {
    try (FakeServer other = FakeServer.that(FakeTds.takingLogins(TRUSTED.context()));
        FakeServer first =
            FakeServer.that(FakeTds.redirecting(TRUSTED.context(), "127.0.0.1", other.port()))) {
      TargetError error = refused(new SqlServer(), first, CHECKED);

      assertFinal(error, TargetError.Kind.CONNECT, "certificate was not accepted: ");
      assertThat(containsLogin(first)).isTrue();
      assertThat(other.clients()).isPositive();
      assertToldNothing(other);
    }
  }

  private static Conversation encrypting(Engine engine, SSLContext context) {
    return switch (engine) {
      case SqlServer _ -> FakeTds.takingLogins(context);
      case PostgreSql _ -> FakePostgreSql.encrypting(context);
      case MySql _, MariaDb _ -> FakeMySql.encrypting(context);
    };
  }

  private static Conversation withoutTls(Engine engine) {
    return switch (engine) {
      case SqlServer _ -> FakeTds.answering(FakeTds.NO_ENCRYPTION);
      case PostgreSql _ -> FakePostgreSql.withoutTls();
      case MySql _, MariaDb _ -> FakeMySql.withoutTls();
    };
  }

  private static List<@Nullable SSLContext> encryptedAndNot() {
    return Arrays.asList(TRUSTED.context(), null);
  }

  private static Protection protection(@Nullable SSLContext context) {
    return context == null ? Protection.of(TlsMode.DISABLE, null) : CHECKED;
  }

  private static Protection pinned(TlsMode tls, CertificatePin pin) {
    return new Protection(tls, AUTHORITY.pem(), List.of(pin), Set.of());
  }

  private static Protection allowing(Protection protection, PasswordMethod method) {
    return new Protection(
        protection.tls(), protection.trustedCertificatePem(), List.of(), Set.of(method));
  }

  private static TargetError refused(Engine engine, FakeServer server, Protection protection) {
    return refused(engine, server, protection, Identity.of(USER, new Password(PASSWORD)));
  }

  private static TargetError refused(
      Engine engine, FakeServer server, Protection protection, Identity identity) {
    ConnectionSettings settings =
        ConnectionSettings.of(
                new ServerName(engine, HOST, server.port(), null), "", USER, Password.NONE)
            .withIdentity(identity)
            .withProtection(protection)
            .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10));
    return EngineContract.errorOf(() -> engine.open(settings).close());
  }

  private static void assertFinal(TargetError error, TargetError.Kind kind, String message) {
    assertThat(error.kind()).as(error.message()).isEqualTo(kind);
    assertThat(error.transientFailure()).as(error.message()).isFalse();
    assertThat(error.message()).contains(message).doesNotContain(PASSWORD);
    assertThat(error.stack()).doesNotContain(PASSWORD);
  }

  private static void assertToldNothing(FakeServer server) {
    assertThat(server.clients()).isPositive();
    assertThat(containsLogin(server)).isFalse();
    assertThat(containsPassword(server)).isFalse();
  }

  /// The name of the user goes in front of the password in every protocol.
  private static boolean containsLogin(FakeServer server) {
    return contains(server, USER.getBytes(StandardCharsets.UTF_8))
        || contains(server, USER.getBytes(StandardCharsets.UTF_16LE));
  }

  private static boolean containsPassword(FakeServer server) {
    return contains(server, PASSWORD.getBytes(StandardCharsets.UTF_8))
        || contains(server, PASSWORD.getBytes(StandardCharsets.UTF_16LE))
        || contains(server, FakeTds.obfuscated(PASSWORD));
  }

  private static boolean contains(FakeServer server, byte[] bytes) {
    HexFormat hex = HexFormat.ofDelimiter(" ");
    return hex.formatHex(server.received()).contains(hex.formatHex(bytes));
  }

  /// Accepts every client, and keeps what it was shown.
  private static final class SeenClients implements X509TrustManager {

    private final List<X509Certificate> certificates = new CopyOnWriteArrayList<>();

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      certificates.addAll(List.of(chain));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      throw new IllegalStateException("this is a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
