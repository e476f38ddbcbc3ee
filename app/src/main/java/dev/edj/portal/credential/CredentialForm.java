package dev.edj.portal.credential;

import static java.util.Objects.requireNonNullElse;

import dev.edj.credential.Credential;
import dev.edj.credential.CredentialChange;
import dev.edj.credential.NewCredential;
import dev.edj.portal.site.Typed;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import org.jspecify.annotations.Nullable;

/// A credential as it is typed. Its password is never shown again, not even in this form.
///
/// @param servers patterns, one on each line
record CredentialForm(
    @Nullable String name,
    @Nullable String userName,
    @Sensitive @Nullable String password,
    @Nullable String servers) {

  static final CredentialForm EMPTY = new CredentialForm(null, null, null, null);

  static CredentialForm of(Credential credential) {
    return new CredentialForm(
        credential.name(), credential.userName(), null, String.join("\n", credential.servers()));
  }

  CredentialForm withoutPassword() {
    return new CredentialForm(name, userName, null, servers);
  }

  NewCredential newCredential() {
    return new NewCredential(
        requireNonNullElse(name, "").strip(),
        requireNonNullElse(userName, "").strip(),
        given(),
        null,
        Typed.eachLine(servers));
  }

  /// Without a password it stays as it is.
  CredentialChange change() {
    return new CredentialChange(
        requireNonNullElse(userName, "").strip(), given(), null, Typed.eachLine(servers));
  }

  private @Nullable String given() {
    return password == null || password.isEmpty() ? null : password;
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
