package dev.edj.web.oidc;

import dev.edj.settings.OidcSettings;
import java.io.IOException;
import java.net.URI;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a provider publishes of itself (OpenID Connect Discovery 1.0).
///
/// @param keys where its public keys are
record ProviderMetadata(URI keys) {

  static URI location(OidcSettings settings) {
    String issuer = settings.issuer().toString();
    String slash = issuer.endsWith("/") ? "" : "/";
    return URI.create(issuer + slash + ".well-known/openid-configuration");
  }

  static ProviderMetadata read(String json, OidcSettings settings) throws IOException {
    JsonNode document;
    try {
      document = JsonMapper.shared().readTree(json);
    } catch (JacksonException e) {
      throw new IOException("it does not publish what an OpenID provider publishes", e);
    }
    String issuer = document.path("issuer").asString("");
    if (!issuer.equals(settings.issuer().toString())) {
      throw new IOException("it calls itself '%s'".formatted(issuer));
    }
    return new ProviderMetadata(address(document, "jwks_uri", settings));
  }

  /// A provider that is reached by HTTPS cannot lead anywhere without.
  private static URI address(JsonNode document, String field, OidcSettings settings)
      throws IOException {
    URI uri;
    try {
      uri = URI.create(document.path(field).asString(""));
    } catch (IllegalArgumentException e) {
      throw new IOException("its %s is no URL".formatted(field), e);
    }
    boolean encrypted = "https".equals(uri.getScheme());
    boolean onThisMachine =
        "http".equals(uri.getScheme())
            && settings.issuer().getScheme().equals("http")
            && settings.issuer().getHost().equals(uri.getHost());
    if (uri.getHost() == null || !(encrypted || onThisMachine)) {
      throw new IOException("its %s is not reached by https".formatted(field));
    }
    return uri;
  }
}
