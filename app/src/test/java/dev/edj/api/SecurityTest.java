package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Nobody comes in without the token, and nobody under a foreign host's name.
class SecurityTest {

  private final Client client = TestService.shared().client();

  @Test
  void everyRouteOfTheDocumentNeedsTheToken() {
    JsonNode paths = withoutToken("GET", "/openapi.json").json().get("paths");
    List<String> open = new ArrayList<>();
    int routes = 0;
    for (var path : paths.properties()) {
      for (String method : path.getValue().propertyNames()) {
        routes++;
        String concrete = path.getKey().replaceAll("\\{[^}]*}", "x");
        Answer answer = withoutToken(method.toUpperCase(Locale.ROOT), concrete);
        if (answer.status() != 401 || !answer.problem().equals("401 UNAUTHORIZED")) {
          open.add(method + " " + path.getKey());
        }
      }
    }

    assertThat(routes).isGreaterThan(40);
    // Where a password is exchanged for a token, and where else to sign in.
    assertThat(open)
        .containsExactlyInAnyOrder("post /api/v1/sign-in", "get /api/v1/sign-in/provider");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/prometheus",
        "/actuator",
        "/actuator/env",
        "/actuator/health/db",
        "/openapi.json.yaml",
        "/openapi.json/swagger-config",
        "/api",
        "/api/nothing",
        "/api/v2/jobs",
        "/%61pi/v1/jobs"
      })
  void otherPathsNeedTheTokenToo(String path) {
    assertThat(withoutToken("GET", path).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/actuator/health", "/openapi.json"})
  void twoPathsAreOpenForReading(String path) {
    assertThat(withoutToken("GET", path).status()).isEqualTo(200);
    assertThat(withoutToken("POST", path).status()).isEqualTo(401);
  }

  @Test
  void healthSaysNothingButUp() {
    assertThat(withoutToken("GET", "/actuator/health").text()).isEqualTo("{\"status\":\"UP\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "Bearer x", "Bearer null", "Basic YTpi", "x"})
  void aWrongTokenIsNoToken(String authorization) {
    Answer answer =
        Client.send(
            HttpRequest.newBuilder(URI.create(client.url() + "/api/v1/jobs"))
                .header("Authorization", authorization)
                .build());

    assertThat(answer.problem()).isEqualTo("401 UNAUTHORIZED");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"edj\"");
  }

  @Test
  void theTokenInTheQueryIsNoToken() {
    assertThat(withoutToken("GET", "/api/v1/jobs?access_token=" + client.token()).status())
        .isEqualTo(401);
  }

  @Test
  void theTokenOpensTheMetrics() {
    assertThat(client.get("/actuator/prometheus").text()).contains("jvm_threads_live_threads");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example.com", "localhost.evil.example.com", "127.0.0.1.nip.io", "10.0.0.1"})
  void aForeignHostNameIsRefusedEvenWithTheToken(String host) throws IOException {
    assertThat(rawWithToken(host)).startsWith("HTTP/1.1 403").contains("\"FORBIDDEN\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:8740", "[::1]:8740"})
  void thisMachinesNamesAreKnown(String host) throws IOException {
    assertThat(rawWithToken(host)).startsWith("HTTP/1.1 200");
  }

  @Test
  void answersCarrySecurityHeadersAndNoSession() {
    Answer answer = client.get("jobs");

    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.header("Set-Cookie")).isEmpty();
    assertThat(answer.header("Server")).isEmpty();
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
  }

  private String rawWithToken(String host) throws IOException {
    return client.raw(
        """
        GET /api/v1/service HTTP/1.1\r
        Host: %s\r
        Authorization: Bearer %s\r
        Connection: close\r
        \r
        """
            .formatted(host, client.token()));
  }

  private Answer withoutToken(String method, String path) {
    return Client.send(
        HttpRequest.newBuilder(URI.create(client.url() + path))
            .method(method, BodyPublishers.noBody())
            .build());
  }
}
