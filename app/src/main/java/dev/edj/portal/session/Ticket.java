package dev.edj.portal.session;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.time.Instant;

/// A link that signs somebody in to the portal, once.
///
/// @param path to follow on the service's address; it holds the secret
public record Ticket(@Sensitive(shownOnce = true) String path, Instant expiresAt) {

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
