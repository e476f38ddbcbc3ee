package dev.edj.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Rebuild",
        "",
        "Rebuild indexes",
        "it's",
        "'; echo done; '",
        "$(echo done)",
        "`echo done`",
        "a\"b\\c",
        "a;b|c&d<e>f(g)h*i?j[k]l{m}n#o!p~",
        "~",
        "größe",
        "two\nlines"
      })
  void aShellTakesItForTheText(String text) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf %s " + ShellWord.of(text))
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(shell.waitFor()).isZero();
    assertThat(said).isEqualTo(text);
  }

  @Test
  void whatIsPlainStaysAsItIs() {
    assertThat(ShellWord.of("tenant_1@db1.example.com:5432/orders"))
        .isEqualTo("tenant_1@db1.example.com:5432/orders");
  }
}
