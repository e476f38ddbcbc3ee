package dev.edj.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Speaks HTTP with a service, as the token's bearer unless said otherwise.
record Client(URI url, String token) {

  private static final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer post(String path, String json) {
    return send("POST", path, json);
  }

  Answer post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()));
  }

  Answer patch(String path, String json) {
    return send("PATCH", path, json);
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  Answer send(String method, String path, String json) {
    return send(method, path, BodyPublishers.ofString(json));
  }

  Answer send(String method, String path, BodyPublisher json) {
    return send(request(path).header("Content-Type", "application/json").method(method, json));
  }

  HttpRequest.Builder request(String path) {
    String full = path.startsWith("/") ? path : "/api/v1/" + path;
    return HttpRequest.newBuilder(URI.create(url + full))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }

  Answer send(HttpRequest.Builder request) {
    return send(request.build());
  }

  static Answer send(HttpRequest request) {
    try {
      return new Answer(http.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new AssertionError("no answer to " + request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// The whole answer to a request that no proper client would send.
  String raw(String request) throws IOException {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// A name as one segment of a path.
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
