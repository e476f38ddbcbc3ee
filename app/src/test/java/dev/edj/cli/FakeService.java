package dev.edj.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A real HTTP server that gives prepared answers in their order and remembers what it was asked.
final class FakeService implements AutoCloseable {

  record Request(String line, @Nullable String authorization, String body) {}

  /// @param missing bytes that are announced and not sent
  private record Answer(int status, String type, String body, int missing) {}

  private final HttpServer server;
  private final List<Answer> answers = new ArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  FakeService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  FakeService answers(String json) {
    return answers(200, "application/json", json);
  }

  FakeService answers(int status, String type, String body) {
    answers.add(new Answer(status, type, body, 0));
    return this;
  }

  /// Breaks the connection off behind the body.
  FakeService breaksOffAfter(String type, String body) {
    answers.add(new Answer(200, type, body, 1));
    return this;
  }

  List<Request> requests() {
    return requests;
  }

  List<String> lines() {
    return requests.stream().map(Request::line).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          new Request(
              exchange.getRequestMethod() + " " + exchange.getRequestURI(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      Answer answer = answers.removeFirst();
      byte[] body = answer.body.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", answer.type);
      exchange.sendResponseHeaders(
          answer.status, body.length == 0 ? -1 : body.length + answer.missing);
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
