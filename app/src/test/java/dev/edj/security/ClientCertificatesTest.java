package dev.edj.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.engine.ClientCertificate;
import dev.edj.problem.EdjException;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys and certificates as `openssl` makes them.
@TestInstance(Lifecycle.PER_CLASS)
class ClientCertificatesTest {

  private static final String PASSWORD = "0pen-the-Key";
  private static final String TO_PKCS8 = "pkcs8 -topk8 -passout pass:" + PASSWORD + " -in %s";

  private final TestControlDatabase database = TestControlDatabase.create();
  private final Jdbi jdbi = database.jdbi();
  private final EncryptionKeys keys = new EncryptionKeys(jdbi);
  private @Nullable PrivateKeys privateKeys;
  private Path folder = Path.of("");

  @BeforeAll
  void makeKeys(@TempDir Path directory) {
    folder = directory;
    privateKeys = PrivateKeys.open(directory.resolve("keys.json"), jdbi);
    openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048", "rsa");
    openssl("ecparam -name prime256v1 -genkey", "ec");
    openssl("genpkey -algorithm ed25519", "ed25519");
    for (String kind : List.of("rsa", "ec", "ed25519")) {
      openssl(
          "req -x509 -days 2 -subj /O=Fleet/CN=%s -key %s".formatted(kind, kind), kind + ".crt");
    }
    openssl("rsa -traditional -in rsa", "rsa.pkcs1");
    openssl("pkcs8 -topk8 -nocrypt -in ec", "ec.pkcs8");
    openssl(TO_PKCS8.formatted("rsa"), "rsa.encrypted");
    openssl(TO_PKCS8.formatted("ec") + " -v2 aes128 -v2prf hmacWithSHA1", "ec.encrypted");
    openssl("rsa -traditional -aes256 -passout pass:%s -in rsa".formatted(PASSWORD), "rsa.old");
    openssl(TO_PKCS8.formatted("rsa") + " -scrypt", "rsa.scrypt");
  }

  @AfterAll
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rsa", "rsa.pkcs1", "rsa.encrypted", "ec", "ec.pkcs8", "ec.encrypted", "ed25519"})
  void aKeyIsReadInAllFormsThatPeopleHave(String file) {
    String kind = file.replaceFirst("\\..*", "");
    String password = file.endsWith("encrypted") ? PASSWORD : null;

    ClientCertificate opened = opened(kind, sealed(kind, text(file), password));

    assertThat(opened.chain()).containsExactlyElementsOf(chain(kind));
    assertThat(opened.key().getAlgorithm())
        .isEqualTo(chain(kind).getFirst().getPublicKey().getAlgorithm());
    assertThat(opened.toString())
        .isEqualTo("ClientCertificate[subject=CN=%s, O=Fleet]".formatted(kind));
  }

  @Test
  void theKeyOfAnotherCertificateIsRefused() {
    for (String other : List.of("ec", "ed25519")) {
      assertRefused(
          () -> sealed("rsa", text(other), null),
          "clientCertificate.privateKey",
          "is not that of the certificate 'CN=rsa,O=Fleet'");
    }
    assertRefused(
        () -> sealed("ec", text("ed25519"), null),
        "clientCertificate.privateKey",
        "is not that of");
  }

  @Test
  void anEncryptedKeyNeedsItsPassword() {
    assertRefused(
        () -> sealed("rsa", text("rsa.encrypted"), null),
        "clientCertificate.privateKeyPassword",
        "is needed");
    assertRefused(
        () -> sealed("rsa", text("rsa.encrypted"), "another"),
        "clientCertificate.privateKeyPassword",
        "does not open the private key");
  }

  @Test
  void aKeyThatCannotBeReadIsRefusedWithTheWayToMakeOneThatCan() {
    for (String file : List.of("rsa.old", "rsa.scrypt")) {
      assertRefused(
          () -> sealed("rsa", text(file), PASSWORD),
          "clientCertificate.privateKey",
          "openssl pkcs8 -topk8");
    }
    for (String text :
        List.of(
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----",
            "-----BEGIN EC PRIVATE KEY-----\n!!!!\n-----END EC PRIVATE KEY-----",
            "-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
            "no key",
            "x".repeat(20_001))) {
      assertRefused(() -> sealed("rsa", text, PASSWORD), "clientCertificate.privateKey", "");
    }
  }

  @Test
  void aChainIsReadInItsOrderAndAKeyBesideItIsLeftOut() {
    String both = text("rsa.crt") + text("rsa") + text("ec.crt");

    List<X509Certificate> chain = ClientCertificates.chain(both);

    assertThat(chain)
        .extracting(each -> each.getSubjectX500Principal().getName())
        .containsExactly("CN=rsa,O=Fleet", "CN=ec,O=Fleet");
    assertThat(ClientCertificates.pem(chain)).isEqualTo(text("rsa.crt") + text("ec.crt"));
  }

  @Test
  void whatIsNoCertificateIsRefused() {
    for (String text :
        List.of(
            "",
            text("rsa"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            text("rsa.crt").repeat(11),
            "x".repeat(100_001))) {
      assertRefused(
          () -> ClientCertificates.chain(text), "clientCertificate.certificates", "certificate");
    }
  }

  @Test
  void aPrivateKeyIsNoPasswordAndThatOfNoOtherCredential() {
    EncryptedPassword sealed = sealed("rsa", text("rsa"), null);

    assertThatThrownBy(() -> keys().decrypt(sealed, "rsa"))
        .hasMessageContaining("cannot be decrypted");
    assertThatThrownBy(() -> ClientCertificates.decrypt(keys(), "ec", text("rsa.crt"), sealed))
        .hasMessageContaining("the private key of credential 'ec' cannot be decrypted");
  }

  @Test
  void aKeyThatWasKeptWithAnotherCertificateIsNotUsed() {
    EncryptedPassword sealed = sealed("rsa", text("rsa"), null);

    assertThatThrownBy(() -> ClientCertificates.decrypt(keys(), "rsa", text("ec.crt"), sealed))
        .hasMessageContaining(
            "the private key of credential 'rsa' is not that of its certificate; give both again");
  }

  /// The credential is called as the kind of the key.
  private EncryptedPassword sealed(String kind, String key, @Nullable String password) {
    return ClientCertificates.encryptKey(keys.current(), kind, chain(kind), key, password);
  }

  private ClientCertificate opened(String kind, EncryptedPassword sealed) {
    return ClientCertificates.decrypt(keys(), kind, text(kind + ".crt"), sealed);
  }

  private PrivateKeys keys() {
    return Objects.requireNonNull(privateKeys);
  }

  private List<X509Certificate> chain(String kind) {
    return ClientCertificates.chain(text(kind + ".crt"));
  }

  private String text(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void openssl(String arguments, String to) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-out", to));
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s: %s", arguments, output).isZero();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void assertRefused(ThrowingCallable call, String field, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(EdjException.class, e -> assertThat(e.field()).isEqualTo(field))
        .hasMessageContaining(message);
  }
}
