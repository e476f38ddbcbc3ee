package dev.edj.settings;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An OpenID provider that vouches for people, and what its word is worth here.
///
/// @param issuer as it stands in the provider's tokens; by HTTPS, or on this machine
/// @param clientId what the service is to the provider
/// @param clientSecret by which it is known there; null for a public client
/// @param label what the provider is called on the sign-in page
/// @param audience for whom a token has to be; usually the client id
/// @param rolesClaim where a token says what somebody is; dots lead into it: `realm_access.roles`
/// @param nameClaim where it says their name; null for `preferred_username`, `email` or `sub`,
///   whichever is there first
/// @param roles what is a role here, each `VALUE=ROLE`
public record OidcSettings(
    URI issuer,
    String clientId,
    @Sensitive @Nullable String clientSecret,
    String label,
    String audience,
    String rolesClaim,
    @Nullable String nameClaim,
    List<String> roles) {

  public static final String DEFAULT_ROLES_CLAIM = "roles";

  public OidcSettings {
    roles = List.copyOf(roles);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
