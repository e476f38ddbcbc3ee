package dev.edj.access;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import org.jspecify.annotations.Nullable;

/// What a user shows to be known.
///
/// @param device where the token of it will be kept, so that it can be told from others
public record SignIn(String user, @Sensitive String password, @Nullable String device) {

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
