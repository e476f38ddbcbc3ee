package dev.edj.notice;

import dev.edj.problem.EdjException;
import dev.edj.security.EncryptedPassword;
import dev.edj.security.PrivateKeys;
import dev.edj.security.PublicKey;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Encrypts the secrets of notices anew, a few at a time.
public final class NoticeRenewal {

  private static final Logger log = LoggerFactory.getLogger(NoticeRenewal.class);
  private static final int BATCH = 50;

  private final Jdbi jdbi;

  public NoticeRenewal(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// How many were under another key, and are under this one now. One that cannot be decrypted
  /// stays as it is, and is told in the log.
  public int renew(PrivateKeys keys, PublicKey key) {
    int renewed = 0;
    long after = 0;
    List<NoticeSecret> batch;
    do {
      long from = after;
      batch =
          jdbi.withExtension(
              NoticeStore.class, store -> store.underOtherKeys(key.keyId(), from, BATCH));
      for (NoticeSecret secret : batch) {
        renewed += renew(secret, keys, key) ? 1 : 0;
        after = secret.noticeSecretId();
      }
    } while (batch.size() == BATCH);
    return renewed;
  }

  private boolean renew(NoticeSecret secret, PrivateKeys keys, PublicKey key) {
    try {
      EncryptedPassword anew =
          keys.underKey(key, secret.encrypted(), secret.kind().of(secret.name()));
      return jdbi.withExtension(
              NoticeStore.class,
              store ->
                  store.replace(
                      secret.noticeSecretId(), secret.keyId(), anew.keyId(), anew.ciphertext()))
          > 0;
    } catch (EdjException e) {
      log.warn("a secret of notice '{}' stays under its key: {}", secret.name(), e.text());
      return false;
    }
  }
}
