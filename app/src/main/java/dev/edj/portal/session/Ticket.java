package dev.edj.portal.session;

import java.time.Instant;

/// A link that signs somebody in to the portal, once.
///
/// @param path to follow on the service's address; it holds the secret
public record Ticket(String path, Instant expiresAt) {

  @Override
  public String toString() {
    return "Ticket[until " + expiresAt + "]";
  }
}
