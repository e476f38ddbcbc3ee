package dev.edj.credential;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import dev.edj.security.EncryptedPassword;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A credential as the control database holds it; public because Jdbi binds public classes only.
///
/// @param keyId what the password is encrypted with
/// @param clientKeyKeyId what the private key of the client certificate is encrypted with
@SuppressWarnings("ArrayRecordComponent") // A row is never compared.
public record CredentialRow(
    String name,
    String userName,
    @Nullable String keyId,
    @Sensitive byte @Nullable [] encryptedPassword,
    @Nullable String tokenCommand,
    @Nullable String clientCertificate,
    @Nullable String clientKeyKeyId,
    @Sensitive byte @Nullable [] encryptedClientKey,
    List<String> servers) {

  static CredentialRow of(String name, String userName, KeptProof proof, ServerPatterns servers) {
    EncryptedPassword password = proof.password();
    KeptCertificate certificate = proof.certificate();
    return new CredentialRow(
        name,
        userName,
        password == null ? null : password.keyId(),
        password == null ? null : password.ciphertext(),
        proof.tokenCommand(),
        certificate == null ? null : certificate.certificates(),
        certificate == null ? null : certificate.privateKey().keyId(),
        certificate == null ? null : certificate.privateKey().ciphertext(),
        servers.texts());
  }

  KeptProof proof() {
    return new KeptProof(
        keyId == null || encryptedPassword == null
            ? null
            : new EncryptedPassword(keyId, encryptedPassword),
        tokenCommand,
        clientCertificate == null || clientKeyKeyId == null || encryptedClientKey == null
            ? null
            : new KeptCertificate(
                clientCertificate, new EncryptedPassword(clientKeyKeyId, encryptedClientKey)));
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
