package dev.edj.credential;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import dev.edj.security.EncryptedPassword;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A credential to be created, with exactly one of the two passwords.
///
/// @param password encrypted by the service as soon as it arrives
/// @param encryptedPassword encrypted by the client with the service's public key
/// @param servers patterns of the servers the password may be sent to; none means no server
public record NewCredential(
    String name,
    String userName,
    @Sensitive @Nullable String password,
    @Nullable EncryptedPassword encryptedPassword,
    List<String> servers) {

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
