package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a service as programs and browsers do, and keeps every answer with all its headers.
final class Asker implements AutoCloseable {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern FORM_TOKEN =
      Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  /// @param shown the secrets that are shown once, in this answer
  record Answer(
      String method, String path, String sent, int status, String text, Set<String> shown) {

    boolean isTaken() {
      return status < 400;
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(text.substring(text.indexOf("\n\n") + 2));
    }
  }

  private final URI service;
  private final List<Answer> answers = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  Asker(URI service) {
    this.service = service;
  }

  List<Answer> answers() {
    return answers;
  }

  /// @param token what the request shows as its bearer's
  Answer api(String token, String method, String path, String json, String... shown) {
    return send(
        method,
        "/api/v1" + path,
        json,
        Map.of("Authorization", "Bearer " + token, "Content-Type", JSON),
        shown);
  }

  Answer get(String path, Map<String, String> headers, String... shown) {
    return send("GET", path, "", headers, shown);
  }

  /// Opens a page with a form, and sends it filled in.
  ///
  /// @param cookie what a browser has
  Answer form(String page, String cookie, Map<String, String> fields, String... shown) {
    Answer opened = get(page, cookie.isEmpty() ? Map.of() : Map.of("Cookie", cookie));
    Matcher token = FORM_TOKEN.matcher(opened.text());
    assertThat(token.find()).as(opened.text()).isTrue();
    String all = cookie + (cookie.isEmpty() ? "" : "; ") + cookies(opened);
    String body =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&", "_csrf=" + encoded(token.group(1)) + "&", ""));
    return send("POST", page, body, Map.of("Content-Type", FORM, "Cookie", all), shown);
  }

  /// What the answer has a browser keep.
  static String cookies(Answer answer) {
    return Pattern.compile("(?mi)^set-cookie: ([^;\n]+)")
        .matcher(answer.text())
        .results()
        .map(cookie -> cookie.group(1))
        .filter(cookie -> !cookie.endsWith("="))
        .collect(Collectors.joining("; "));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  Answer send(
      String method, String path, String body, Map<String, String> headers, String... shown) {
    BodyPublisher publisher =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.resolve(path))
            .timeout(Duration.ofMinutes(1))
            .method(method, publisher);
    headers.forEach(request::header);
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      String head =
          response.headers().map().entrySet().stream()
              .flatMap(field -> field.getValue().stream().map(it -> field.getKey() + ": " + it))
              .collect(Collectors.joining("\n"));
      return kept(
          new Answer(
              method,
              path,
              body,
              response.statusCode(),
              head + "\n\n" + response.body(),
              Set.of(shown)));
    } catch (IOException e) {
      throw new AssertionError("no answer to " + method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// What no proper client would send.
  Answer raw(String request) throws IOException {
    try (Socket socket = new Socket(service.getHost(), service.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String text =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .replace("\r\n", "\n");
      return kept(new Answer("RAW", "", "", 400, text, Set.of()));
    }
  }

  private Answer kept(Answer answer) {
    answers.add(answer);
    return answer;
  }

  @Override
  public void close() {
    http.close();
  }
}
