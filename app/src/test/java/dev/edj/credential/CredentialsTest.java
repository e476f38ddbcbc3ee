package dev.edj.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.engine.CertificatePin;
import dev.edj.engine.ClientCertificate;
import dev.edj.engine.Identity;
import dev.edj.engine.ServerName;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.security.ClientCertificates;
import dev.edj.security.EncryptedPassword;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.PasswordCipher;
import dev.edj.security.PrivateKeys;
import dev.edj.testing.TestAuthority;
import dev.edj.testing.TestAuthority.Issued;
import dev.edj.testing.TestControlDatabase;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class CredentialsTest {

  private static final Issued CLIENT = TestAuthority.create("authority").forClient("app");
  private static final NewClientCertificate CERTIFICATE =
      new NewClientCertificate(CLIENT.pem(), CLIENT.keyPem(), null, null);

  private final TestControlDatabase database = TestControlDatabase.create();
  private final Jdbi jdbi = database.jdbi();
  private final EncryptionKeys keys = new EncryptionKeys(jdbi);
  private final Credentials credentials = new Credentials(jdbi, keys);
  private @Nullable PrivateKeys privateKeys;

  @BeforeAll
  void makeKeys(@TempDir Path directory) {
    privateKeys = PrivateKeys.open(directory.resolve("keys.json"), jdbi);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void theLoginOfACreatedCredentialIsWhatWasGiven() {
    Credential created = create("created", "*.example.com");

    assertThat(created).isEqualTo(credentials.named("created"));
    assertThat(created.userName()).isEqualTo("app");
    assertThat(created.servers()).containsExactly("*.example.com");
    assertThat(login("created", "db.example.com").identity().password().text()).isEqualTo("secret");
    assertThat(login("created", "db.example.com").toString()).doesNotContain("secret");
  }

  @Test
  void aClientMayEncryptThePasswordItself() {
    EncryptedPassword password = PasswordCipher.encrypt(keys.current(), "encrypted", "secret");
    credentials.create(new NewCredential("encrypted", "app", null, password, List.of("*")));

    assertThat(login("encrypted", "db").identity().password().text()).isEqualTo("secret");
  }

  @Test
  void aRowCopiedToAnotherCredentialDoesNotDecrypt() {
    create("victim", "good");
    create("attacker", "evil");
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE credential
            SET encrypted_password =
              (SELECT encrypted_password FROM credential WHERE name = 'victim')
            WHERE name = 'attacker'
            """));

    assertThatThrownBy(() -> login("attacker", "evil")).hasMessageContaining("cannot be decrypted");
  }

  @Test
  void exactlyOneOfTheTwoPasswordsIsNeeded() {
    EncryptedPassword password = PasswordCipher.encrypt(keys.current(), "two", "secret");

    assertRefused(
        () -> credentials.create(new NewCredential("two", "app", "secret", password, List.of())),
        ErrorCode.INVALID_FIELD,
        "not both");
    assertRefused(
        () -> credentials.create(new NewCredential("two", "app", null, null, List.of())),
        ErrorCode.INVALID_FIELD,
        "give password or encryptedPassword");
    assertRefused(
        () -> credentials.create(new NewCredential("two", "app", "", null, List.of())),
        ErrorCode.INVALID_FIELD,
        "must not be empty");
  }

  @Test
  void aPasswordEncryptedWithAForeignKeyIsRefused() {
    EncryptedPassword password = new EncryptedPassword("foreign", new byte[] {1, 2, 3});

    assertRefused(
        () -> credentials.create(new NewCredential("foreign", "app", null, password, List.of())),
        ErrorCode.INVALID_FIELD,
        "its key is not one of this service");
  }

  @Test
  void aCredentialWithoutServersMayBeSentNowhere() {
    create("nowhere");

    assertRefused(
        () -> login("nowhere", "db"),
        ErrorCode.SERVER_NOT_ALLOWED,
        "credential 'nowhere' may not be sent to server db");
  }

  @Test
  void aCertificateIsShownAndItsKeyIsNot() {
    Credential created = credentials.create(certified("certified", null, "*"));

    assertThat(created).isEqualTo(credentials.named("certified"));
    assertThat(created.proofs()).containsExactly(LoginProof.CLIENT_CERTIFICATE);
    assertThat(created.clientCertificate())
        .isEqualTo(
            new ShownCertificate(
                "CN=app",
                "CN=authority",
                CLIENT.certificate().getNotAfter().toInstant(),
                sha256(CLIENT)));
    Identity identity = login("certified", "db").identity();
    assertThat(identity.password().isNone()).isTrue();
    assertThat(identity.certificate())
        .isEqualTo(new ClientCertificate(List.of(CLIENT.certificate()), CLIENT.key()));
    assertThat(rows()).contains("BEGIN CERTIFICATE").doesNotContain("PRIVATE");
    assertThat(certified("c", null).toString()).doesNotContain("PRIVATE");
  }

  @Test
  void aClientMayEncryptThePrivateKeyItself() {
    NewClientCertificate sealed =
        new NewClientCertificate(
            CLIENT.pem(),
            null,
            null,
            ClientCertificates.encryptKey(
                keys.current(), "sealed", List.of(CLIENT.certificate()), CLIENT.keyPem(), null));
    credentials.create(new NewCredential("sealed", "app", null, null, null, sealed, List.of("*")));

    assertThat(login("sealed", "db").identity().certificate())
        .isEqualTo(new ClientCertificate(List.of(CLIENT.certificate()), CLIENT.key()));
  }

  @Test
  void moreServersNeedEverySecretAgain() {
    credentials.create(certified("both", "secret", "db1"));
    CredentialChange wider = servers("db1", "db2");

    assertRefused(
        () -> credentials.update("both", wider), ErrorCode.PASSWORD_REQUIRED, "its password again");
    assertRefused(
        () -> credentials.update("both", change("secret", null, List.of(), "db1", "db2")),
        ErrorCode.PASSWORD_REQUIRED,
        "its client certificate with its private key again");
    assertRefused(
        () -> credentials.update("both", change(null, CERTIFICATE, List.of(), "db1", "db2")),
        ErrorCode.PASSWORD_REQUIRED,
        "its password again");
    assertThat(credentials.named("both").servers()).containsExactly("db1");

    credentials.update("both", change("secret", CERTIFICATE, List.of(), "db1", "db2"));
    assertThat(credentials.named("both").servers()).containsExactly("db1", "db2");
  }

  @Test
  void aProofIsTakenAwayAndTheLastOneIsNot() {
    credentials.create(certified("fewer", "secret", "*"));

    credentials.update("fewer", change(null, null, List.of(LoginProof.PASSWORD)));
    assertThat(credentials.named("fewer").proofs()).containsExactly(LoginProof.CLIENT_CERTIFICATE);
    assertThat(login("fewer", "db").identity().password().isNone()).isTrue();

    assertRefused(
        () ->
            credentials.update("fewer", change(null, null, List.of(LoginProof.CLIENT_CERTIFICATE))),
        ErrorCode.INVALID_FIELD,
        "nothing to log in with");
    assertRefused(
        () ->
            credentials.update(
                "fewer", change(null, CERTIFICATE, List.of(LoginProof.CLIENT_CERTIFICATE))),
        ErrorCode.INVALID_FIELD,
        "names what is given");
    credentials.update("fewer", change("next", null, List.of(LoginProof.CLIENT_CERTIFICATE)));
    assertThat(credentials.named("fewer").clientCertificate()).isNull();
    assertThat(login("fewer", "db").identity().password().text()).isEqualTo("next");
  }

  @Test
  void aTokenCommandTakesThePlaceOfAPasswordAndGivesItBack() {
    create("tokened", "db1");

    credentials.update("tokened", token("rds", "db1"));
    assertThat(credentials.named("tokened").proofs()).containsExactly(LoginProof.TOKEN_COMMAND);
    assertThat(credentials.named("tokened").tokenCommand()).isEqualTo("rds");
    assertThat(credentials.update("tokened", token(null, "db1", "db2")).servers())
        .containsExactly("db1", "db2");
    assertRefused(
        () -> login("tokened", "db1"),
        ErrorCode.TOKEN_UNAVAILABLE,
        "this node has no token command 'rds'");

    credentials.update("tokened", new CredentialChange(null, "next", null, null));
    assertThat(credentials.named("tokened").tokenCommand()).isNull();
    assertThat(login("tokened", "db2").identity().password().text()).isEqualTo("next");
  }

  @Test
  void aTokenCommandIsANameAndStandsBesideNoPassword() {
    for (String name : List.of("", "a b", "/bin/sh", "a=b", "x".repeat(129))) {
      assertField(() -> credentials.update("any", token(name)), "tokenCommand");
    }
    assertField(
        () ->
            credentials.create(
                new NewCredential("two", "app", "secret", null, "rds", null, List.of())),
        "tokenCommand");
  }

  private static CredentialChange token(@Nullable String command, String... servers) {
    return new CredentialChange(
        null, null, null, command, null, null, servers.length == 0 ? null : List.of(servers));
  }

  @Test
  void aPrivateKeyInThePlaceOfThePasswordIsNotSent() {
    credentials.create(certified("moved", "secret", "*"));
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE credential SET encrypted_password = encrypted_client_key WHERE name = 'moved'
            """));

    assertThatThrownBy(() -> login("moved", "db"))
        .hasMessageContaining("the password of credential 'moved' cannot be decrypted");
  }

  @Test
  void aCertificateNeedsExactlyOnePrivateKey() {
    NewClientCertificate none = new NewClientCertificate(CLIENT.pem(), null, null, null);
    NewClientCertificate foreign =
        new NewClientCertificate(
            CLIENT.pem(), null, null, new EncryptedPassword("foreign", new byte[] {1}));

    assertRefused(
        () ->
            credentials.create(
                new NewCredential("none", "app", null, null, null, none, List.of("*"))),
        ErrorCode.INVALID_FIELD,
        "give either privateKey or encryptedPrivateKey");
    assertRefused(
        () ->
            credentials.create(
                new NewCredential("foreign", "app", null, null, null, foreign, List.of("*"))),
        ErrorCode.INVALID_FIELD,
        "clientCertificate.encryptedPrivateKey: its key is not one of this service");
  }

  @Test
  void creatingWhatExistsChangesNothing() {
    create("twice", "a");

    assertRefused(() -> create("twice", "b"), ErrorCode.ALREADY_EXISTS, "'twice' exists already");
    assertThat(credentials.named("twice").servers()).containsExactly("a");
  }

  @Test
  void moreServersNeedThePasswordAgain() {
    create("wider", "*.example.com");

    assertRefused(
        () -> credentials.update("wider", servers("*.example.com", "evil.org")),
        ErrorCode.PASSWORD_REQUIRED,
        "give its password again");
    assertRefused(
        () -> credentials.update("wider", servers("*")),
        ErrorCode.PASSWORD_REQUIRED,
        "nothing was changed");
    assertThat(credentials.named("wider").servers()).containsExactly("*.example.com");

    credentials.update("wider", new CredentialChange(null, "new secret", null, List.of("*")));
    assertThat(login("wider", "anywhere").identity().password().text()).isEqualTo("new secret");
  }

  @Test
  void aWiderNetworkNeedsThePasswordAgainAndANarrowerOneDoesNot() {
    create("ranged", "postgresql://*.example.com@10.0.0.0/8");

    for (String wider :
        List.of(
            "postgresql://*.example.com",
            "postgresql://*.example.com@10.0.0.0/7",
            "postgresql://*.example.com@fd00::/8",
            "postgresql://10.0.0.0/8",
            "postgresql://*.example.com:5433@10.0.0.0/8")) {
      assertRefused(
          () -> credentials.update("ranged", servers(wider)),
          ErrorCode.PASSWORD_REQUIRED,
          "nothing was changed");
    }
    credentials.update("ranged", servers("postgresql://db1.example.com@10.2.0.0/16"));

    assertThat(credentials.named("ranged").servers())
        .containsExactly("postgresql://db1.example.com@10.2.0.0/16");
  }

  @Test
  void aLoginKnowsTheAddressesThatItMayBeSentTo() {
    create("addressed", "db@10.0.0.0/8");
    Login login = login("addressed", "db");

    assertThat(login.rule().findRefusal(ServerName.parse("db"), InetAddress.ofLiteral("10.1.2.3")))
        .isEmpty();
    assertThat(login.rule().findRefusal(ServerName.parse("db"), InetAddress.ofLiteral("11.1.2.3")))
        .hasValueSatisfying(reason ->
            assertThat(reason)
                .startsWith("credential 'addressed' may not be sent to server db at 11.1.2.3"));
    assertThat(login.rule().findRefusal(ServerName.parse("db2"), InetAddress.ofLiteral("10.1.2.3")))
        .hasValueSatisfying(reason ->
            assertThat(reason).startsWith("credential 'addressed' may not be sent to server db2;"));
    assertThat(login.toString()).doesNotContain("secret");
  }

  @Test
  void fewerServersNeedNoPassword() {
    create("narrower", "*.example.com", "b");

    assertThat(credentials.update("narrower", servers("db.example.com")).servers())
        .containsExactly("db.example.com");
    assertThat(credentials.update("narrower", servers()).servers()).isEmpty();
  }

  @Test
  void aPasswordIsRotatedAndTheRestStays() {
    create("rotated", "db");
    credentials.update("rotated", new CredentialChange(null, "next", null, null));

    assertThat(login("rotated", "db")).isEqualTo(login("rotated", "db"));
    assertThat(login("rotated", "db").identity().password().text()).isEqualTo("next");
    assertThat(
            credentials.update("rotated", new CredentialChange("sa", null, null, null)).userName())
        .isEqualTo("sa");
    assertThat(login("rotated", "db").identity().password().text()).isEqualTo("next");
  }

  @Test
  void namesOfAllScriptsAreFineAndAreListedInOrder() {
    create("]'%_ö\uD83D\uDD11");

    assertThat(credentials.named("]'%_ö\uD83D\uDD11").name()).isEqualTo("]'%_ö\uD83D\uDD11");
    assertThat(credentials.list())
        .extracting(Credential::name)
        .contains("]'%_ö\uD83D\uDD11")
        .isSorted();
  }

  @Test
  void badInputNamesItsField() {
    assertField(() -> create(" x"), "name");
    assertField(() -> create(""), "name");
    assertField(() -> create("x".repeat(129)), "name");
    assertField(() -> create("nul\0"), "name");
    assertField(() -> create("ok", "oracle://x"), "servers");
    assertField(
        () -> credentials.create(new NewCredential("ok", "", "secret", null, List.of())),
        "userName");
    assertRefused(() -> credentials.named("ok"), ErrorCode.NOT_FOUND, "'ok' does not exist");
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    assertRefused(() -> credentials.update("unknown", servers()), ErrorCode.NOT_FOUND, "'unknown'");
    assertRefused(() -> credentials.delete("unknown"), ErrorCode.NOT_FOUND, "'unknown'");
  }

  @Test
  void anUnusedCredentialIsDeleted() {
    create("deleted");
    credentials.delete("deleted");

    assertRefused(() -> credentials.named("deleted"), ErrorCode.NOT_FOUND, "'deleted'");
  }

  @Test
  void noPasswordIsInTheControlDatabaseOrInWhatIsPrinted() {
    create("hidden", "db");

    assertThat(rows()).doesNotContain("secret");
    assertThat(new NewCredential("c", "u", "secret", null, List.of()).toString())
        .doesNotContain("secret");
    assertThat(new CredentialChange("u", "secret", null, List.of()).toString())
        .doesNotContain("secret");
  }

  private String rows() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT string_agg(CAST(c AS text), ' ') FROM credential c")
            .mapTo(String.class)
            .one());
  }

  private Credential create(String name, String... servers) {
    return credentials.create(new NewCredential(name, "app", "secret", null, List.of(servers)));
  }

  private static NewCredential certified(
      String name, @Nullable String password, String... servers) {
    return new NewCredential(name, "app", password, null, null, CERTIFICATE, List.of(servers));
  }

  private static CredentialChange change(
      @Nullable String password,
      @Nullable NewClientCertificate certificate,
      List<LoginProof> remove,
      String... servers) {
    return new CredentialChange(
        null,
        password,
        null,
        null,
        certificate,
        remove,
        servers.length == 0 ? null : List.of(servers));
  }

  private static String sha256(Issued issued) {
    try {
      return CertificatePin.of(issued.certificate()).sha256();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CredentialChange servers(String... servers) {
    return new CredentialChange(null, null, null, List.of(servers));
  }

  private Login login(String name, String server) {
    long id =
        jdbi.withHandle(handle ->
            handle
                .createQuery("SELECT credential_id FROM credential WHERE name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .one());
    return new LoginSource(jdbi, Objects.requireNonNull(privateKeys))
        .loginFor(id, ServerName.parse(server));
  }

  private static void assertRefused(ThrowingCallable call, ErrorCode code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static void assertField(ThrowingCallable call, String field) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.field()).isEqualTo(field));
  }
}
