package dev.edj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the launcher makes its caches of: where it fails, all goes on, only more slowly.
class RehearsalTest {

  @Test
  void theServiceIsRehearsedWithAJobAndEndsWithAllThatItStarted(@TempDir Path directory) {
    Path data = directory.resolve("data");

    CommandLineRun run = CommandLineRun.of("rehearse", "--service", data.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    for (String server : List.of("control-database", "target")) {
      assertThat(data.resolve(server + "/postgresql")).isDirectory();
      assertThat(data.resolve(server + "/postgresql/postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void commandsAreRehearsedWithoutAService() {
    CommandLineRun run = CommandLineRun.of("rehearse");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
  }
}
