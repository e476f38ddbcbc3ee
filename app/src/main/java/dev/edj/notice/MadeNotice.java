package dev.edj.notice;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import org.jspecify.annotations.Nullable;

/// A notice with the signing key that was made now, if it is a webhook.
///
/// @param secret what receivers check signatures with; nobody can find it out again; null for
///   e-mail
public record MadeNotice(Notice notice, @Sensitive(shownOnce = true) @Nullable String secret) {

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
