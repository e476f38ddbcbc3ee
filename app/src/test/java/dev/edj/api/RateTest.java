package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import dev.edj.security.LocalToken;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ten requests in ten seconds are let through, and 25 are sent: these may fall into two windows.
class RateTest {

  private static final int SENT = 25;

  @TempDir private Path directory;
  private final TestControlDatabase database = TestControlDatabase.create();

  @AfterEach
  void closeTheDatabase() {
    database.close();
  }

  @Test
  void anAddressThatAsksTooOftenIsToldToWait() {
    List<Answer> answers = answers(settings());

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSizeBetween(10, 20);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .isNotEmpty()
        .allSatisfy(answer -> {
          assertThat(answer.problem()).isEqualTo("429 TOO_MANY_REQUESTS");
          assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
          assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        });
  }

  @Test
  void onlyATrustedProxySaysWhoAsks() {
    assertThat(answers(settings().withTrustedProxies(Set.of("127.0.0.0/8", "::1"))))
        .extracting(Answer::status)
        .containsOnly(200);
    assertThat(answers(settings().withTrustedProxies(Set.of("10.0.0.0/8"))))
        .extracting(Answer::status)
        .contains(429);
  }

  @Test
  void whatIsNoAddressIsNoProxy() {
    ServiceSettings settings = settings().withTrustedProxies(Set.of("proxy.example.com"));

    assertThatThrownBy(() -> RunningService.start(settings))
        .isInstanceOf(EdjException.class)
        .hasMessageContaining("--trusted-proxy: 'proxy.example.com'");
  }

  private List<Answer> answers(ServiceSettings settings) {
    try (RunningService service = RunningService.start(settings)) {
      Client client = new Client(service.url(), LocalToken.open(directory).text());
      return IntStream.range(0, SENT)
          .mapToObj(number ->
              client.send(
                  client.request("service").header("X-Forwarded-For", "192.0.2." + number).GET()))
          .toList();
    }
  }

  private ServiceSettings settings() {
    return ServiceSettings.in(directory)
        .withControlDatabase(database.address())
        .withPort(0)
        .withRequestRate(1);
  }
}
