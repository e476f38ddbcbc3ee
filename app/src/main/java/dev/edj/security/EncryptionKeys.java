package dev.edj.security;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// The public keys that the control database knows.
public final class EncryptionKeys {

  private final EncryptionKeyStore store;

  public EncryptionKeys(Jdbi jdbi) {
    this.store = jdbi.onDemand(EncryptionKeyStore.class);
  }

  /// All of them, the newest first, and those that were taken out of use.
  public List<KnownKey> list() {
    return store.list();
  }

  /// Those that every node which decrypts has to hold the private half of.
  public List<String> inUse() {
    return store.keyIdsInUse();
  }

  /// The key that new passwords are encrypted with.
  public PublicKey current() {
    return store
        .current()
        .orElseThrow(() ->
            new EdjException(
                ErrorCode.SETUP,
                null,
                "there is no encryption key yet: the first worker makes it; start one"));
  }
}
