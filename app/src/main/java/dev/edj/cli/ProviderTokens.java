package dev.edj.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What an OpenID provider gave out, as it answered it.
record ProviderTokens(JsonNode answer) {

  /// In the order in which they are tried: an access token is meant for programs, and some
  /// providers make it out for nobody else but themselves.
  static final List<String> KINDS = List.of("access_token", "id_token");

  @Nullable String token(String kind) {
    return text(kind);
  }

  @Nullable String refreshToken() {
    return text("refresh_token");
  }

  private @Nullable String text(String field) {
    JsonNode value = answer.path(field);
    return value.isString() && !value.asString().isEmpty() ? value.asString() : null;
  }

  /// As the token itself says; else as the provider said beside it.
  Instant expiry(String token, Instant now) {
    JsonNode expires = claims(token).path("exp");
    return expires.isNumber()
        ? Instant.ofEpochSecond(expires.asLong())
        : now.plusSeconds(answer.path("expires_in").asLong(0));
  }

  private static JsonNode claims(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      return parts.length < 2
          ? Json.mapper().createObjectNode()
          : Json.mapper()
              .readTree(
                  new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | JacksonException _) {
      return Json.mapper().createObjectNode();
    }
  }

  /// Never what is in it.
  @Override
  public String toString() {
    return "ProviderTokens[]";
  }
}
