package dev.edj.portal.credential;

import static java.util.Objects.requireNonNullElse;

import dev.edj.credential.Credential;
import dev.edj.credential.CredentialChange;
import dev.edj.credential.LoginProof;
import dev.edj.credential.NewClientCertificate;
import dev.edj.credential.NewCredential;
import dev.edj.portal.site.FormFields;
import dev.edj.portal.site.Typed;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A credential as it is typed. Its secrets are never shown again, not even in this form.
///
/// @param certificates PEM of a client certificate and those of its authorities
/// @param servers patterns, one on each line
record CredentialForm(
    @Nullable String name,
    @Nullable String userName,
    @Sensitive @Nullable String password,
    @Nullable Boolean removePassword,
    @Nullable String tokenCommand,
    @Nullable String certificates,
    @Sensitive @Nullable String privateKey,
    @Sensitive @Nullable String privateKeyPassword,
    @Nullable Boolean removeCertificate,
    @Nullable String servers) {

  private static final String CERTIFICATE_FIELD = "clientCertificate";

  static final CredentialForm EMPTY =
      new CredentialForm(null, null, null, null, null, null, null, null, null, null);

  /// How fields of a credential are called here.
  static final FormFields FIELDS =
      new FormFields(name ->
          switch (name) {
            case CERTIFICATE_FIELD -> "certificates";
            case "remove" -> "removePassword";
            default -> name.replaceFirst(CERTIFICATE_FIELD + "\\.", "");
          });

  static CredentialForm of(Credential credential) {
    return new CredentialForm(
        credential.name(),
        credential.userName(),
        null,
        null,
        credential.tokenCommand(),
        null,
        null,
        null,
        null,
        String.join("\n", credential.servers()));
  }

  CredentialForm withoutSecrets() {
    return new CredentialForm(
        name,
        userName,
        null,
        removePassword,
        tokenCommand,
        certificates,
        null,
        null,
        removeCertificate,
        servers);
  }

  NewCredential newCredential() {
    return new NewCredential(
        requireNonNullElse(name, "").strip(),
        requireNonNullElse(userName, "").strip(),
        given(password),
        null,
        command(),
        clientCertificate(),
        Typed.eachLine(servers));
  }

  /// What is left empty stays as it is.
  CredentialChange change() {
    return new CredentialChange(
        requireNonNullElse(userName, "").strip(),
        given(password),
        null,
        given(password) == null ? command() : null,
        clientCertificate(),
        removed(),
        Typed.eachLine(servers));
  }

  private @Nullable String command() {
    String command = requireNonNullElse(tokenCommand, "").strip();
    return command.isEmpty() ? null : command;
  }

  private @Nullable NewClientCertificate clientCertificate() {
    String key = given(privateKey);
    return given(certificates) == null && key == null
        ? null
        : new NewClientCertificate(
            requireNonNullElse(certificates, ""), key, given(privateKeyPassword), null);
  }

  private List<LoginProof> removed() {
    List<LoginProof> removed = new ArrayList<>();
    if (Boolean.TRUE.equals(removePassword)) {
      removed.add(LoginProof.PASSWORD);
    }
    if (Boolean.TRUE.equals(removeCertificate)) {
      removed.add(LoginProof.CLIENT_CERTIFICATE);
    }
    return removed;
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
