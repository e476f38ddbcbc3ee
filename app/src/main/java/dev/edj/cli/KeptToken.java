package dev.edj.cli;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token of an OpenID provider that `edj sign-in` keeps, and how it is followed by another.
///
/// @param kind which of the provider's tokens the service takes: `access_token` or `id_token`
/// @param refreshToken null when the provider gives none: whoever wants to go on signs in again
/// @param endpoint where another token is given
record KeptToken(
    @Sensitive String token,
    String kind,
    Instant expiresAt,
    @Sensitive @Nullable String refreshToken,
    URI endpoint,
    String clientId) {

  /// A request takes some time, and clocks differ.
  private static final Duration EARLY = Duration.ofSeconds(30);

  boolean isGood(Instant now) {
    return now.isBefore(expiresAt.minus(EARLY));
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
