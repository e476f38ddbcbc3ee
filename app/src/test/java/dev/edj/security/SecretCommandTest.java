package dev.edj.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.problem.EdjException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Commands are real programs here.
@Timeout(60)
class SecretCommandTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void whatACommandPrintsIsAllOfItButTheLineEnd() {
    assertThat(ask("printf ' s3cret \\n\\n'")).isEqualTo(" s3cret");
    assertThat(ask("head -c 1000000 /dev/zero | tr '\\0' a")).hasSize(1_000_000);
  }

  /// However few characters its bytes are: cut off, it would be another secret.
  @Test
  void whatIsLongerThanAnySecretIsRefused() {
    assertThatThrownBy(() -> ask("yes ä | head -c 1000002"))
        .isInstanceOf(EdjException.class)
        .hasMessage("the command of --it prints more than 1,000,000 bytes");
  }

  @Test
  void whatIsLeftRunningWithTheOutputIsNotWaitedFor() {
    assertThatThrownBy(() -> ask("sleep 5 & echo s3cret; sleep 1"))
        .hasMessage("the command of --it left something running that keeps its output open");
  }

  @Test
  void aCommandThatTakesTooLongIsNamedWithItsTime() {
    assertThatThrownBy(() ->
            SecretCommand.run("--it", List.of("sleep", "300"), Map.of(), Duration.ofSeconds(1)))
        .hasMessage("the command of --it did not end within 1 s");
  }

  /// The header of traces is a secret whose name is not ours.
  @Test
  void aProgramIsToldNoSettingAndNoSecretOfThisProcess() {
    ProcessBuilder program = new ProcessBuilder("true");
    program.environment().clear();
    program
        .environment()
        .putAll(
            Map.of(
                "PATH", "/bin",
                "EDJ_SMTP_PASSWORD", "s3cret",
                "EDJ_SMTP_PASSWORD_COMMAND", "echo s3cret",
                "OTEL_EXPORTER_OTLP_HEADERS", "authorization=s3cret"));

    assertThat(SecretCommand.withoutSettings(program).environment())
        .containsExactly(Map.entry("PATH", "/bin"));
  }

  private static String ask(String command) {
    return SecretCommand.ask("--it", command, Map.of(), LIMIT);
  }
}
