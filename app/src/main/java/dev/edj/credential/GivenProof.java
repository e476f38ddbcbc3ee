package dev.edj.credential;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.security.ClientCertificates;
import dev.edj.security.EncryptedPassword;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.PasswordCipher;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What somebody gave to prove a login, encrypted as soon as it arrived.
///
/// @param removed what is no proof of the credential any more
record GivenProof(
    @Nullable EncryptedPassword password,
    @Nullable String tokenCommand,
    @Nullable KeptCertificate certificate,
    Set<LoginProof> removed) {

  private static final Pattern COMMAND_NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final int LONGEST_PASSWORD = 10_000;
  private static final int LONGEST_PRIVATE_KEY = 40_000;

  static GivenProof of(EncryptionKeys keys, NewCredential credential) {
    return new GivenProof(
        password(keys, credential.name(), credential.password(), credential.encryptedPassword()),
        checkedCommand(credential.tokenCommand()),
        certificate(keys, credential.name(), credential.clientCertificate()),
        Set.of());
  }

  static GivenProof of(EncryptionKeys keys, String name, CredentialChange change) {
    GivenProof given =
        new GivenProof(
            password(keys, name, change.password(), change.encryptedPassword()),
            checkedCommand(change.tokenCommand()),
            certificate(keys, name, change.clientCertificate()),
            change.remove() == null ? Set.of() : Set.copyOf(change.remove()));
    if ((given.password != null && given.removed.contains(LoginProof.PASSWORD))
        || (given.tokenCommand != null && given.removed.contains(LoginProof.TOKEN_COMMAND))
        || (given.certificate != null && given.removed.contains(LoginProof.CLIENT_CERTIFICATE))) {
      throw EdjException.invalid("remove", "names what is given");
    }
    return given;
  }

  boolean hasPassword() {
    return password != null;
  }

  boolean hasCertificate() {
    return certificate != null;
  }

  /// All that a new credential has.
  KeptProof alone() {
    requireOne();
    KeptProof proof = new KeptProof(password, tokenCommand, certificate);
    if (proof.isNone()) {
      throw EdjException.invalid(
          "password", "give password or encryptedPassword, a tokenCommand, or a clientCertificate");
    }
    return proof;
  }

  /// What a credential has afterwards that had `before`.
  KeptProof after(KeptProof before) {
    requireOne();
    KeptProof proof =
        new KeptProof(
            password != null || tokenCommand != null || removed.contains(LoginProof.PASSWORD)
                ? password
                : before.password(),
            password != null || tokenCommand != null || removed.contains(LoginProof.TOKEN_COMMAND)
                ? tokenCommand
                : before.tokenCommand(),
            certificate != null || removed.contains(LoginProof.CLIENT_CERTIFICATE)
                ? certificate
                : before.certificate());
    if (proof.isNone()) {
      throw EdjException.invalid("remove", "would leave nothing to log in with");
    }
    return proof;
  }

  private void requireOne() {
    if (password != null && tokenCommand != null) {
      throw EdjException.invalid("tokenCommand", "takes the place of a password; give one of them");
    }
  }

  /// Throws an [EdjException] unless every secret was given that the credential has afterwards, so
  /// that nobody sends one that they do not know to a server of their choice. A token command has
  /// none: the node says itself for which servers it is.
  void requireAll(String name, KeptProof after) {
    if (after.password() != null && password == null) {
      throw required(name, "password", "password");
    }
    if (after.certificate() != null && certificate == null) {
      throw required(name, "clientCertificate", "client certificate with its private key");
    }
  }

  private static EdjException required(String name, String field, String what) {
    return new EdjException(
        ErrorCode.PASSWORD_REQUIRED,
        field,
        ("credential '%s' would be sent to more servers than before; give its %s again to"
                + " confirm that; nothing was changed")
            .formatted(name, what));
  }

  private static @Nullable EncryptedPassword password(
      EncryptionKeys keys,
      String name,
      @Nullable String password,
      @Nullable EncryptedPassword encrypted) {
    if (password != null && encrypted != null) {
      throw EdjException.invalid("password", "give password or encryptedPassword, not both");
    }
    if (encrypted != null && encrypted.ciphertext().length > LONGEST_PASSWORD) {
      throw EdjException.invalid("encryptedPassword", "is too long");
    }
    return password == null ? encrypted : PasswordCipher.encrypt(keys.current(), name, password);
  }

  private static @Nullable String checkedCommand(@Nullable String name) {
    if (name != null && !COMMAND_NAME.matcher(name).matches()) {
      throw EdjException.invalid(
          "tokenCommand",
          "must be the name of a command on the nodes: up to 128 letters, digits, dots, _ and -");
    }
    return name;
  }

  private static @Nullable KeptCertificate certificate(
      EncryptionKeys keys, String name, @Nullable NewClientCertificate given) {
    if (given == null) {
      return null;
    }
    List<X509Certificate> chain = ClientCertificates.chain(given.certificates());
    return new KeptCertificate(ClientCertificates.pem(chain), privateKey(keys, name, chain, given));
  }

  private static EncryptedPassword privateKey(
      EncryptionKeys keys, String name, List<X509Certificate> chain, NewClientCertificate given) {
    String privateKey = given.privateKey();
    EncryptedPassword encrypted = given.encryptedPrivateKey();
    if (privateKey != null && encrypted == null) {
      return ClientCertificates.encryptKey(
          keys.current(), name, chain, privateKey, given.privateKeyPassword());
    }
    if (encrypted == null || privateKey != null) {
      throw EdjException.invalid(
          "clientCertificate.privateKey", "give either privateKey or encryptedPrivateKey");
    }
    if (encrypted.ciphertext().length > LONGEST_PRIVATE_KEY) {
      throw EdjException.invalid("clientCertificate.encryptedPrivateKey", "is too long");
    }
    return encrypted;
  }
}
