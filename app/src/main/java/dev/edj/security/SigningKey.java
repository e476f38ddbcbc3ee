package dev.edj.security;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a webhook's sender proves to its receiver that it is the sender with, as the Standard
/// Webhooks have it: HMAC-SHA256 over id, time and body.
///
/// @param text `whsec_` and 32 random bytes in Base64
public record SigningKey(@Sensitive String text) {

  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;

  public static SigningKey random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new SigningKey(PREFIX + Base64.getEncoder().encodeToString(bytes));
  }

  /// `v1,…`
  ///
  /// @param seconds since 1970, when it is sent
  public String signature(String id, long seconds, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(
          new SecretKeySpec(
              Base64.getDecoder().decode(text.substring(PREFIX.length())), ALGORITHM));
      byte[] signed =
          mac.doFinal("%s.%d.%s".formatted(id, seconds, body).getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
