package dev.edj.security;

import com.google.crypto.tink.HybridEncrypt;
import dev.edj.problem.EdjException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/// Encrypts passwords with the service's public key; clients and API nodes need nothing else.
public final class PasswordCipher {

  private static final int LONGEST_PASSWORD = 1024;

  private PasswordCipher() {}

  /// The ciphertext is bound to the credential's name: in another credential's row it does not
  /// decrypt.
  public static EncryptedPassword encrypt(PublicKey key, String credentialName, String password) {
    if (password.isEmpty()) {
      throw EdjException.invalid("password", "must not be empty");
    }
    if (password.length() > LONGEST_PASSWORD) {
      throw EdjException.invalid(
          "password", "must have at most %d characters".formatted(LONGEST_PASSWORD));
    }
    return encrypt(key, SecretContext.credential(credentialName), password);
  }

  /// The ciphertext is bound to the context: in another one it does not decrypt.
  public static EncryptedPassword encrypt(PublicKey key, SecretContext context, String secret) {
    try {
      byte[] ciphertext =
          Hpke.publicKeyset(key.publicKeyset())
              .getPrimitive(Hpke.configuration(), HybridEncrypt.class)
              .encrypt(secret.getBytes(StandardCharsets.UTF_8), context.bytes());
      return new EncryptedPassword(key.keyId(), ciphertext);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the public key cannot be used", e);
    }
  }
}
