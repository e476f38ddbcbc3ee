package dev.edj.engine;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;

/// A password that does not show itself: not in `toString`, so not in logs or other records.
public record Password(@Sensitive String text) {

  /// That of a login which needs none.
  public static final Password NONE = new Password("");

  public boolean isNone() {
    return text.isEmpty();
  }

  /// What `message` says, without the password.
  String scrub(String message) {
    return isNone() ? message : message.replace(text, Masked.MARK);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
