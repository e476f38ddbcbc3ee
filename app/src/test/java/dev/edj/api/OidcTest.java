package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.edj.Wiring;
import dev.edj.access.NewUser;
import dev.edj.access.Role;
import dev.edj.problem.EdjException;
import dev.edj.security.LocalToken;
import dev.edj.settings.OidcSettings;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestProvider;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who comes with a token of an OpenID provider, a real one on this machine.
class OidcTest {

  @TempDir private static Path directory;

  private static TestProvider provider;
  private static Wiring wiring;
  private static ApiServer server;

  @BeforeAll
  static void startBoth() {
    provider = TestProvider.start();
    ServiceSettings settings = settings(directory, provider.issuer());
    wiring = Wiring.open(settings);
    server = ApiServer.start(wiring, settings);
  }

  @AfterAll
  static void stopBoth() {
    server.close();
    wiring.close();
    provider.close();
  }

  private static ServiceSettings settings(Path directory, URI issuer) {
    return ServiceSettings.in(directory)
        .withControlDatabase(TestControlDatabase.create().address())
        .withPort(0)
        .withOidc(
            new OidcSettings(
                issuer,
                TestProvider.CLIENT_ID,
                null,
                "the provider",
                TestProvider.CLIENT_ID,
                "roles",
                null,
                List.of(
                    "dba=administrator",
                    "ops=Operator",
                    "CN=a,OU=b=reader",
                    "lost=author@nowhere")));
  }

  @Test
  void aTokenOfTheProvidersOwnMakingIsTaken() {
    Answer made =
        Client.send(
            HttpRequest.newBuilder(provider.issuer().resolve("/oauth2/token"))
                .header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(
                                (TestProvider.PROGRAM
                                        + ":"
                                        + URLEncoder.encode(
                                            TestProvider.PROGRAM_SECRET, StandardCharsets.UTF_8))
                                    .getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build());
    assertThat(made.status()).isEqualTo(200);

    Answer account = with(made.json().get("access_token").asString()).get("account");
    assertThat(account.json().get("name").asString()).isEqualTo("oidc:nightly");
    assertThat(account.json().get("kind").asString()).isEqualTo("Provider");
    assertThat(account.json().get("role").asString()).isEqualTo("Administrator");
  }

  @Test
  void whatTheProviderSaysIsARoleHere() {
    Client operator = with(provider.token(claims -> claims.claim("roles", List.of("ops", "x"))));
    assertThat(operator.get("jobs").status()).isEqualTo(200);
    Answer refused = operator.post("policies", "{\"name\": \"p\"}");
    assertThat(refused.problem()).isEqualTo("403 FORBIDDEN");
    assertThat(refused.text()).contains("needs the role Author", "oidc:alice");

    assertThat(role(provider.token(claims -> claims.claim("roles", List.of("ops", "CN=a,OU=b")))))
        .isEqualTo(Role.Operator.name());
    assertThat(role(provider.token(claims -> claims.claim("roles", "CN=a,OU=b"))))
        .isEqualTo(Role.Reader.name());
  }

  @Test
  void whoHasNoRoleIsToldSo() {
    Client nobody = with(provider.token(claims -> claims.claim("roles", List.of("administrator"))));
    Answer refused = nobody.get("jobs");
    assertThat(refused.problem()).isEqualTo("403 FORBIDDEN");
    assertThat(refused.text()).contains("oidc:alice", "has no role here");
    assertThat(nobody.get("account").json().get("name").asString()).isEqualTo("oidc:alice");
    assertThat(with(provider.token(claims -> claims.claim("roles", null))).get("jobs").status())
        .isEqualTo(403);
    assertThat(nobody.get("/actuator/prometheus").status()).isEqualTo(403);
  }

  @Test
  void aRoleInACollectionThatIsNotThereIsWorthNothing() {
    Client lost = with(provider.token(claims -> claims.claim("roles", List.of("lost"))));
    Answer refused = lost.get("jobs");
    assertThat(refused.problem()).isEqualTo("403 FORBIDDEN");
    assertThat(refused.text()).contains("oidc:alice", "has no role here");
  }

  @Test
  void nobodyIsTakenForAUserOfTheSameName() {
    wiring.access().users().create(new NewUser("alice", null, "a long password", List.of()));
    Client alice = with(provider.token(UnaryOperator.identity()));

    assertThat(alice.get("account").json().get("name").asString()).isEqualTo("oidc:alice");
    Answer password =
        alice.send(
            "PUT",
            "account/password",
            "{\"current\": \"a long password\", \"password\": \"another password\"}");
    assertThat(password.problem()).isEqualTo("403 FORBIDDEN");
    assertThat(alice.post("tokens", "{\"name\": \"mine\"}").problem()).isEqualTo("403 FORBIDDEN");
    assertThat(alice.post("users", "{\"name\": \"OIDC:alice\"}").problem())
        .isEqualTo("400 INVALID_FIELD name");
    assertThat(alice.post("sign-out").problem()).isEqualTo("409 NOTHING_TO_DO");
    assertThat(alice.post("portal/tickets").problem()).isEqualTo("403 FORBIDDEN");
  }

  @Test
  void anExpiredTokenIsRefused() {
    Date past = Date.from(Instant.now().minusSeconds(90));
    refused("expired at", provider.token(claims -> claims.claim("iat", 0).expirationTime(past)));
    Date justNow = Date.from(Instant.now().minusSeconds(10));
    assertThat(role(provider.token(claims -> claims.claim("iat", 0).expirationTime(justNow))))
        .isEqualTo(Role.Administrator.name());
    refused("until when", provider.token(claims -> claims.expirationTime(null)));
  }

  @Test
  void aTokenOfLaterIsRefused() {
    Date later = Date.from(Instant.now().plusSeconds(90));
    refused("good from", provider.token(claims -> claims.notBeforeTime(later)));
  }

  @Test
  void aTokenOfAnotherIssuerIsRefused() {
    String issuer = provider.issuer() + "/";
    refused("issuer", provider.token(claims -> claims.issuer(issuer)));
    refused("issuer", provider.token(claims -> claims.issuer(null)));
  }

  @Test
  void aTokenForAnotherServiceIsRefused() {
    refused("not for 'edj'", provider.token(claims -> claims.audience("shop")));
    refused("not for 'edj'", provider.token(claims -> claims.audience((String) null)));
    assertThat(role(provider.token(claims -> claims.audience(List.of("shop", "edj")))))
        .isEqualTo(Role.Administrator.name());
  }

  @Test
  void aTokenThatNobodySignedIsRefused() {
    refused("no key", new PlainJWT(provider.claims(UnaryOperator.identity())).serialize());
  }

  /// Who takes the public key for a secret would take this.
  @Test
  void thePublicKeyIsNoSecretToSignWith() throws JOSEException {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(provider.key().getKeyID()).build();
    byte[] published = provider.key().toRSAPublicKey().getEncoded();
    String text =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.UTF_8))
                .encodeToString(published)
            + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret : List.of(published, text.getBytes(StandardCharsets.UTF_8))) {
      refused(
          "no key",
          TestProvider.signed(
              header, provider.claims(UnaryOperator.identity()), new MACSigner(secret)));
    }
  }

  @Test
  void aKeyThatIsNotTheProvidersSignsNothing() {
    RSAKey stranger = TestProvider.newKey();
    JWSHeader unknown =
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(stranger.getKeyID()).build();
    JWTClaimsSet claims = provider.claims(UnaryOperator.identity());
    refused("key", TestProvider.signed(unknown, claims, stranger));
    refused("no key", TestProvider.signed(provider.header(), claims, stranger));
    // A key that the token brings along counts for nothing.
    JWSHeader bringing =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .jwk(stranger.toPublicJWK())
            .keyID(stranger.getKeyID())
            .build();
    refused("key", TestProvider.signed(bringing, claims, stranger));
  }

  @Test
  void aTokenOfAnotherKindIsRefused() {
    JWSHeader header =
        new JWSHeader.Builder(provider.header()).type(new JOSEObjectType("logout+jwt")).build();
    refused(
        "no key",
        TestProvider.signed(header, provider.claims(UnaryOperator.identity()), provider.key()));
    JWSHeader access =
        new JWSHeader.Builder(provider.header()).type(new JOSEObjectType("at+jwt")).build();
    assertThat(
            role(
                TestProvider.signed(
                    access, provider.claims(UnaryOperator.identity()), provider.key())))
        .isEqualTo(Role.Administrator.name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ey..",
        "eyJ.eyJ.x",
        "eyJhbGciOiJSUzI1NiJ9.bnVsbA.x",
        "eyJhbGciOiJSUzI1NiJ9.e30.x",
        "eyJhbGciOiJSUzI1NiJ9.W10.x",
        "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAA.AAAA.AAAA",
        "eyJhbGciOiJSUzI1NiJ9.e30.x.y.z.w"
      })
  void whatOnlyLooksLikeATokenIsRefused(String presented) {
    assertThat(with(presented).get("jobs").problem()).isEqualTo("401 UNAUTHORIZED");
  }

  @Test
  void namesThatNobodyCanHaveAreRefused() {
    refused("control", provider.token(claims -> claims.claim("preferred_username", "a\nb")));
    refused(
        "at most", provider.token(claims -> claims.claim("preferred_username", "a".repeat(124))));
    refused(
        "who it is of",
        provider.token(claims -> claims.claim("preferred_username", null).subject(null)));
  }

  @Test
  void anAddressThatNobodyCheckedIsNobodysName() {
    UnaryOperator<JWTClaimsSet.Builder> byAddress =
        claims -> claims.claim("preferred_username", null).claim("email", "boss@example.com");
    assertThat(name(provider.token(byAddress))).isEqualTo("oidc:4711");
    assertThat(
            name(provider.token(claims -> byAddress.apply(claims).claim("email_verified", true))))
        .isEqualTo("oidc:boss@example.com");
  }

  @Test
  void theSentenceAboutATokenComesOnlyWhereOneIsNeeded() {
    Client expired = with(provider.token(claims -> claims.claim("iat", 0).claim("exp", 1)));
    assertThat(expired.get("/actuator/health").status()).isEqualTo(200);
    Answer refused = expired.get("jobs");
    assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"edj\"");
  }

  @Test
  void theServiceStartsWithoutTheProviderAndTakesItsTokensWhenItIsThere(@TempDir Path other) {
    int port = TestProvider.freePort();
    ServiceSettings settings = settings(other, URI.create("http://127.0.0.1:" + port));
    try (Wiring alone = Wiring.open(settings);
        ApiServer without = ApiServer.start(alone, settings)) {
      String local = LocalToken.open(other).text();
      String token;
      try (TestProvider early = TestProvider.startAt(port)) {
        token = early.token(UnaryOperator.identity());
      }

      Answer refused = new Client(without.url(), token).get("jobs");
      assertThat(refused.problem()).isEqualTo("503 PROVIDER_UNAVAILABLE");
      assertThat(refused.text()).contains("cannot be asked").doesNotContain("Exception");
      assertThat(new Client(without.url(), local).get("jobs").status()).isEqualTo(200);

      try (TestProvider late = TestProvider.startAt(port)) {
        Client client = new Client(without.url(), late.token(UnaryOperator.identity()));
        assertThat(firstAnswerThatIsNot503(client).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aNewKeyIsFoundAndAnOldOneIsForgotten(@TempDir Path other) {
    try (TestProvider changing = TestProvider.start()) {
      ServiceSettings settings = settings(other, changing.issuer());
      try (Wiring alone = Wiring.open(settings);
          ApiServer service = ApiServer.start(alone, settings)) {
        String before = changing.token(UnaryOperator.identity());
        assertThat(new Client(service.url(), before).get("jobs").status()).isEqualTo(200);

        changing.changeKey();
        String after = changing.token(UnaryOperator.identity());
        assertThat(new Client(service.url(), after).get("jobs").status()).isEqualTo(200);
        assertThat(new Client(service.url(), before).get("jobs").status()).isEqualTo(401);
      }
    }
  }

  @Test
  void claimsAreFoundByTheirPathOrTheirWholeName(@TempDir Path other) {
    OidcSettings paths =
        new OidcSettings(
            provider.issuer(),
            "edj",
            null,
            "the provider",
            "edj",
            "realm_access.roles",
            "who.name",
            List.of("a=reader"));
    ServiceSettings settings = settings(other, provider.issuer()).withOidc(paths);
    try (Wiring alone = Wiring.open(settings);
        ApiServer service = ApiServer.start(alone, settings)) {
      String nested =
          provider.token(claims ->
              claims
                  .claim("realm_access", Map.of("roles", List.of("a")))
                  .claim("who", Map.of("name", "bob")));
      assertThat(new Client(service.url(), nested).get("account").text())
          .contains("oidc:bob", "Reader");
      String whole =
          provider.token(
              claims -> claims.claim("realm_access.roles", List.of("a")).claim("who.name", "eve"));
      assertThat(new Client(service.url(), whole).get("account").text())
          .contains("oidc:eve", "Reader");
    }
  }

  @Test
  void aRoleThatThereIsNotKeepsTheServiceFromStarting(@TempDir Path other) {
    for (String mapping : List.of("dba=king", "dba", "=reader", "dba=")) {
      ServiceSettings settings =
          settings(other, provider.issuer())
              .withOidc(
                  new OidcSettings(
                      provider.issuer(),
                      "edj",
                      null,
                      "the provider",
                      "edj",
                      "roles",
                      null,
                      List.of(mapping)));
      try (Wiring alone = Wiring.open(settings)) {
        assertThatThrownBy(() -> ApiServer.start(alone, settings).close())
            .isInstanceOf(EdjException.class)
            .hasMessageContaining("--oidc-role");
      }
    }
  }

  /// After a failure the provider is left in peace for a moment.
  private static Answer firstAnswerThatIsNot503(Client client) {
    Instant end = Instant.now().plusSeconds(20);
    Answer answer = client.get("jobs");
    while (answer.status() == 503 && Instant.now().isBefore(end)) {
      answer = client.get("jobs");
    }
    return answer;
  }

  private static void refused(String reason, String token) {
    Answer answer = with(token).get("jobs");
    assertThat(answer.problem()).isEqualTo("401 UNAUTHORIZED");
    assertThat(answer.text()).contains("the token is not taken", reason);
  }

  private static String role(String token) {
    return with(token).get("account").json().get("role").asString();
  }

  private static String name(String token) {
    return with(token).get("account").json().get("name").asString();
  }

  private static Client with(String token) {
    return new Client(server.url(), token);
  }
}
