package dev.edj.credential;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import dev.edj.security.EncryptedPassword;
import org.jspecify.annotations.Nullable;

/// A client certificate for a credential, with exactly one of the two private keys.
///
/// @param certificates in PEM, the client's own first, then those of its authorities
/// @param privateKey in PEM: PKCS#8, PKCS#1 or SEC 1; encrypted by the service as soon as it
///   arrives
/// @param privateKeyPassword of a `privateKey` that is encrypted
/// @param encryptedPrivateKey PKCS#8 in PEM, encrypted by the client with the service's public key
public record NewClientCertificate(
    String certificates,
    @Sensitive @Nullable String privateKey,
    @Sensitive @Nullable String privateKeyPassword,
    @Nullable EncryptedPassword encryptedPrivateKey) {

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
