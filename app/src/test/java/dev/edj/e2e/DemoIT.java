package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.cli.CommandLineRun;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The newcomer's first minute, however it ends.
@Order(1)
class DemoIT {

  private static final int ENDED_BY_CTRL_C = 130;
  private static final int ENDED_BY_SIGTERM = 143;

  @TempDir private Path directory;

  @AfterEach
  void nothingIsLeft() {
    assertThat(EdjProcess.programsIn(directory)).isEmpty();
    assertThat(EdjProcess.filesIn(directory)).isEmpty();
  }

  @Test
  void theStoryGoesAsTold() {
    try (EdjProcess demo = demo("--exit", "--databases", "6")) {
      assertThat(demo.awaitEnd()).as(demo.printed() + demo.complained()).isZero();
      assertThat(demo.printed())
          .startsWith("export EDJ_DATA=" + directory)
          .contains("6 of 6 ended: 6 succeeded", "WaitingForRetry", "retry at ")
          .contains("SQLSTATE 55P03, batch 2, line 4: canceling statement due to lock timeout")
          .contains("Canceled everywhere", "/sign-in?ticket=")
          .doesNotContain("\u001b", " INFO ", " WARN ");
    }
  }

  @Test
  void whileItIsUpItsCommandsWorkInAnotherTerminal() {
    try (EdjProcess demo = demo("--databases", "1")) {
      demo.awaitPrinted("until you press Ctrl-C");
      Path data = Path.of(demo.printed().lines().findFirst().orElseThrow().split("=", 2)[1]);
      CommandLineRun list =
          CommandLineRun.withService(data, "", "execution", "list", "--all", "--job", "Report");
      assertThat(list.out()).contains("Canceled");
      assertThat(demo.pressCtrlC()).isEqualTo(ENDED_BY_CTRL_C);
      assertThat(demo.complained()).contains("Everything is stopped and removed.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"export", "4. Run it, and watch"})
  void endedInTheMiddleItLeavesNothing(String moment) {
    try (EdjProcess demo = demo("--databases", "6")) {
      demo.awaitPrinted(moment);
      assertThat(demo.terminate()).isEqualTo(ENDED_BY_SIGTERM);
      assertThat(demo.complained()).doesNotContain("fault of EDJ", "did not go as told");
    }
  }

  @Test
  void ctrlCWhileItsServersStartLeavesNothing() {
    try (EdjProcess demo = demo()) {
      demo.awaitPrinted("A service, and a PostgreSQL server");
      EdjProcess.await(() ->
          EdjProcess.programsIn(directory).stream().anyMatch(line -> line.contains("pg_ctl")));
      assertThat(demo.pressCtrlC()).isEqualTo(ENDED_BY_CTRL_C);
    }
  }

  @Test
  void aNumberOfDatabasesThatCannotBeIsRefused() {
    try (EdjProcess demo = demo("--databases", "1001")) {
      assertThat(demo.awaitEnd()).isEqualTo(2);
      assertThat(demo.complained()).contains("from 1 to 1000");
    }
  }

  private EdjProcess demo(String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "demo";
    System.arraycopy(options, 0, words, 1, options.length);
    return EdjProcess.start(directory, Map.of(), words);
  }
}
