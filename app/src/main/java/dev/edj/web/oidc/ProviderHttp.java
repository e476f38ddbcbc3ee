package dev.edj.web.oidc;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks the provider, which may be slow, large or gone, and follows it nowhere else.
final class ProviderHttp implements ResourceRetriever, AutoCloseable {

  private static final Duration CONNECTING = Duration.ofSeconds(3);
  private static final Duration WHOLE = Duration.ofSeconds(8);
  private static final long LARGEST_BYTES = 512 << 10;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(CONNECTING).followRedirects(Redirect.NEVER).build();

  /// Keys, as the library that checks signatures asks for them.
  @Override
  public Resource retrieveResource(URL url) throws IOException {
    try {
      return new Resource(fetch(url.toURI()), "application/json");
    } catch (URISyntaxException e) {
      throw new IOException("the provider publishes an address that is none", e);
    }
  }

  String fetch(URI uri) throws IOException {
    HttpResponse<byte[]> answer =
        send(HttpRequest.newBuilder(uri).header("Accept", "application/json").build());
    if (answer.statusCode() != 200) {
      throw new IOException("it answers with status " + answer.statusCode());
    }
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /// Sends a form; what is refused is answered with why, too.
  HttpResponse<byte[]> post(URI uri, Map<String, String> form, @Nullable String authorization)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encoded(form)));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return send(request.build());
  }

  /// As the query of a URL, and as a form.
  static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// The time-out of a request ends with the headers; this one includes the body.
  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_BYTES));
    try {
      return answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer in time", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
