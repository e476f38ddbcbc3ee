package dev.edj.web.oidc;

import dev.edj.settings.OidcSettings;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a provider publishes of itself (OpenID Connect Discovery 1.0).
///
/// @param keys where its public keys are
/// @param authorization where people say that they may be vouched for; null where nobody can
/// @param token where a code is exchanged for tokens
/// @param endSession where people sign out of it
/// @param secretInForm whether it takes a client's secret in the form only
record ProviderMetadata(
    URI keys,
    @Nullable URI authorization,
    @Nullable URI token,
    @Nullable URI endSession,
    boolean secretInForm) {

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
    List<String> methods = new ArrayList<>();
    document
        .path("token_endpoint_auth_methods_supported")
        .forEach(method -> methods.add(method.asString("")));
    return new ProviderMetadata(
        address(document, "jwks_uri", settings),
        optional(document, "authorization_endpoint", settings),
        optional(document, "token_endpoint", settings),
        optional(document, "end_session_endpoint", settings),
        methods.contains("client_secret_post") && !methods.contains("client_secret_basic"));
  }

  private static @Nullable URI optional(JsonNode document, String field, OidcSettings settings)
      throws IOException {
    return document.has(field) ? address(document, field, settings) : null;
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
