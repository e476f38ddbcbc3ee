package dev.edj.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.edj.engine.ServerName;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.settings.IdentityEndpoint;
import dev.edj.settings.ManagedIdentityOption;
import dev.edj.settings.TokenSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An identity endpoint on this machine that says what Azure's do.
class ManagedIdentityTest {

  private static final String CLIENT = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
  private static final String ANSWER =
      "{\"access_token\": \"t0ken\", \"expires_on\": \"1795449600\", \"token_type\": \"Bearer\"}";
  private static final ServerName AZURE = ServerName.parse("a.database.windows.net");

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String answer = ANSWER;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void appServiceIsToldItsSecretAndWhatTheTokenIsFor() {
    TokenCommands commands = commands("s3cret", "entra@*");

    assertThat(token(commands, AZURE)).isEqualTo("t0ken");
    assertThat(asked)
        .containsExactly(
            "/token?api-version=2019-08-01&resource=https%3A%2F%2Fdatabase.windows.net%2F s3cret null");
    assertThat(token(commands, AZURE)).isEqualTo("t0ken");
    assertThat(asked).hasSize(1);
  }

  @Test
  void aUserAssignedIdentityIsNamedAndOtherEnginesHaveAResourceOfTheirOwn() {
    TokenCommands commands = commands(null, "entra@postgresql://*=" + CLIENT);

    assertThat(token(commands, ServerName.parse("postgresql://a.postgres.database.azure.com")))
        .isEqualTo("t0ken");
    assertThat(asked)
        .containsExactly(
            "/token?api-version=2018-02-01&resource=https%3A%2F%2Fossrdbms-aad.database.windows.net&client_id="
                + CLIENT
                + " null true");
  }

  @Test
  void whatTheEndpointComplainsOfIsInTheErrorAndNoTokenIs() {
    TokenCommands commands = commands(null, "entra@*");
    status = 400;
    answer = "{\"error\": \"invalid_request\", \"error_description\": \"Identity not found\"}";
    assertUnavailable(() -> token(commands, AZURE), "answers 400: {\"error\": \"invalid_request\"");
    status = 200;
    answer = "{\"access_token\": \"t0ken";
    assertUnavailable(() -> token(commands, AZURE), "answers no JSON");
    answer = "{}";
    assertUnavailable(() -> token(commands, AZURE), "prints no token");
    server.stop(0);
    assertUnavailable(() -> token(commands, AZURE), "cannot be asked");
  }

  @Test
  void nobodyIsAskedForAServerThatTheIdentityIsNotFor() {
    TokenCommands commands = commands(null, "entra@*.database.windows.net");

    assertThatThrownBy(() -> token(commands, ServerName.parse("evil.example.com")))
        .hasMessageContaining("is not for server evil.example.com");
    assertThat(asked).isEmpty();
    for (String option : List.of("entra", "entra@", "entra@*=no-client", "a b@*")) {
      assertThatThrownBy(() -> ManagedIdentityOption.parse(option))
          .hasMessageContaining("is not NAME@SERVERS");
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        "%s %s %s"
            .formatted(
                exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("X-IDENTITY-HEADER"),
                exchange.getRequestHeaders().getFirst("Metadata")));
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private TokenCommands commands(@Nullable String secret, String option) {
    URI address = URI.create("http://127.0.0.1:%d/token".formatted(server.getAddress().getPort()));
    return TokenCommands.of(
        new TokenSettings(
            List.of(),
            List.of(ManagedIdentityOption.parse(option)),
            new IdentityEndpoint(address, secret),
            Duration.ofHours(1)));
  }

  private static String token(TokenCommands commands, ServerName server) {
    return commands.token(commands.named("entra"), server, "anybody").token().text();
  }

  private static void assertUnavailable(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            EdjException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOKEN_UNAVAILABLE))
        .hasMessageContaining(message)
        .hasMessageNotContaining("t0ken");
  }
}
