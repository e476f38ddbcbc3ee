package dev.edj.portal.job;

import static java.util.Objects.requireNonNullElse;

import dev.edj.credential.NewCredential;
import dev.edj.portal.site.Typed;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;

/// The credential of a step: an existing one, or a new one, which is made before the job is.
///
/// @param name of the new one; empty means that there is none
/// @param password never sent back
/// @param servers patterns, separated by commas
record LoginForm(
    String credential, String name, String userName, @Sensitive String password, String servers) {

  static final LoginForm NOTHING = existing("");

  LoginForm {
    credential = requireNonNullElse(credential, "").strip();
    name = requireNonNullElse(name, "").strip();
    userName = requireNonNullElse(userName, "").strip();
    password = requireNonNullElse(password, "");
    servers = requireNonNullElse(servers, "");
  }

  static LoginForm existing(String credential) {
    return new LoginForm(credential, "", "", "", "");
  }

  /// Whether a new one is to be made.
  public boolean isNew() {
    return !name.isEmpty() || !userName.isEmpty() || !password.isEmpty();
  }

  NewCredential newCredential() {
    return new NewCredential(
        name,
        userName,
        password.isEmpty() ? null : password,
        null,
        new Typed("servers", servers).list());
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
