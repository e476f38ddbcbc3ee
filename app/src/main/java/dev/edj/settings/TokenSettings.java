package dev.edj.settings;

import java.time.Duration;
import java.util.List;

/// Where this node has tokens from.
///
/// @param endpoint where managed identities are asked for
/// @param lifetime how long a token is used again; default 5 minutes, a third of the time that
///   those of Amazon RDS are good for
public record TokenSettings(
    List<TokenCommandOption> commands,
    List<ManagedIdentityOption> identities,
    IdentityEndpoint endpoint,
    Duration lifetime) {

  static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(5);
  static final TokenSettings NONE =
      new TokenSettings(List.of(), List.of(), IdentityEndpoint.METADATA, DEFAULT_LIFETIME);
}
