package dev.edj.security;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.util.Arrays;

/// A password as only workers can read it.
///
/// @param keyId of the key it was encrypted with
/// @param ciphertext in JSON as Base64
@SuppressWarnings("ArrayRecordComponent") // The array is never changed, and JSON has it as Base64.
public record EncryptedPassword(String keyId, @Sensitive byte[] ciphertext) {

  @Override
  public boolean equals(Object other) {
    return other instanceof EncryptedPassword that
        && keyId.equals(that.keyId)
        && Arrays.equals(ciphertext, that.ciphertext);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ciphertext);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
