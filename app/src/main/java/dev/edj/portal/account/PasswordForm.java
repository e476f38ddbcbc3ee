package dev.edj.portal.account;

import static java.util.Objects.requireNonNullElse;

import dev.edj.problem.EdjException;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import org.jspecify.annotations.Nullable;

/// A new password, typed twice. Nothing of it is shown again.
///
/// @param current the one before, of whoever changes their own
record PasswordForm(
    @Sensitive @Nullable String current,
    @Sensitive @Nullable String password,
    @Sensitive @Nullable String repeated) {

  static final PasswordForm EMPTY = new PasswordForm(null, null, null);

  String before() {
    return requireNonNullElse(current, "");
  }

  String checked() {
    String typed = requireNonNullElse(password, "");
    if (!typed.equals(requireNonNullElse(repeated, ""))) {
      throw EdjException.invalid("repeated", "is not the same");
    }
    return typed;
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
