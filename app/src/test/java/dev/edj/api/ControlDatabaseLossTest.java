package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.Wiring;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.security.LocalToken;
import dev.edj.settings.ServiceSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The control database may go away; the service says so, and goes on when it is back.
class ControlDatabaseLossTest {

  private static final String ROUTE = "policies";

  @TempDir private Path directory;

  @Test
  void withoutItRequestsAreRefusedQuicklyAndAnsweredAgainWhenItIsBack() throws IOException {
    int port = freePort();
    EmbeddedPostgres postgres = postgres(port);
    ServiceSettings settings =
        ServiceSettings.in(directory)
            .withControlDatabase(
                new ControlDatabaseAddress(
                    "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port),
                    "postgres",
                    "postgres"))
            .withPort(0);
    try (Wiring wiring = Wiring.open(settings);
        ApiServer server = ApiServer.start(wiring, settings)) {
      Client client = new Client(server.url(), LocalToken.open(directory).text());
      assertThat(client.get(ROUTE).status()).isEqualTo(200);

      postgres.close();
      Instant begin = Instant.now();
      Answer refused = client.get(ROUTE);
      assertThat(refused.problem()).isEqualTo("503 CONTROL_DATABASE_UNAVAILABLE");
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
      assertThat(refused.text()).doesNotContain("postgres").doesNotContain("Exception");
      assertThat(client.get("service").json().at("/controlDatabase/available").asBoolean())
          .isFalse();
      assertThat(client.get("/actuator/health").status()).isEqualTo(503);

      postgres = postgres(port);
      assertThat(firstAnswerThatIsNot503(client).status()).isEqualTo(200);
      assertThat(client.get("/actuator/health").status()).isEqualTo(200);
    } finally {
      postgres.close();
    }
  }

  /// The pool tries again after pauses of up to 10 s; each request waits a while for it.
  private static Answer firstAnswerThatIsNot503(Client client) {
    Instant end = Instant.now().plusSeconds(30);
    Answer answer = client.get(ROUTE);
    while (answer.status() == 503 && Instant.now().isBefore(end)) {
      answer = client.get(ROUTE);
    }
    return answer;
  }

  private EmbeddedPostgres postgres(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(directory.resolve("postgresql"))
        .setCleanDataDirectory(false)
        .start();
  }

  /// Below those that the system gives away by itself, so that it is still free when the server
  /// comes back.
  private static int freePort() {
    return new Random()
        .ints(20_000, 32_000)
        .filter(ControlDatabaseLossTest::isFree)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
