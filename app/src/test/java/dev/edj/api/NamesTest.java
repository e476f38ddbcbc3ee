package dev.edj.api;

import static dev.edj.api.Client.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Any name works as a part of a path once it is encoded, and no path leads anywhere else.
class NamesTest {

  private final Client client = TestService.shared().client();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "100%",
        "a;b=c",
        "a\\b",
        "a]b[c",
        "it's",
        "a\"b",
        "postgresql://host:5433/db",
        "a/../b",
        "a/./b",
        "%2F",
        "%2e%2e",
        "a%00b",
        "a+b c",
        "a?b#c",
        "a&b",
        "{name}",
        "<script>",
        "a|b^c`d",
        "日本語",
        "Ünïcödé",
        "a\u2028b",
        "👍",
        "...",
        "latest"
      })
  void aNameComesBackAsItWasGiven(String part) {
    String name = part + "~" + UUID.randomUUID();
    String json = "{\"name\": %s, \"text\": \"SELECT 1\"}".formatted(quoted(name));

    Answer created = client.post("contents", json);

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    Answer found = client.get("contents/" + segment(name));
    assertThat(found.status()).as(found.text()).isEqualTo(200);
    assertThat(found.json().get("name").asString()).isEqualTo(name);
    assertThat(client.get(created.header("Location")).json()).isEqualTo(found.json());
    assertThat(client.get("contents/" + segment(name) + "/versions/latest").status())
        .isEqualTo(200);
    assertThat(client.delete("contents/" + segment(name)).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/health/../../api/v1/jobs",
        "/actuator/health/..%2f..%2fapi/v1/jobs",
        "/actuator/health/%2e%2e/%2e%2e/api/v1/jobs",
        "/actuator/health;/../api/v1/jobs",
        "/openapi.json/../api/v1/jobs",
        "/openapi.json;/api/v1/jobs",
        "//api/v1/jobs",
        "/api//v1/jobs",
        "/api/v1/jobs;x=y",
        "/./api/v1/jobs",
        "/%2e/api/v1/jobs",
        "/api/v1/jobs%00",
        "/api/v1/jobs%0a",
        "/api/v1/jobs%zz",
        "/api/v1/jobs\\x",
        "/api/v1/<>",
        "http://127.0.0.1/api/v1/jobs",
        "*"
      })
  void aCraftedPathGetsNothingWithoutTheToken(String path) throws IOException {
    String answer =
        client.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).containsPattern("^HTTP/1.1 (400|401|404)");
    assertThat(answer).contains("application/problem+json").contains("\"code\":");
    assertThat(answer).doesNotContain("Tomcat").doesNotContain("<html");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi.json%2f..%2fapi/v1/jobs",
        "/openapi.json%5c..%5capi%5cv1%5cjobs",
        "/api%2fv1%2fjobs"
      })
  void aPathThatIsNoneOfTheApisIsAPageForThoseWhoAreSignedIn(String path) throws IOException {
    assertThat(
            client.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 303")
        .contains("\r\nLocation: /sign-in?next=");
  }

  private static String quoted(String text) {
    return tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(text);
  }

  @Test
  void aSlashThatIsNotEncodedIsAnotherRoute() {
    assertThat(client.get("contents/a/b").problem()).isEqualTo("404 NOT_FOUND");
  }
}
