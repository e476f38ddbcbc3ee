package dev.edj.portal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.execution.Lifecycle;
import dev.edj.execution.RunDatabase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetMapTest {

  @Test
  void databasesAreTogetherByStepAndServer() {
    FleetMap map =
        FleetMap.of(
            List.of(
                new RunDatabase(1, "a", "x", Lifecycle.Succeeded),
                new RunDatabase(1, "a", "y", Lifecycle.Failed),
                new RunDatabase(1, "b", "x", Lifecycle.Created),
                new RunDatabase(2, "b", "x", Lifecycle.Created)));

    assertThat(map.groups())
        .containsExactly(
            new FleetMap.Group(1, "a", List.of("x", "y")),
            new FleetMap.Group(1, "b", List.of("x")),
            new FleetMap.Group(2, "b", List.of("x")));
    assertThat(map.states()).isEqualTo("SF2C");
  }

  @Test
  void eachLifecycleHasItsLetterAndManyInARowTheirNumber() {
    assertThat(
            states(
                Lifecycle.Created,
                Lifecycle.InProgress,
                Lifecycle.InProgress,
                Lifecycle.WaitingForRetry,
                Lifecycle.Succeeded,
                Lifecycle.Failed,
                Lifecycle.TimedOut,
                Lifecycle.Canceled,
                Lifecycle.Skipped,
                Lifecycle.Skipped))
        .isEqualTo("C2PWSFTX2K");
    assertThat(states()).isEmpty();
  }

  private static String states(Lifecycle... lifecycles) {
    return FleetMap.states(
        Arrays.stream(lifecycles)
            .map(lifecycle -> new RunDatabase(1, "a", "x", lifecycle))
            .toList());
  }
}
