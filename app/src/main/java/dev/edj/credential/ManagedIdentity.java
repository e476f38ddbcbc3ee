package dev.edj.credential;

import dev.edj.engine.Engine;
import dev.edj.engine.ServerName;
import dev.edj.engine.SqlServer;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.settings.IdentityEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A managed identity of the machine of Azure that this is; the platform is asked for its tokens.
/// Source: Microsoft's documentation of App Service ("REST endpoint reference", 2019-08-01) and of
/// the instance metadata service (2018-02-01).
///
/// @param clientId of a user-assigned one; null for the machine's own
record ManagedIdentity(IdentityEndpoint endpoint, @Nullable String clientId) implements TokenMaker {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int LONGEST_ANSWER = 100_000;
  private static final int LONGEST_COMPLAINT = 500;

  @Override
  public String ask(ServerName server, String userName) {
    // Whatever proxy there is, it has nothing to do with an address of this machine.
    try (HttpClient client =
        HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).connectTimeout(LIMIT).build()) {
      HttpResponse<InputStream> answer =
          client.send(request(server.engine()), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        String text = new String(body.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        if (answer.statusCode() != 200) {
          throw unavailable("answers %d: %s".formatted(answer.statusCode(), shortened(text)));
        }
        return JsonMapper.shared().readTree(text).path("access_token").asString("");
      }
    } catch (JacksonException e) {
      // Not what was read: the token may be in it.
      throw unavailable("answers no JSON");
    } catch (IOException e) {
      throw unavailable("cannot be asked: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("was not waited for");
    }
  }

  private HttpRequest request(Engine engine) {
    String secret = endpoint.secret();
    String query =
        "?api-version=%s&resource=%s%s"
            .formatted(
                secret == null ? "2018-02-01" : "2019-08-01",
                URLEncoder.encode(resource(engine), StandardCharsets.UTF_8),
                clientId == null ? "" : "&client_id=" + clientId);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.address() + query)).timeout(LIMIT);
    return secret == null
        ? request.header("Metadata", "true").build()
        : request.header("X-IDENTITY-HEADER", secret).build();
  }

  /// What a token is for: Azure SQL, or Azure's databases of the other engines.
  private static String resource(Engine engine) {
    return engine instanceof SqlServer
        ? "https://database.windows.net/"
        : "https://ossrdbms-aad.database.windows.net";
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_COMPLAINT)).strip();
  }

  private static EdjException unavailable(String reason) {
    return new EdjException(
        ErrorCode.TOKEN_UNAVAILABLE,
        null,
        "the identity endpoint of this machine %s".formatted(reason));
  }
}
