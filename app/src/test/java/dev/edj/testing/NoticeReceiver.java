package dev.edj.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A server on this machine that webhooks are sent to, and that keeps what it gets.
public final class NoticeReceiver implements AutoCloseable {

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Map<String, Answering> answers = new ConcurrentHashMap<>();

  private NoticeReceiver(HttpServer server) {
    this.server = server;
  }

  public static NoticeReceiver start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      NoticeReceiver receiver = new NoticeReceiver(server);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", receiver::take);
      server.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How one path answers; else it is 204.
  public interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  /// `http://127.0.0.1:…`
  public String place() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public void answers(String path, Answering answering) {
    answers.put(path, answering);
  }

  public List<Received> all() {
    return List.copyOf(received);
  }

  public List<Received> received(String path) {
    return received.stream().filter(one -> one.path().equals(path)).toList();
  }

  /// Of what came, in the order in which it came.
  public List<String> ids(String lastSegment) {
    return received("/" + lastSegment).stream().map(one -> one.header("webhook-id")).toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      received.add(new Received(path, exchange.getRequestHeaders(), body));
      Answering answering = answers.get(path);
      if (answering == null) {
        exchange.sendResponseHeaders(204, -1);
      } else {
        answering.answer(exchange);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /// One request.
  public record Received(String path, Headers headers, String body) {

    public String header(String name) {
      return Optional.ofNullable(headers.getFirst(name)).orElse("");
    }
  }
}
