package dev.edj.engine;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;

/// A password that does not show itself: not in `toString`, so not in logs or other records.
public record Password(@Sensitive String text) {

  /// What `message` says, without the password.
  String scrub(String message) {
    return text.isEmpty() ? message : message.replace(text, Masked.MARK);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
