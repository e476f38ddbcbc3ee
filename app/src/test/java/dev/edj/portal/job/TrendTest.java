package dev.edj.portal.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.execution.LatestRun;
import dev.edj.execution.Lifecycle;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The last runs of a job at a glance.
class TrendTest {

  @Test
  void theNewestIsToTheRightAndTheLongestIsTheHighest() {
    Trend trend = Trend.of(List.of(run(Lifecycle.Failed, 100), run(Lifecycle.Succeeded, 50)));

    assertThat(trend.bars())
        .extracting(Trend.Bar::lifecycle)
        .containsExactly(Lifecycle.Succeeded, Lifecycle.Failed);
    assertThat(trend.bars().getLast().x()).isEqualTo("88.0");
    assertThat(trend.bars().getLast().height()).isEqualTo("22.0");
    assertThat(Double.parseDouble(trend.bars().getFirst().height())).isBetween(5.0, 21.0);
    assertThat(trend.text()).isEqualTo("Last 2 runs: 1 Succeeded, 1 Failed");
  }

  private static LatestRun run(Lifecycle lifecycle, int seconds) {
    Instant start = Instant.EPOCH;
    return new LatestRun(
        "j", UUID.randomUUID(), lifecycle, start, start, start.plusSeconds(seconds));
  }
}
