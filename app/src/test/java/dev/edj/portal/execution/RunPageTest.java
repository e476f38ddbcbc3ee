package dev.edj.portal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.execution.Counts;
import dev.edj.execution.JobExecution;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Purpose;
import dev.edj.execution.ResultMode;
import dev.edj.execution.RunWaves;
import dev.edj.execution.ServerCounts;
import dev.edj.portal.execution.RunPage.LegendEntry;
import dev.edj.portal.execution.RunPage.WaveEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunPageTest {

  private static final Counts SOME_FAILED = new Counts(0, 0, 0, 3, 2, 0, 0, 0);

  @Test
  void theLegendHasWhatNeedsLookingAtFirstAndLeavesOutWhatIsNone() {
    assertThat(page(Lifecycle.InProgress, new Counts(5, 1, 2, 3, 4, 0, 0, 0)).legend())
        .extracting(LegendEntry::lifecycle)
        .containsExactly(
            Lifecycle.Failed,
            Lifecycle.WaitingForRetry,
            Lifecycle.InProgress,
            Lifecycle.Created,
            Lifecycle.Succeeded);
  }

  @Test
  void onlyWhatEndedWithoutSuccessCanBeRetriedAndOnlyWhatGoesOnBeStopped() {
    assertThat(page(Lifecycle.Failed, SOME_FAILED).isRetryable()).isTrue();
    assertThat(page(Lifecycle.Failed, SOME_FAILED).isStoppable()).isFalse();
    assertThat(page(Lifecycle.Failed, Counts.NONE).isRetryable()).isTrue();
    assertThat(page(Lifecycle.Succeeded, new Counts(0, 0, 0, 3, 0, 0, 0, 0)).isRetryable())
        .isFalse();
    assertThat(page(Lifecycle.InProgress, SOME_FAILED).isRetryable()).isFalse();
    assertThat(page(Lifecycle.InProgress, SOME_FAILED).isStoppable()).isTrue();
  }

  @Test
  void wavesSayHowFarTheyAre() {
    assertThat(states(Lifecycle.InProgress, new RunWaves(3, 2, false, false, null, null)))
        .containsExactly("ended", "open", "to come");
    assertThat(states(Lifecycle.InProgress, new RunWaves(3, 1, true, true, null, null)))
        .containsExactly("ended", "waits for approval", "to come");
    assertThat(states(Lifecycle.Canceled, new RunWaves(3, 1, true, false, null, null)))
        .containsExactly("ended", "not begun", "not begun");
    assertThat(states(Lifecycle.InProgress, new RunWaves(1, 1, false, false, 5, null))).isEmpty();
  }

  @Test
  void serversWithFailuresComeFirst() {
    List<ServerCounts> servers =
        List.of(
            new ServerCounts(1, "s", "fine", new Counts(0, 0, 0, 9, 0, 0, 0, 0)),
            new ServerCounts(1, "s", "waits", new Counts(0, 0, 1, 0, 0, 0, 0, 0)),
            new ServerCounts(1, "s", "bad", new Counts(0, 0, 0, 0, 1, 1, 0, 0)));
    RunPage page = new RunPage(run(Lifecycle.Failed, SOME_FAILED), null, servers, null);
    assertThat(page.worstServers())
        .extracting(ServerCounts::server)
        .containsExactly("bad", "waits", "fine");
  }

  @Test
  void tooManyDatabasesAreShownByServer() {
    assertThat(page(Lifecycle.InProgress, new Counts(20_000, 0, 0, 0, 0, 0, 0, 0)).isMapped())
        .isTrue();
    assertThat(page(Lifecycle.InProgress, new Counts(20_001, 0, 0, 0, 0, 0, 0, 0)).isMapped())
        .isFalse();
  }

  private static List<String> states(Lifecycle lifecycle, RunWaves waves) {
    return new RunPage(run(lifecycle, SOME_FAILED), waves, List.of(), null)
        .waveEntries().stream().map(WaveEntry::state).toList();
  }

  private static RunPage page(Lifecycle lifecycle, Counts counts) {
    return new RunPage(run(lifecycle, counts), null, List.of(), null);
  }

  private static JobExecution run(Lifecycle lifecycle, @Nullable Counts counts) {
    return new JobExecution(
        new UUID(0, 1),
        null,
        "job",
        1,
        Purpose.Run,
        1,
        "s",
        "c",
        1,
        "k",
        "p",
        "t",
        ResultMode.Keep,
        null,
        null,
        null,
        lifecycle,
        null,
        1,
        Instant.EPOCH,
        null,
        null,
        null,
        false,
        "test",
        null,
        null,
        null,
        null,
        counts,
        null);
  }
}
