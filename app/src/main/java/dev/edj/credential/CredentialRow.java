package dev.edj.credential;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import dev.edj.security.EncryptedPassword;
import dev.edj.security.SecretContext;
import java.util.List;

/// A credential as the control database holds it; public because Jdbi binds public classes only.
@SuppressWarnings("ArrayRecordComponent") // A row is never compared.
public record CredentialRow(
    String name,
    String userName,
    String keyId,
    @Sensitive byte[] encryptedPassword,
    List<String> servers) {

  static CredentialRow of(
      String name, String userName, EncryptedPassword password, ServerPatterns servers) {
    return new CredentialRow(
        name, userName, password.keyId(), password.ciphertext(), servers.texts());
  }

  EncryptedPassword password() {
    return new EncryptedPassword(keyId, encryptedPassword);
  }

  SecretContext context() {
    return SecretContext.credential(name);
  }

  SendingRule rule() {
    return new SendingRule(name, patterns());
  }

  ServerPatterns patterns() {
    return ServerPatterns.parse(servers);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
