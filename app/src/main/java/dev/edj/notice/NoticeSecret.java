package dev.edj.notice;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import dev.edj.security.EncryptedPassword;

/// A secret of a notice, as the control database holds it.
///
/// @param name of the notice, to which the ciphertext is bound
@SuppressWarnings("ArrayRecordComponent") // A row is never compared.
record NoticeSecret(
    long noticeSecretId, String name, SecretKind kind, String keyId, @Sensitive byte[] ciphertext) {

  EncryptedPassword encrypted() {
    return new EncryptedPassword(keyId, ciphertext);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
