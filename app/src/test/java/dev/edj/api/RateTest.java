package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import dev.edj.security.LocalToken;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ten requests in ten seconds are let through.
class RateTest {

  private static final int SENT = 25;
  private static final int MOST_SENT = 1_000;

  @TempDir private Path directory;
  private final TestControlDatabase database = TestControlDatabase.create();

  @AfterEach
  void closeTheDatabase() {
    database.close();
  }

  @Test
  void anAddressThatAsksTooOftenIsToldToWait() {
    List<Answer> answers = untilRefused(settings());

    assertThat(answers)
        .filteredOn(answer -> answer.status() == 200)
        .hasSizeGreaterThanOrEqualTo(10);
    Answer refusal = answers.getLast();
    assertThat(refusal.problem()).isEqualTo("429 TOO_MANY_REQUESTS");
    assertThat(refusal.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refusal.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void onlyATrustedProxySaysWhoAsks() {
    assertThat(answers(settings().withTrustedProxies(Set.of("127.0.0.0/8", "::1"))))
        .extracting(Answer::status)
        .containsOnly(200);
    assertThat(untilRefused(settings().withTrustedProxies(Set.of("10.0.0.0/8"))))
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

  /// More often than one address may.
  private List<Answer> answers(ServiceSettings settings) {
    try (RunningService service = RunningService.start(settings)) {
      Client client = new Client(service.url(), LocalToken.open(directory).text());
      return IntStream.range(0, SENT).mapToObj(number -> ask(client, number)).toList();
    }
  }

  /// A machine may be so slow that any number falls into several windows.
  private List<Answer> untilRefused(ServiceSettings settings) {
    try (RunningService service = RunningService.start(settings)) {
      Client client = new Client(service.url(), LocalToken.open(directory).text());
      List<Answer> answers = new ArrayList<>();
      do {
        answers.add(ask(client, answers.size()));
      } while (answers.getLast().status() == 200 && answers.size() < MOST_SENT);
      return answers;
    }
  }

  private static Answer ask(Client client, int number) {
    return client.send(
        client.request("service").header("X-Forwarded-For", "192.0.2." + number % 250).GET());
  }

  private ServiceSettings settings() {
    return ServiceSettings.in(directory)
        .withControlDatabase(database.address())
        .withPort(0)
        .withRequestRate(1);
  }
}
