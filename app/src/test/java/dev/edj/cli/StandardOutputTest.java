package dev.edj.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

  @Test
  void whatAFullDiskDidNotTakeIsTold() throws IOException {
    try (OutputStream full = new FileOutputStream("/dev/full")) {
      CommandLineRun run = printed(full);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .isEqualTo("edj: standard output cannot be written: No space left on device\n");
    }
  }

  @Test
  void whoeverHasSeenEnoughIsNoFailure() {
    CommandLineRun run =
        printed(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            });
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
  }

  private static CommandLineRun printed(OutputStream stream) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new StandardOutput(stream),
            new PrintStream(err, true, UTF_8),
            false,
            false,
            Map.of(),
            Path.of("/nowhere"),
            Clock.systemUTC());
    int exitCode = new Cli(terminal).run("help", "exit-codes");
    return new CommandLineRun(exitCode, "", err.toString(UTF_8));
  }
}
