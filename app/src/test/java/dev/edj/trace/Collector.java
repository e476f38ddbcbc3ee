package dev.edj.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Takes traces as a collector does, by OTLP over HTTP, and reads them strictly.
final class Collector implements AutoCloseable {

  private final HttpServer server;
  private final List<Received> spans = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final List<Integer> answers = new ArrayList<>();
  private int largest;

  /// A span as it came.
  record Received(
      String traceId,
      String spanId,
      @Nullable String parentId,
      String name,
      int kind,
      long start,
      long end,
      Map<String, String> attributes,
      boolean failed,
      @Nullable String linkedTrace,
      String service) {}

  Collector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:%d/v1/traces".formatted(server.getAddress().getPort()));
  }

  /// What it is to answer next, before it takes anything.
  synchronized void refuseWith(int... statuses) {
    for (int status : statuses) {
      answers.add(status);
    }
  }

  synchronized List<String> keys() {
    return List.copyOf(keys);
  }

  /// The most spans that came at once.
  synchronized int largest() {
    return largest;
  }

  /// All that came, as soon as it is as wanted.
  synchronized List<Received> await(Predicate<List<Received>> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!wanted.test(spans)) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("not all came: " + spans);
      }
      wait(left);
    }
    return List.copyOf(spans);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      String key = exchange.getRequestHeaders().getFirst("x-key");
      int status = 200;
      synchronized (this) {
        if (answers.isEmpty()) {
          keys.add(String.valueOf(key));
          int before = spans.size();
          body.required("resourceSpans").forEach(this::addAll);
          largest = Math.max(largest, spans.size() - before);
          notifyAll();
        } else {
          status = answers.removeFirst();
        }
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private void addAll(JsonNode resourceSpans) {
    String service =
        attributes(resourceSpans.required("resource")).getOrDefault("service.name", "");
    for (JsonNode scope : resourceSpans.required("scopeSpans")) {
      for (JsonNode span : scope.required("spans")) {
        spans.add(received(span, service));
      }
    }
  }

  private static Received received(JsonNode span, String service) {
    JsonNode parent = span.path("parentSpanId");
    JsonNode link = span.path("links").path(0).path("traceId");
    return new Received(
        id(span.required("traceId"), 32),
        id(span.required("spanId"), 16),
        parent.isMissingNode() ? null : id(parent, 16),
        span.required("name").stringValue(),
        span.required("kind").intValue(),
        Long.parseLong(span.required("startTimeUnixNano").stringValue()),
        Long.parseLong(span.required("endTimeUnixNano").stringValue()),
        attributes(span),
        span.path("status").path("code").asInt(0) == 2,
        link.isMissingNode() ? null : id(link, 32),
        service);
  }

  private static String id(JsonNode node, int digits) {
    String id = node.stringValue();
    if (!id.matches("[0-9a-f]{%d}".formatted(digits)) || id.matches("0+")) {
      throw new AssertionError("not an id: " + id);
    }
    return id;
  }

  private static Map<String, String> attributes(JsonNode of) {
    Map<String, String> attributes = new TreeMap<>();
    for (JsonNode attribute : of.required("attributes")) {
      JsonNode value = attribute.required("value");
      attributes.put(
          attribute.required("key").stringValue(),
          value.has("intValue")
              ? String.valueOf(Long.parseLong(value.required("intValue").stringValue()))
              : value.required("stringValue").stringValue());
    }
    return attributes;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
