package dev.edj.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import dev.edj.credential.Credentials;
import dev.edj.credential.NewCredential;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
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
  void aNewPrimaryKeyBecomesTheCurrentOneAndOldPasswordsStillDecrypt() throws Exception {
    PrivateKeys.open(file(), jdbi);
    PublicKey oldKey = keys.current();
    EncryptedPassword old = PasswordCipher.encrypt(oldKey, "c", "secret");
    addKey();

    PrivateKeys rotated = PrivateKeys.open(file(), jdbi);

    assertThat(keys.current().keyId()).isNotEqualTo(oldKey.keyId());
    assertThat(rotated.decrypt(old, "c").text()).isEqualTo("secret");
    assertThat(rotated.decrypt(PasswordCipher.encrypt(keys.current(), "c", "secret"), "c").text())
        .isEqualTo("secret");
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

    assertThat(password.toString()).doesNotContain("secret").doesNotContain("ciphertext");
  }

  private void assertSetup(String message) {
    assertThatThrownBy(() -> PrivateKeys.open(file(), jdbi))
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SETUP))
        .hasMessageContaining(message)
        .hasMessageNotContaining("hidden");
  }

  private void addKey() throws Exception {
    KeysetHandle before = new PrivateKeyFile(file()).read();
    KeysetHandle after =
        KeysetHandle.newBuilder(before)
            .setConfiguration(Hpke.configuration())
            .addEntry(
                KeysetHandle.generateEntryFromParameters(
                        Hpke.newKey().getPrimary().getKey().getParameters())
                    .withRandomId()
                    .makePrimary())
            .build();
    Files.writeString(
        file(),
        TinkJsonProtoKeysetFormat.serializeKeyset(
            after, Hpke.configuration(), InsecureSecretKeyAccess.get()));
  }

  private Path file() {
    return directory.resolve("private-keys.json");
  }
}
