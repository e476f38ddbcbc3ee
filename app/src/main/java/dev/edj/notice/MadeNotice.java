package dev.edj.notice;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;

/// A notice with a signing key that was made now.
///
/// @param secret what receivers check signatures with; nobody can find it out again
public record MadeNotice(Notice notice, @Sensitive(shownOnce = true) String secret) {

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
