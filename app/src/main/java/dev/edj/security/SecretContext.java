package dev.edj.security;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What a ciphertext is bound to: with another context it does not decrypt.
///
/// @param bound what the encryption authenticates beside the secret
/// @param description of the secret, for people
public record SecretContext(String bound, String description) {

  /// The password of a credential.
  public static SecretContext credential(String name) {
    return new SecretContext(
        "edj credential " + name, "the password of credential '%s'".formatted(name));
  }

  /// The private key of a credential's client certificate: no password, so that it is never sent
  /// for one.
  public static SecretContext clientKey(String credentialName) {
    return new SecretContext(
        "edj client key of credential " + credentialName,
        "the private key of credential '%s'".formatted(credentialName));
  }

  /// The value of a parameter, whose name ignores case.
  ///
  /// @param owner the job or the target that it belongs to
  public static SecretContext parameter(String owner, String name) {
    return new SecretContext(
        "edj parameter " + name.toLowerCase(Locale.ROOT) + " of " + owner,
        "the value of parameter '%s'".formatted(name));
  }

  byte[] bytes() {
    return bound.getBytes(StandardCharsets.UTF_8);
  }
}
