package dev.edj.portal.account;

import static java.util.Objects.requireNonNullElse;

import dev.edj.problem.EdjException;
import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import org.jspecify.annotations.Nullable;

/// A new password of one's own, typed twice, with the one before. Nothing of it is shown again.
record PasswordForm(
    @Sensitive @Nullable String current,
    @Sensitive @Nullable String password,
    @Sensitive @Nullable String repeated) {

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
