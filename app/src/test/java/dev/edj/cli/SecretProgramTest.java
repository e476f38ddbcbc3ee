package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.files.source.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Programs are real here.
@Timeout(60)
class SecretProgramTest {

  @TempDir private Path directory;

  @Test
  void aSecretIsWhatItPrintsBesideTheFile() throws IOException {
    Files.writeString(directory.resolve("kept"), "s3cret\n");

    assertThat(program("cat kept").printed()).isEqualTo("s3cret\n");
  }

  @Test
  void aSecretThatItIsToldIsAllThatItReads() throws IOException {
    program("cat > kept").tell("s3cret");

    assertThat(directory.resolve("kept")).hasContent("s3cret");
  }

  @Test
  void whoeverDoesNotReadTheSecretDoesNotHaveIt() {
    assertThatThrownBy(() -> program("exec 0<&-").tell("s3cret".repeat(100_000)))
        .hasMessage("command: 'sh' did not read all that it was told");
  }

  /// What it has started would keep its output open for as long as it likes.
  @Test
  void allThatItHasStartedEndsWhenItsTimeIsOver() throws IOException {
    SecretProgram late =
        new SecretProgram(
            List.of("sh", "-c", "sleep 300 & echo $! > child; wait"),
            place(),
            Duration.ofSeconds(2));

    assertThatThrownBy(late::printed).hasMessage("command: 'sh' did not end within 2 s");

    long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
    while (isRunning(child)) {
      Thread.onSpinWait();
    }
  }

  /// What has ended and was not yet asked how has no command any more.
  private static boolean isRunning(long process) {
    return ProcessHandle.of(process).flatMap(handle -> handle.info().command()).isPresent();
  }

  @Test
  void halfASecretIsNone() {
    for (String script : List.of("head -c 1000001 /dev/zero", "yes", "yes | cat; true")) {
      assertThatThrownBy(() -> program(script).printed())
          .hasMessage("command: 'sh' prints more than 1,000,000 bytes");
    }
  }

  /// A part of it that comes later could be missing.
  @Test
  void whatLeavesSomethingRunningWithItsOutputIsNotBelieved() {
    assertThatThrownBy(() -> program("sleep 5 & echo s3cret; sleep 1").printed())
        .hasMessage("command: 'sh' left something running that keeps its output open");
  }

  private SecretProgram program(String script) {
    return new SecretProgram(List.of("sh", "-c", script), place());
  }

  private Place place() {
    return new Place(directory.resolve("fleet.yaml"), 1, 1);
  }
}
