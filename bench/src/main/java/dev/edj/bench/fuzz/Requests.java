package dev.edj.bench.fuzz;

import dev.edj.bench.fuzz.ApiDocument.Operation;
import dev.edj.bench.fuzz.ApiDocument.Parameter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes the requests: each from the seed and its number.
final class Requests {

  private static final int MANGLED = 25;
  private static final int ANONYMOUS = 40;
  private static final int BROKEN_BODY = 30;

  private static final List<String> MEDIA_TYPES =
      List.of(
          "application/json",
          "application/json; charset=utf-16",
          "application/xml",
          "text/plain",
          "multipart/form-data; boundary=x",
          "application/x-www-form-urlencoded",
          "application/octet-stream",
          "a/b/c",
          "*/*");

  private static final List<String> HEADERS =
      List.of(
          "X-HTTP-Method-Override: DELETE",
          "X-Forwarded-For: 127.0.0.1",
          "X-Forwarded-Host: evil.invalid",
          "X-Forwarded-Prefix: /%2e%2e/",
          "Forwarded: for=unknown;host=evil.invalid",
          "X-Original-URL: /api/v1/jobs",
          "Accept: application/xml",
          "Accept: */*;q=0",
          "Accept: text/html",
          "Accept-Encoding: gzip;q=0, *",
          "Accept-Language: \u00e9",
          "Content-Encoding: gzip",
          "Range: bytes=0-0,5-1,-1",
          "If-None-Match: *",
          "If-Modified-Since: never",
          "Expect: 100-continue",
          "Cookie: edj=1; JSESSIONID=../x; a=\"",
          "Origin: https://evil.invalid",
          "Last-Event-ID: 0",
          "Authorization: Basic YTpi",
          "Transfer-Encoding: gzip, chunked",
          "X: " + "y".repeat(7_000));

  /// @param operation what it was made from
  /// @param anonymous sent without the token, or with a wrong one
  /// @param mangled not HTTP, or not this operation's any more
  @SuppressWarnings("ArrayRecordComponent") // Written once, and never compared.
  record Made(int number, Operation operation, boolean anonymous, boolean mangled, byte[] bytes) {

    /// So that it can be sent again: `printf '…' | nc`.
    @Override
    public String toString() {
      String text = new String(bytes, StandardCharsets.UTF_8);
      return "request %d (%s): %s"
          .formatted(
              number, operation, text.length() > 2_000 ? text.substring(0, 2_000) + "…" : text)
          .replaceAll("Bearer [A-Za-z0-9_-]+", "Bearer ***");
    }
  }

  private final List<Operation> operations;
  private final Values values;
  private final String host;
  private final String token;
  private final long seed;

  /// @param host with the port
  Requests(List<Operation> operations, Values values, String host, String token, long seed) {
    this.operations = operations;
    this.values = values;
    this.host = host;
    this.token = token;
    this.seed = seed;
  }

  Made make(int number) {
    Random random = new Random(seed * 1_000_003 + number);
    Operation operation = operations.get(random.nextInt(operations.size()));
    boolean anonymous = random.nextInt(ANONYMOUS) == 0;
    boolean mangled = random.nextInt(MANGLED) == 0;
    byte[] body = body(random, operation);
    StringBuilder head = new StringBuilder();
    head.append("%s %s HTTP/1.1\r\n".formatted(operation.method(), target(random, operation)));
    head.append("Host: ").append(host).append("\r\nConnection: close\r\n");
    if (!anonymous) {
      head.append("Authorization: Bearer ").append(token).append("\r\n");
    } else if (random.nextBoolean()) {
      head.append("Authorization: Bearer ").append(token.substring(1)).append("x\r\n");
    }
    String type = operation.takesBytes() ? "application/octet-stream" : "application/json";
    if (body != null) {
      head.append("Content-Type: ")
          .append(random.nextInt(30) == 0 ? Values.any(random, MEDIA_TYPES) : type)
          .append("\r\nContent-Length: ")
          .append(body.length)
          .append("\r\n");
    }
    if (random.nextInt(15) == 0) {
      mangled |= addHeader(random, head);
    }
    byte[] whole = joined(head.append("\r\n").toString(), body);
    return new Made(number, operation, anonymous, mangled, mangled ? mangle(random, whole) : whole);
  }

  /// Returns whether it leaves the request what it was.
  private static boolean addHeader(Random random, StringBuilder head) {
    String header = Values.any(random, HEADERS);
    head.append(header).append("\r\n");
    return header.startsWith("Transfer")
        || header.startsWith("Accept")
        || header.startsWith("Authorization")
        || header.startsWith("Content");
  }

  private String target(Random random, Operation operation) {
    String path = operation.path();
    List<String> query = new ArrayList<>();
    for (Parameter parameter : operation.parameters()) {
      if (parameter.inPath()) {
        path =
            path.replace(
                "{" + parameter.name() + "}", encoded(values.parameter(random, parameter)));
      } else {
        for (int times = times(random, parameter); times > 0; times--) {
          query.add(parameter.name() + "=" + encoded(values.parameter(random, parameter)));
        }
      }
    }
    if (random.nextInt(40) == 0) {
      query.add("nonsense=" + encoded(values.hostile(random)));
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private static int times(Random random, Parameter parameter) {
    if (parameter.required()) {
      return random.nextInt(15) == 0 ? 0 : 1 + random.nextInt(2);
    }
    return random.nextInt(4) == 0 ? 1 + random.nextInt(20) / 19 : 0;
  }

  private byte @Nullable [] body(Random random, Operation operation) {
    if (operation.takesBytes()) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      return joined(random.nextBoolean() ? "PK\u0003\u0004" : "", bytes);
    }
    JsonNode schema = operation.body();
    if (schema == null) {
      return null;
    }
    byte[] text =
        Values.written(random, values.json(random, "body", schema, 0))
            .getBytes(StandardCharsets.UTF_8);
    return random.nextInt(BROKEN_BODY) == 0 ? mangle(random, text) : text;
  }

  /// A few bytes are others, are more, or are gone.
  private static byte[] mangle(Random random, byte[] bytes) {
    byte[] mangled = bytes.clone();
    for (int i = random.nextInt(4); i >= 0 && mangled.length > 0; i--) {
      int at = random.nextInt(Math.min(mangled.length, 1_000));
      switch (random.nextInt(3)) {
        case 0 -> mangled[at] = (byte) random.nextInt(256);
        case 1 -> mangled = Arrays.copyOf(mangled, at);
        default -> {
          byte[] longer = Arrays.copyOf(mangled, mangled.length + 1);
          System.arraycopy(mangled, at, longer, at + 1, mangled.length - at);
          mangled = longer;
        }
      }
    }
    return mangled;
  }

  private static byte[] joined(String head, byte @Nullable [] body) {
    byte[] first = head.getBytes(StandardCharsets.UTF_8);
    if (body == null) {
      return first;
    }
    byte[] whole = Arrays.copyOf(first, first.length + body.length);
    System.arraycopy(body, 0, whole, first.length, body.length);
    return whole;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
