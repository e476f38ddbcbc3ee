package dev.edj.credential;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import dev.edj.security.EncryptedPassword;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A credential to be created, with one of the two passwords or the name of a token command, a
/// client certificate, or both.
///
/// @param password encrypted by the service as soon as it arrives
/// @param encryptedPassword encrypted by the client with the service's public key
/// @param tokenCommand name of the command on the nodes whose output is the password
/// @param clientCertificate shown to servers that ask for one
/// @param servers patterns of the servers the login may be sent to; none means no server
public record NewCredential(
    String name,
    String userName,
    @Sensitive @Nullable String password,
    @Nullable EncryptedPassword encryptedPassword,
    @Nullable String tokenCommand,
    @Nullable NewClientCertificate clientCertificate,
    List<String> servers) {

  /// With a password alone.
  public NewCredential(
      String name,
      String userName,
      @Sensitive @Nullable String password,
      @Nullable EncryptedPassword encryptedPassword,
      List<String> servers) {
    this(name, userName, password, encryptedPassword, null, null, servers);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
