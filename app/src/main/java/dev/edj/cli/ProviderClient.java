package dev.edj.cli;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Speaks to an OpenID provider, by https or on this machine, and follows it nowhere else.
final class ProviderClient {

  private static final Duration CONNECTING = Duration.ofSeconds(5);
  private static final Duration ANSWERING = Duration.ofSeconds(15);
  private static final long LARGEST_BYTES = 512 << 10;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECTING)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /// What a provider answers to a form.
  ///
  /// @param error why it refuses, as its protocol calls it; null when it does not
  record Reply(JsonNode json, @Nullable String error) {}

  /// What it publishes of itself (OpenID Connect Discovery 1.0).
  JsonNode metadata(URI issuer) {
    requireEncryption(issuer, issuer);
    String slash = issuer.toString().endsWith("/") ? "" : "/";
    URI document = URI.create(issuer + slash + ".well-known/openid-configuration");
    HttpResponse<String> answer = send(HttpRequest.newBuilder(document));
    JsonNode json = parsed(answer, issuer);
    if (answer.statusCode() != 200 || !json.path("issuer").asString("").equals(issuer.toString())) {
      throw unavailable(issuer, "it publishes nothing of that name");
    }
    return json;
  }

  /// An address that the provider publishes.
  static URI endpoint(JsonNode metadata, URI issuer, String name) {
    try {
      URI address = URI.create(metadata.path(name).asString(""));
      requireEncryption(address, issuer);
      return address;
    } catch (IllegalArgumentException e) {
      throw unavailable(issuer, "its %s is no address".formatted(name));
    }
  }

  /// Only a provider on this machine, as for tests, may be reached without TLS, and lead nowhere
  /// else without.
  private static void requireEncryption(URI address, URI issuer) {
    boolean encrypted = "https".equalsIgnoreCase(address.getScheme());
    boolean local =
        "http".equalsIgnoreCase(address.getScheme())
            && address.getHost() != null
            && ServiceFinder.isLoopback(address)
            && "http".equalsIgnoreCase(issuer.getScheme());
    if (address.getHost() == null || !(encrypted || local)) {
      throw unavailable(issuer, "%s is not reached by https".formatted(address));
    }
  }

  /// Sends a form.
  Reply post(URI endpoint, Map<String, String> form) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form))));
    JsonNode json = parsed(answer, endpoint);
    return new Reply(
        json,
        answer.statusCode() == 200
            ? null
            : json.path("error").asString("status " + answer.statusCode()));
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(joining("&"));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    HttpRequest built = request.header("Accept", "application/json").timeout(ANSWERING).build();
    try {
      return http.send(
          built,
          BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST_BYTES));
    } catch (IOException e) {
      throw unavailable(built.uri(), e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "interrupted", e);
    }
  }

  private static JsonNode parsed(HttpResponse<String> answer, URI where) {
    try {
      return Json.mapper().readTree(answer.body());
    } catch (JacksonException e) {
      throw unavailable(where, "it answers with status %d".formatted(answer.statusCode()));
    }
  }

  private static CommandException unavailable(URI provider, String reason) {
    return new CommandException(
        ExitCode.UNAVAILABLE,
        "the OpenID provider at %s cannot be asked: %s".formatted(provider, reason));
  }
}
