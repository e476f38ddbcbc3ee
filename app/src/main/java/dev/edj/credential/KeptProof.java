package dev.edj.credential;

import dev.edj.engine.ClientCertificate;
import dev.edj.engine.Identity;
import dev.edj.engine.Password;
import dev.edj.security.ClientCertificates;
import dev.edj.security.EncryptedPassword;
import dev.edj.security.PrivateKeys;
import dev.edj.security.PublicKey;
import dev.edj.security.SecretContext;
import org.jspecify.annotations.Nullable;

/// By what a credential proves who logs in, as the control database holds it.
///
/// @param tokenCommand whose output takes the place of a password
record KeptProof(
    @Nullable EncryptedPassword password,
    @Nullable String tokenCommand,
    @Nullable KeptCertificate certificate) {

  boolean isNone() {
    return password == null && tokenCommand == null && certificate == null;
  }

  /// All but a token, which is made for each server.
  Identity opened(PrivateKeys keys, String credentialName, String userName) {
    Password opened = password == null ? Password.NONE : keys.decrypt(password, credentialName);
    ClientCertificate shown =
        certificate == null
            ? null
            : ClientCertificates.decrypt(
                keys, credentialName, certificate.certificates(), certificate.privateKey());
    return new Identity(userName, opened, shown);
  }

  /// Whether all of it is encrypted with that key.
  boolean isUnder(PublicKey key) {
    return (password == null || password.keyId().equals(key.keyId()))
        && (certificate == null || certificate.privateKey().keyId().equals(key.keyId()));
  }

  KeptProof underKey(PrivateKeys keys, PublicKey key, String credentialName) {
    return new KeptProof(
        password == null
            ? null
            : keys.underKey(key, password, SecretContext.credential(credentialName)),
        tokenCommand,
        certificate == null
            ? null
            : new KeptCertificate(
                certificate.certificates(),
                keys.underKey(
                    key, certificate.privateKey(), SecretContext.clientKey(credentialName))));
  }
}
