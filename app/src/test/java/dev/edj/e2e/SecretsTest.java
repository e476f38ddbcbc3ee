package dev.edj.e2e;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The search finds what is there, in every form, and nothing else.
class SecretsTest {

  private final Secrets secrets = new Secrets();
  private final String mark = secrets.mark("a password");

  @Test
  void aSecretIsFoundInEveryForm() {
    for (String around : List.of("", "x", "xy", "{\"password\":\"")) {
      String text = around + mark + "\" and more";
      byte[] bytes = text.getBytes(UTF_8);
      for (byte[] form :
          List.of(
              bytes,
              text.getBytes(UTF_16LE),
              text.getBytes(UTF_16BE),
              HexFormat.of().formatHex(bytes).getBytes(UTF_8),
              HexFormat.of().withUpperCase().formatHex(bytes).getBytes(UTF_8),
              Base64.getEncoder().encode(bytes),
              Base64.getUrlEncoder().withoutPadding().encode(mark.getBytes(UTF_8)),
              Base64.getEncoder().encodeToString(bytes).getBytes(UTF_16BE),
              URLEncoder.encode(text, UTF_8).getBytes(UTF_8))) {
        assertThat(secrets.in(form)).containsExactly("a password");
      }
    }
  }

  @Test
  void whatIsNotThereIsNotFound() {
    String other = secrets.mark("another");

    assertThat(secrets.in(mark)).containsExactly("a password");
    assertThat(secrets.in(mark.substring(1) + other.substring(0, other.length() - 1))).isEmpty();
    assertThat(secrets.in(mark + other, "a password")).containsExactly("another");
  }
}
