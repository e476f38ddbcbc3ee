package dev.edj.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.settings.SmtpSettings.Encryption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SmtpOptionsTest {

  @Test
  void withoutAServerThereIsNone() {
    assertThat(smtp(Map.of())).isNull();
  }

  @Test
  void aServerIsSpokenToByStartTlsUnlessItIsSaidOtherwise() {
    SmtpSettings smtp =
        smtp("EDJ_SMTP_SERVER", "smtp.example.com", "EDJ_SMTP_FROM", "e@example.com");
    assertThat(smtp)
        .isEqualTo(
            new SmtpSettings(
                "smtp.example.com",
                587,
                Encryption.STARTTLS,
                null,
                SmtpPassword.NONE,
                "e@example.com"));
    SmtpSettings other =
        smtp(
            "EDJ_SMTP_SERVER",
            "10.0.0.5:2465",
            "EDJ_SMTP_FROM",
            "e@example.com",
            "EDJ_SMTP_ENCRYPTION",
            "tls",
            "EDJ_SMTP_USER",
            "edj",
            "EDJ_SMTP_PASSWORD",
            "s3cret");
    assertThat(other.port()).isEqualTo(2465);
    assertThat(other.encryption()).isEqualTo(Encryption.TLS);
    assertThat(other.password().text()).isEqualTo("s3cret");
    assertThat(other.toString()).doesNotContain("s3cret");
  }

  @Test
  void whatCannotBeIsRefusedByItsName() {
    assertRefused("EDJ_SMTP_SERVER: 'a b' is not a server", "EDJ_SMTP_SERVER", "a b");
    assertRefused("EDJ_SMTP_SERVER: 'a:0' is not a server", "EDJ_SMTP_SERVER", "a:0");
    assertRefused("EDJ_SMTP_SERVER: 'a:65536' is not a server", "EDJ_SMTP_SERVER", "a:65536");
    assertRefused("--smtp-from: is needed", "EDJ_SMTP_SERVER", "smtp.example.com");
    assertRefused("--smtp-server: is needed", "EDJ_SMTP_FROM", "e@example.com");
    assertRefused("EDJ_SMTP_FROM: ", "EDJ_SMTP_FROM", "E <e@example.com>");
    assertRefused(
        "EDJ_SMTP_ENCRYPTION: 'ssl' is none of tls, starttls", "EDJ_SMTP_ENCRYPTION", "ssl");
    assertRefused(
        "--smtp-password-file: is needed",
        "EDJ_SMTP_SERVER",
        "smtp.example.com",
        "EDJ_SMTP_FROM",
        "e@example.com",
        "EDJ_SMTP_USER",
        "edj");
    assertRefused(
        "--smtp-encryption: without encryption, the password would be sent in the clear",
        "EDJ_SMTP_SERVER",
        "smtp.example.com",
        "EDJ_SMTP_FROM",
        "e@example.com",
        "EDJ_SMTP_ENCRYPTION",
        "none",
        "EDJ_SMTP_USER",
        "edj",
        "EDJ_SMTP_PASSWORD",
        "s3cret");
  }

  /// Which of the two is asked would be anybody's guess.
  @Test
  void aPasswordComesFromOnePlace() {
    assertRefused(
        "--smtp-password-command: is one of two ways to the password",
        "EDJ_SMTP_SERVER",
        "smtp.example.com",
        "EDJ_SMTP_FROM",
        "e@example.com",
        "EDJ_SMTP_USER",
        "edj",
        "EDJ_SMTP_PASSWORD",
        "s3cret",
        "EDJ_SMTP_PASSWORD_COMMAND",
        "echo s3cret");
  }

  private static void assertRefused(String message, String... variables) {
    assertThatThrownBy(() -> smtp(map(variables)))
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("s3cret");
  }

  private static SmtpSettings smtp(String... variables) {
    return Objects.requireNonNull(smtp(map(variables)));
  }

  private static @Nullable SmtpSettings smtp(Map<String, String> environment) {
    return new ServiceOptions().settings(Path.of("data"), environment).notices().smtp();
  }

  private static Map<String, String> map(String... pairs) {
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
