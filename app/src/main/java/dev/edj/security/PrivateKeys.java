package dev.edj.security;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import dev.edj.engine.Password;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// The private keys of a node with workers, from a file that only its user can read. Nodes that
/// share a control database have copies of one file.
public final class PrivateKeys {

  private final @Nullable HybridDecrypt decrypt;

  private PrivateKeys(@Nullable HybridDecrypt decrypt) {
    this.decrypt = decrypt;
  }

  /// Those of a node that connects to no target: it has no file, and decrypts nothing.
  public static PrivateKeys none() {
    return new PrivateKeys(null);
  }

  /// Reads the file, or makes it when neither it nor any key of the control database exists, and
  /// registers its public keys. Refuses to go on without the private half of a key in use.
  public static PrivateKeys open(Path path, Jdbi jdbi) {
    PrivateKeyFile file = new PrivateKeyFile(path);
    try {
      return jdbi.inTransaction(handle -> open(file, handle.attach(EncryptionKeyStore.class)));
    } catch (GeneralSecurityException e) {
      throw file.setup("holds keys that cannot be used", null);
    }
  }

  /// The password of a credential.
  public Password decrypt(EncryptedPassword password, String credentialName) {
    return decrypt(password, SecretContext.credential(credentialName));
  }

  public Password decrypt(EncryptedPassword secret, SecretContext context) {
    if (decrypt == null) {
      throw new EdjException(
          ErrorCode.SETUP,
          null,
          ("this node only has the role api, so it holds no private key and cannot decrypt %s;"
                  + " ask a node that is a controller or a worker")
              .formatted(context.description()));
    }
    try {
      byte[] text = decrypt.decrypt(secret.ciphertext(), context.bytes());
      return new Password(new String(text, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new EdjException(
          ErrorCode.SETUP,
          null,
          "%s cannot be decrypted with the private keys of this node; its key is %s. Set it again"
              .formatted(context.description(), secret.keyId()));
    }
  }

  private static PrivateKeys open(PrivateKeyFile file, EncryptionKeyStore store)
      throws GeneralSecurityException {
    store.lock();
    KeysetHandle keys = readOrMake(file, store);
    Map<String, String> publicKeys = publicKeys(keys);
    requireAll(store.keyIdsInUse(), publicKeys, file);
    publicKeys.forEach(store::insert);
    return new PrivateKeys(keys.getPrimitive(Hpke.configuration(), HybridDecrypt.class));
  }

  private static KeysetHandle readOrMake(PrivateKeyFile file, EncryptionKeyStore store)
      throws GeneralSecurityException {
    if (file.exists()) {
      return file.read();
    }
    List<String> keyIds = store.keyIdsInUse();
    if (!keyIds.isEmpty()) {
      throw file.setup(
          "does not exist, and the control database needs key %s; copy the file from another node"
              .formatted(String.join(", ", keyIds)),
          null);
    }
    KeysetHandle keys = Hpke.newKey();
    file.create(keys);
    return keys;
  }

  /// The public half of each key by its id, each a keyset of its own; the primary one comes last,
  /// so that it is the newest where it is registered.
  private static Map<String, String> publicKeys(KeysetHandle keys) throws GeneralSecurityException {
    List<HpkePublicKey> inOrder = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      if (keys.getAt(i).getKey() instanceof HpkePrivateKey key) {
        inOrder.add(keys.getAt(i).isPrimary() ? inOrder.size() : 0, key.getPublicKey());
      }
    }
    Map<String, String> publicKeys = new LinkedHashMap<>();
    for (HpkePublicKey key : inOrder) {
      publicKeys.put(Hpke.keyId(key), keyset(key));
    }
    return publicKeys;
  }

  private static String keyset(HpkePublicKey key) throws GeneralSecurityException {
    KeysetHandle keyset =
        KeysetHandle.newBuilder()
            .setConfiguration(Hpke.configuration())
            .addEntry(KeysetHandle.importKey(key).makePrimary())
            .build();
    return TinkJsonProtoKeysetFormat.serializeKeysetWithoutSecret(keyset, Hpke.configuration());
  }

  private static void requireAll(
      List<String> keyIds, Map<String, String> publicKeys, PrivateKeyFile file) {
    List<String> missing = keyIds.stream().filter(id -> !publicKeys.containsKey(id)).toList();
    if (!missing.isEmpty()) {
      throw file.setup(
          "does not hold key %s, which stored passwords need; copy the file from another node"
              .formatted(String.join(", ", missing)),
          null);
    }
  }
}
