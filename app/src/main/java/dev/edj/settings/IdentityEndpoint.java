package dev.edj.settings;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where this machine of Azure asks for tokens of its managed identities.
///
/// @param secret what App Service, Container Apps and Functions want to be told; null for the
///   metadata service of virtual machines
public record IdentityEndpoint(URI address, @Sensitive @Nullable String secret) {

  /// That of virtual machines, scale sets and AKS nodes, at an address that is not routed.
  public static final IdentityEndpoint METADATA =
      new IdentityEndpoint(
          URI.create("http://169.254.169.254/metadata/identity/oauth2/token"), null);

  /// As the platform's variables `IDENTITY_ENDPOINT` and `IDENTITY_HEADER` say.
  static IdentityEndpoint in(Map<String, String> environment) {
    String address = environment.get("IDENTITY_ENDPOINT");
    String secret = environment.get("IDENTITY_HEADER");
    return address == null || secret == null
        ? METADATA
        : new IdentityEndpoint(URI.create(address), secret);
  }

  @Override
  public String toString() {
    return Masked.text(this);
  }
}
