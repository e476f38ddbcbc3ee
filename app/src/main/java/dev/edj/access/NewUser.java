package dev.edj.access;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A user to be made.
///
/// @param password null for one who shall not sign in, such as a program that has a token
/// @param grants null for none, who may do nothing yet
public record NewUser(
    String name,
    @Nullable String displayName,
    @Sensitive @Nullable String password,
    @Nullable List<Grant> grants) {

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
