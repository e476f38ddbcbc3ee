package dev.edj.credential;

import dev.edj.problem.EdjException;
import dev.edj.security.PrivateKeys;
import dev.edj.security.PublicKey;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Encrypts the secrets of credentials anew, a few at a time.
public final class PasswordRenewal {

  private static final Logger log = LoggerFactory.getLogger(PasswordRenewal.class);
  private static final int BATCH = 50;

  private final Jdbi jdbi;

  public PasswordRenewal(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// How many were under another key, and are under this one now. One that cannot be decrypted
  /// stays as it is, and is told in the log.
  public int renew(PrivateKeys keys, PublicKey key) {
    int renewed = 0;
    long after = 0;
    List<Long> batch;
    do {
      long from = after;
      batch =
          jdbi.withExtension(
              CredentialStore.class, store -> store.underOtherKeys(key.keyId(), from, BATCH));
      for (long credentialId : batch) {
        renewed += renew(keys, key, credentialId) ? 1 : 0;
        after = credentialId;
      }
    } while (batch.size() == BATCH);
    return renewed;
  }

  private boolean renew(PrivateKeys keys, PublicKey key, long credentialId) {
    return jdbi.inTransaction(handle -> {
      CredentialStore store = handle.attach(CredentialStore.class);
      CredentialRow before = store.findRowForUpdate(credentialId).orElse(null);
      if (before == null || before.proof().isUnder(key)) {
        return false;
      }
      try {
        KeptProof proof = before.proof().underKey(keys, key, before.name());
        store.changeKeys(
            CredentialRow.of(before.name(), before.userName(), proof, before.patterns()));
        return true;
      } catch (EdjException e) {
        log.warn("credential '{}' stays under its key: {}", before.name(), e.text());
        return false;
      }
    });
  }
}
