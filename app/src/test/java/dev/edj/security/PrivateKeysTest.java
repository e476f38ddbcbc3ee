package dev.edj.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import dev.edj.credential.Credentials;
import dev.edj.credential.NewCredential;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.settings.PrivateKeyOrigins;
import dev.edj.testing.TestControlDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateKeysTest {

  private final TestControlDatabase database = TestControlDatabase.create();
  private final Jdbi jdbi = database.jdbi();
  private final EncryptionKeys keys = new EncryptionKeys(jdbi);
  @TempDir Path directory;

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatAClientEncryptsAWorkerDecrypts() {
    PrivateKeys worker = PrivateKeys.open(file(), jdbi);
    EncryptedPassword password = PasswordCipher.encrypt(keys.current(), "c", "pässwörd'🔑");

    assertThat(worker.decrypt(password, "c").text()).isEqualTo("pässwörd'🔑");
    assertThat(PrivateKeys.open(file(), jdbi).decrypt(password, "c").text()).startsWith("päss");
  }

  @Test
  void aPasswordDoesNotDecryptUnderAnotherCredentialsName() {
    PrivateKeys worker = PrivateKeys.open(file(), jdbi);
    EncryptedPassword password = PasswordCipher.encrypt(keys.current(), "sales", "secret");

    assertThatThrownBy(() -> worker.decrypt(password, "evil"))
        .hasMessageContaining("credential 'evil' cannot be decrypted")
        .hasMessageNotContaining("secret");
  }

  @Test
  void theFileIsForItsUserOnly() throws Exception {
    PrivateKeys.open(file(), jdbi);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));

    assertSetup("chmod 600");
  }

  @Test
  void aSecondNodeNeedsTheFileOfTheFirst() throws Exception {
    PrivateKeys.open(file(), jdbi);
    Files.delete(file());

    assertSetup("copy the file from another node");
    assertThat(file()).doesNotExist();
  }

  @Test
  void aFileWithoutTheKeyOfAStoredCredentialIsRefused() throws Exception {
    PrivateKeys.open(file(), jdbi);
    new Credentials(jdbi, keys)
        .create(new NewCredential("c", "user", "secret", null, List.of("*")));
    Files.delete(file());
    new PrivateKeyFile(file()).create(Hpke.newKey());

    assertSetup("does not hold key " + keys.current().keyId());
  }

  @Test
  void anotherKeyOfTheFileIsKnownAndWaitsUntilTheKeysAreRotated() {
    PrivateKeys.open(file(), jdbi);
    PublicKey first = keys.current();
    EncryptedPassword old = PasswordCipher.encrypt(first, "c", "secret");
    new PrivateKeyFile(file()).add();

    PrivateKeys both = PrivateKeys.open(file(), jdbi);

    assertThat(keys.current()).isEqualTo(first);
    assertThat(keys.list())
        .extracting(KnownKey::lifecycle)
        .containsExactly(KeyLifecycle.Waiting, KeyLifecycle.Current);
    assertThat(both.decrypt(old, "c").text()).isEqualTo("secret");
  }

  @Test
  void theNewestOfAFilesKeysIsTheOneOfAnEmptyControlDatabase() throws Exception {
    new PrivateKeyFile(file()).create(Hpke.newKey());
    new PrivateKeyFile(file()).add();
    KeysetHandle keyset = new PrivateKeyFile(file()).find().orElseThrow();

    PrivateKeys.open(file(), jdbi);

    assertThat(keys.current().keyId())
        .isEqualTo(Hpke.keyId(((HpkePrivateKey) keyset.getPrimary().getKey()).getPublicKey()));
  }

  @Test
  void keysFromFilesAVariableAndACommandAreHeldTogether() throws Exception {
    String variable = GeneratedKey.alone();
    Path printed = directory.resolve("printed.json");
    Files.writeString(printed, GeneratedKey.alone());
    Path other = directory.resolve("other.json");
    new PrivateKeyFile(other).create(Hpke.newKey());
    new PrivateKeyFile(file()).create(Hpke.newKey());
    PrivateKeyOrigins origins =
        new PrivateKeyOrigins(List.of(file(), other), variable, "cat " + printed);

    PrivateKeys held = PrivateKeys.open(origins, directory, jdbi);

    assertThat(keys.list()).hasSize(4);
    assertThat(keys.list()).allMatch(key -> held.holds(key.keyId()));
    assertThat(origins.toString()).doesNotContain(variable);
  }

  @Test
  void aCommandAloneNeedsNoFile() throws Exception {
    Path printed = directory.resolve("printed.json");
    Files.writeString(printed, GeneratedKey.alone());

    PrivateKeys held =
        PrivateKeys.open(
            new PrivateKeyOrigins(List.of(), null, "cat '%s'".formatted(printed)), directory, jdbi);

    assertThat(held.holds(keys.current().keyId())).isTrue();
    assertThat(directory.resolve("encryption-keys.json")).doesNotExist();
  }

  @Test
  void aCommandThatFailsSaysSoWithoutWhatItPrinted() {
    assertThatThrownBy(() ->
            PrivateKeys.open(
                new PrivateKeyOrigins(
                    List.of(), null, "echo hidden; echo 'no such secret' >&2; exit 3"),
                directory,
                jdbi))
        .isInstanceOfSatisfying(
            EdjException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SETUP);
              assertThat(e.field()).isEqualTo("private-key-command");
            })
        .hasMessageContaining("ended with code 3: no such secret")
        .hasMessageNotContaining("hidden");
    assertThatThrownBy(() ->
            PrivateKeys.open(
                new PrivateKeyOrigins(List.of(), null, "echo hidden"), directory, jdbi))
        .hasMessageContaining("does not hold a Tink keyset")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void aFileThatIsNoKeysetIsRefusedWithoutShowingIt() throws Exception {
    Files.createFile(
        file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file(), "hidden");

    assertSetup("does not hold a Tink keyset");
  }

  @Test
  void withoutAnyWorkerThereIsNoKeyYet() {
    assertThatThrownBy(keys::current).hasMessageContaining("the first worker makes it");
  }

  @Test
  void nothingOfAPasswordIsShown() {
    PrivateKeys.open(file(), jdbi);
    EncryptedPassword password = PasswordCipher.encrypt(keys.current(), "c", "secret");

    assertThat(password.toString()).doesNotContain("secret").endsWith("ciphertext=***]");
  }

  private void assertSetup(String message) {
    assertThatThrownBy(() -> PrivateKeys.open(file(), jdbi))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETUP))
        .hasMessageContaining(message)
        .hasMessageNotContaining("hidden");
  }

  private Path file() {
    return directory.resolve("private-keys.json");
  }
}
