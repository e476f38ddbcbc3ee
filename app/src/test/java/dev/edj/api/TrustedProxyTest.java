package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.Wiring;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A proxy is believed whom it asks for if it is trusted; nobody else is.
class TrustedProxyTest {

  @TempDir private Path directory;

  @Test
  void behindATrustedProxyEachClientIsCountedByItself() {
    assertThat(statusOfOtherClientAfterManyFailures(Set.of("127.0.0.0/8"))).isEqualTo(401);
  }

  @Test
  void whoeverOnlySaysThatTheyAskForSomebodyIsCountedThemselves() {
    assertThat(statusOfOtherClientAfterManyFailures(Set.of())).isEqualTo(429);
    assertThat(statusOfOtherClientAfterManyFailures(Set.of("10.0.0.5"))).isEqualTo(429);
  }

  private int statusOfOtherClientAfterManyFailures(Set<String> proxies) {
    try (TestControlDatabase database = TestControlDatabase.create()) {
      ServiceSettings settings =
          ServiceSettings.in(directory.resolve(UUID.randomUUID().toString()))
              .withControlDatabase(database.address())
              .withPort(0)
              .withTrustedProxies(proxies);
      try (Wiring wiring = Wiring.open(settings);
          ApiServer server = ApiServer.start(wiring, settings)) {
        for (int i = 0; i < 20; i++) {
          assertThat(signIn(server, "203.0.113.1, 198.51.100.7")).isEqualTo(401);
        }
        assertThat(signIn(server, "203.0.113.1, 198.51.100.7")).isEqualTo(429);
        return signIn(server, "203.0.113.1, 198.51.100.8");
      }
    }
  }

  private static int signIn(ApiServer server, String forwardedFor) {
    return Client.send(
            HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/sign-in"))
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", forwardedFor)
                .POST(
                    BodyPublishers.ofString(
                        "{\"user\": \"%s\", \"password\": \"x\"}".formatted(UUID.randomUUID())))
                .build())
        .status();
  }
}
