package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.files.source.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Programs that declarative files name for secrets.
class SecretProgramTest {

  private static final Duration ENOUGH = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @Test
  void whatItPrintsIsTheSecret() {
    assertThat(shell("printf s3cret; pwd >&2", ENOUGH).printed()).isEqualTo("s3cret");
  }

  @Test
  void itIsToldASecretInTheDirectoryOfTheFile() {
    shell("cat > kept", ENOUGH).tell("s3cret");

    assertThat(directory.resolve("kept")).hasContent("s3cret");
  }

  /// What it started ends with it; left behind, it would keep the secret's pipe open for ever.
  @Test
  @Timeout(30)
  void whatTakesTooLongIsEndedWithAllThatItStarted() {
    Duration brief = Duration.ofSeconds(1);

    for (String script : List.of("sleep 300 | cat", "sleep 300 & echo s3cret")) {
      assertThatThrownBy(() -> shell(script, brief).printed())
          .hasMessage("command: 'sh' did not end within 1 s");
    }
  }

  @Test
  void halfASecretIsNone() {
    assertThatThrownBy(() -> shell("yes", ENOUGH).printed())
        .hasMessage("command: 'sh' prints more than 100,000 characters");
  }

  private SecretProgram shell(String script, Duration patience) {
    return new SecretProgram(
        List.of("sh", "-c", script), new Place(directory.resolve("fleet.yaml"), 1, 1), patience);
  }
}
