package dev.edj.portal.session;

import static java.util.Objects.requireNonNullElse;

import dev.edj.access.SignIn;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import org.jspecify.annotations.Nullable;

/// What is typed to sign in: a user's name and password, or the token of the service.
record SignInForm(
    @Nullable String user,
    @Sensitive @Nullable String password,
    @Sensitive @Nullable String token) {

  static final SignInForm EMPTY = new SignInForm(null, null, null);

  SignIn signIn() {
    return new SignIn(requireNonNullElse(user, "").strip(), requireNonNullElse(password, ""), null);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
