package dev.edj.settings;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import org.jspecify.annotations.Nullable;

/// Where the password of the mail server comes from: one of the two, or none.
///
/// @param text the password itself, from a variable or a file
/// @param command prints it, each time it is needed
public record SmtpPassword(@Sensitive @Nullable String text, @Nullable String command) {

  public static final SmtpPassword NONE = new SmtpPassword(null, null);

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
