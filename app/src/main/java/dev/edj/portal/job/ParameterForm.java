package dev.edj.portal.job;

import static java.util.Objects.requireNonNullElse;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;

/// A parameter of a job as it was typed.
///
/// @param value of a secret that the job has already, empty means that it stays as it is; secrets
///   are never sent back
/// @param asked it has to be given at each start
/// @param known a secret that the job has already
record ParameterForm(
    String name, @Sensitive String value, Boolean secret, Boolean asked, Boolean known) {

  static final ParameterForm NOTHING = new ParameterForm("", "", false, false, false);

  ParameterForm {
    name = requireNonNullElse(name, "").strip();
    value = requireNonNullElse(value, "");
    secret = requireNonNullElse(secret, false);
    asked = requireNonNullElse(asked, false);
    known = requireNonNullElse(known, false);
  }

  /// Whether it leaves a secret as it is.
  boolean keeps() {
    return secret && known && !asked && value.isEmpty();
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
