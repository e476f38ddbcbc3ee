package dev.edj.credential;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import dev.edj.security.EncryptedPassword;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to change of a credential; null leaves it as it is. More servers need its secrets as well,
/// so that nobody sends one they do not know to a server of their choice.
///
/// @param remove what is no proof of the login any more
public record CredentialChange(
    @Nullable String userName,
    @Sensitive @Nullable String password,
    @Nullable EncryptedPassword encryptedPassword,
    @Nullable String tokenCommand,
    @Nullable NewClientCertificate clientCertificate,
    @Nullable List<LoginProof> remove,
    @Nullable List<String> servers) {

  /// Of the user name, the password and the servers.
  public CredentialChange(
      @Nullable String userName,
      @Sensitive @Nullable String password,
      @Nullable EncryptedPassword encryptedPassword,
      @Nullable List<String> servers) {
    this(userName, password, encryptedPassword, null, null, null, servers);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
