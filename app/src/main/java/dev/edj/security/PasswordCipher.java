package dev.edj.security;

/// Encrypts passwords with the service's public key; clients and API nodes need nothing else.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class PasswordCipher {

  private PasswordCipher() {}

  /// The ciphertext is bound to the credential's name: in another credential's row it does not
  /// decrypt.
  public static EncryptedPassword encrypt(PublicKey key, String credentialName, String password) {
    throw new UnsupportedOperationException("not yet");
  }
}
