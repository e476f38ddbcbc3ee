package dev.edj.access;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;

/// A token that was made now.
///
/// @param secret what is to be shown as the token; nobody can find it out again
public record MadeToken(Token token, @Sensitive(shownOnce = true) String secret) {

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
