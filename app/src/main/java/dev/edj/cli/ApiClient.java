package dev.edj.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// Speaks to the service's REST API; every answer comes back as one of the features' records. A
/// failure is a [CommandException] with the exit code that fits.
final class ApiClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  // Longer than the longest the service holds a request (a wait of 60 seconds).
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration FILE_TIMEOUT = Duration.ofMinutes(10);
  private static final int LARGEST_PAGE = 1_000;
  private static final String JSON = "application/json, application/problem+json";

  private final ServiceAddress service;
  private final JsonMapper mapper = Json.mapper();
  private final HttpClient http;

  ApiClient(ServiceAddress service) {
    this.service = service;
    // No redirect is followed: the token is for this address only.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  <T> Answer<T> get(Class<T> type, ApiPath path) {
    return read(type, send("GET", path, null));
  }

  /// What may take long to find out.
  <T> Answer<T> get(Class<T> type, ApiPath path, Duration patience) {
    return read(
        type,
        answered(
            http(request("GET", path, null, JSON).timeout(patience), BodyHandlers.ofString())));
  }

  <T> Answer<T> post(Class<T> type, ApiPath path, @Nullable Object body) {
    return read(type, send("POST", path, body));
  }

  /// Sends a file as it is.
  <T> Answer<T> postFile(Class<T> type, ApiPath path, Path file) {
    CommandException.refuseDirectory(file);
    try {
      return postFile(type, path, BodyPublishers.ofFile(file));
    } catch (FileNotFoundException e) {
      throw new CommandException(ExitCode.BAD_INPUT, "there is no file " + file, e);
    }
  }

  /// Sends what is in a file.
  <T> Answer<T> postFile(Class<T> type, ApiPath path, BodyPublisher bytes) {
    HttpRequest.Builder request =
        request("POST", path, null, JSON)
            .header("Content-Type", "application/octet-stream")
            .POST(bytes)
            .timeout(FILE_TIMEOUT);
    return read(type, answered(http(request, BodyHandlers.ofString())));
  }

  <T> Answer<T> patch(Class<T> type, ApiPath path, Object change) {
    return read(type, send("PATCH", path, change));
  }

  /// Asks for something to be done, and for no answer.
  void order(String method, ApiPath path, @Nullable Object body) {
    send(method, path, body);
  }

  /// A complete listing.
  <T> Answer<List<T>> list(Class<T> type, ApiPath path) {
    return page(type, path);
  }

  /// The first `limit` rows of a listing that comes in pages; 0 means all.
  <T> Answer<List<T>> list(Class<T> type, ApiPath path, int limit, @Nullable String after) {
    ArrayNode json = mapper.createArrayNode();
    List<T> items = new ArrayList<>();
    String next = after;
    do {
      int missing = limit == 0 ? LARGEST_PAGE : Math.min(LARGEST_PAGE, limit - items.size());
      Answer<List<T>> page = page(type, path.with("limit", missing).with("after", next));
      page.json().forEach(json::add);
      items.addAll(page.value());
      next = page.next();
    } while (next != null && (limit == 0 || items.size() < limit));
    return new Answer<>(json, List.copyOf(items), next);
  }

  /// A text that the API gives as it is.
  String text(ApiPath path) {
    return send("GET", path, null, "text/plain, application/problem+json").body();
  }

  /// An answer of any length, as it comes. When it cannot be read to its end, reading it is a
  /// [CommandException].
  InputStream stream(ApiPath path) {
    HttpResponse<InputStream> response =
        http(request("GET", path, null, "*/*"), BodyHandlers.ofInputStream());
    if (isSuccess(response)) {
      return new WholeAnswer(response.body());
    }
    try (InputStream body = new WholeAnswer(response.body())) {
      throw failure(response, new String(body.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("a failure to read is a CommandException", e);
    }
  }

  private <T> Answer<List<T>> page(Class<T> type, ApiPath path) {
    return listing(type, parse(send("GET", path, null).body()));
  }

  private <T> Answer<List<T>> listing(Class<T> type, JsonNode answer) {
    JsonNode items = answer.isArray() ? answer : answer.path("items");
    JsonNode next = answer.path("next");
    return new Answer<>(
        items,
        items.valueStream().map(item -> bind(type, item)).toList(),
        next.isString() ? next.asString() : null);
  }

  private <T> Answer<T> read(Class<T> type, HttpResponse<String> response) {
    JsonNode json = parse(response.body());
    return new Answer<>(json, bind(type, json), null);
  }

  /// A listing that is the answer of an order.
  <T> Answer<List<T>> postForList(Class<T> type, ApiPath path) {
    return listing(type, parse(send("POST", path, null).body()));
  }

  private HttpResponse<String> send(String method, ApiPath path, @Nullable Object body) {
    return send(method, path, body, JSON);
  }

  private HttpResponse<String> send(
      String method, ApiPath path, @Nullable Object body, String accepted) {
    return answered(
        http(
            request(method, path, body, accepted).timeout(ANSWER_TIMEOUT),
            BodyHandlers.ofString()));
  }

  private HttpRequest.Builder request(
      String method, ApiPath path, @Nullable Object body, String accepted) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service.url() + "/api/v1/" + path))
            .header("Accept", accepted)
            .method(method, publisher(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (service.token() != null) {
      request.header("Authorization", "Bearer " + service.token());
    }
    return request;
  }

  private HttpResponse<String> answered(HttpResponse<String> response) {
    if (isSuccess(response)) {
      return response;
    }
    throw failure(response, response.body());
  }

  private static boolean isSuccess(HttpResponse<?> response) {
    return response.statusCode() >= 200 && response.statusCode() <= 299;
  }

  private <T> HttpResponse<T> http(HttpRequest.Builder request, BodyHandler<T> body) {
    try {
      return http.send(request.build(), body);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.UNAVAILABLE,
          "cannot reach the EDJ service at %s (%s). Is it running? Start one with 'edj serve', or name another with --url or EDJ_URL."
              .formatted(service, reason(e)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "interrupted", e);
    } catch (IllegalArgumentException e) {
      // Such as a token with a line end in it; its text must not be repeated.
      throw new CommandException(ExitCode.BAD_INPUT, "the request cannot be written", null);
    }
  }

  private CommandException failure(HttpResponse<?> response, String body) {
    int status = response.statusCode();
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (type.contains("json")) {
      Problem problem = bind(Problem.class, parse(body));
      return new Problem(status, problem.title(), problem.detail(), problem.code(), problem.field())
          .toException();
    }
    if (status == 401 || status == 403) {
      return new CommandException(
          ExitCode.NOT_ALLOWED,
          service.token() == null
              ? "the service at %s wants to know who you are: sign in with 'edj sign-in', give a token in EDJ_TOKEN, or the service's data directory with --data"
                  .formatted(service)
              : "the service at %s does not accept the token".formatted(service));
    }
    return status >= 500
        ? new Problem(status, null, null, null, null).toException()
        : notTheApi("status " + status, null);
  }

  private JsonNode parse(String body) {
    try {
      return mapper.readTree(body);
    } catch (JacksonException e) {
      throw notTheApi("no JSON", e);
    }
  }

  private <T> T bind(Class<T> type, JsonNode json) {
    try {
      T value = mapper.treeToValue(json, type);
      if (value != null) {
        return value;
      }
    } catch (JacksonException e) {
      throw notTheApi(String.valueOf(e.getOriginalMessage()), e);
    }
    throw notTheApi("an empty answer", null);
  }

  private CommandException notTheApi(String what, @Nullable Throwable cause) {
    return new CommandException(
        ExitCode.UNAVAILABLE,
        "what answers at %s is not an EDJ service that this edj understands (%s)"
            .formatted(service, what),
        cause);
  }

  private BodyPublisher publisher(@Nullable Object body) {
    return body == null
        ? BodyPublishers.noBody()
        : BodyPublishers.ofString(mapper.writeValueAsString(body));
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case HttpTimeoutException e -> "no answer in time";
      case ConnectException e -> "the connection is refused";
      default -> failure.getClass().getSimpleName() + ": " + failure.getMessage();
    };
  }
}
