package dev.edj.security;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// What somebody shows to be let in: 256 random bits, of which only a digest is kept. A digest
/// needs no salt where nobody can guess what it is of.
public record Secret(@Sensitive String text) {

  private static final int BYTES = 32;

  public static Secret random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Secret(encoded(bytes));
  }

  public byte[] digest() {
    return digest("");
  }

  /// Another secret, which this one leads to and which does not lead back.
  public String derived(String purpose) {
    return encoded(digest(purpose + ":"));
  }

  /// What may be shown before the secret itself (PKCE, S256).
  public String challenge() {
    return encoded(digest());
  }

  private byte[] digest(String prefix) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest((prefix + text).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
