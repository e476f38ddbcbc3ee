package dev.edj.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.TestControlDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A live page's stream says how things stand at once, and holds up nobody.
@Timeout(60)
class LiveStreamTest {

  private final PortalService service = PortalService.startOn(TestControlDatabase.create());
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    http.close();
    service.close();
  }

  @Test
  void itBeginsWithHowThingsStand() throws Exception {
    try (BufferedReader stream = open(signIn())) {
      assertThat(nextEvent(stream)).isEqualTo("update");
    }
  }

  @Test
  void itEndsWithTheSession() throws Exception {
    String cookie = signIn();
    try (BufferedReader stream = open(cookie)) {
      assertThat(nextEvent(stream)).isEqualTo("update");
      service.controlDatabase().useHandle(handle -> handle.execute("DELETE FROM portal_session"));

      String event = nextEvent(stream);
      while (event.equals("update")) {
        event = nextEvent(stream);
      }
      assertThat(event).isEqualTo("signed-out");
      assertThat(stream.lines()).allMatch(line -> !line.startsWith("event:"));
    }
  }

  @Test
  void itDoesNotHoldUpTheStopOfTheService() throws Exception {
    try (BufferedReader stream = open(signIn())) {
      assertThat(nextEvent(stream)).isEqualTo("update");

      Instant begin = Instant.now();
      service.server().close();

      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(4));
      assertThat(stream.lines()).isNotNull();
    }
  }

  private static String nextEvent(BufferedReader stream) throws IOException {
    for (String line = stream.readLine(); line != null; line = stream.readLine()) {
      if (line.startsWith("event: ")) {
        return line.substring("event: ".length());
      }
    }
    return "none";
  }

  private String signIn() throws Exception {
    HttpResponse<Void> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(service.ticket())).build(),
            BodyHandlers.discarding());
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith("edj-session"))
        .findFirst()
        .orElseThrow()
        .replaceFirst(";.*", "");
  }

  private BufferedReader open(String cookie) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(service.url("/events"))
            .header("Cookie", cookie)
            .header("Accept", "text/event-stream")
            .build();
    return new BufferedReader(
        new InputStreamReader(
            http.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
  }
}
