package dev.edj.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.controller.Expansion.StepOn;
import dev.edj.execution.NewChildren;
import dev.edj.execution.Purpose;
import dev.edj.execution.Rollout;
import dev.edj.execution.RunStore.PinnedStep;
import dev.edj.execution.RunStore.Place;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.target.ResolvedDatabase;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExpansionTest {

  private final TimeOrderedIds ids = new TimeOrderedIds(InstantSource.system());

  @Test
  void aStepWaitsForTheNearestStepBeforeItOnTheSameDatabase() {
    Expansion expansion =
        expansion(
            Rollout.AT_ONCE,
            Set.of(),
            step(1, false, "a", "b"),
            step(2, false, "b"),
            step(3, false, "a", "b", "c"));
    NewChildren first = all(expansion, 0);
    NewChildren second = all(expansion, 1);
    NewChildren third = all(expansion, 2);
    assertThat(first.blocks()).containsExactly(0, 0);
    assertThat(second.blocks()).containsExactly(1);
    assertThat(third.blocks()).containsExactly(1, 1, 0);
    assertThat(first.successors()).containsExactly(third.ids()[0], second.ids()[0]);
    assertThat(second.successors()).containsExactly(third.ids()[1]);
    assertThat(third.successors()).containsOnlyNulls();
    assertThat(first.waves()).containsOnlyNulls();
    assertThat(expansion.databases()).isEqualTo(3);
  }

  @Test
  void aBarrierIsOneThingMoreToWaitFor() {
    Expansion expansion =
        expansion(Rollout.AT_ONCE, Set.of(), step(1, true, "a"), step(2, true, "a", "b"));
    assertThat(all(expansion, 0).blocks())
        .as("nothing is before the first step")
        .containsExactly(0);
    assertThat(all(expansion, 1).blocks()).containsExactly(2, 1);
  }

  @Test
  void wavesTakeWhatTheirSizesSayAndTheLastWhatIsLeft() {
    String[] ten = IntStream.range(0, 10).mapToObj(i -> "d" + i).toArray(String[]::new);
    Expansion expansion =
        expansion(waves("1", "25%"), Set.of(), step(1, false, ten), step(2, false, ten));
    assertThat(expansion.waves()).isEqualTo(3);
    assertThat(all(expansion, 0).waves()).containsExactly(1, 2, 2, 2, 3, 3, 3, 3, 3, 3);
    assertThat(all(expansion, 0).blocks()).containsExactly(0, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(all(expansion, 1).waves()).containsExactly(1, 2, 2, 2, 3, 3, 3, 3, 3, 3);
    assertThat(all(expansion, 1).blocks()).containsExactly(1, 2, 2, 2, 2, 2, 2, 2, 2, 2);
  }

  @Test
  void thereAreNoMoreWavesThanDatabasesToFillThem() {
    assertThat(expansion(waves("5"), Set.of(), step(1, false, "a", "b")).waves()).isEqualTo(1);
    assertThat(expansion(waves("1", "1", "1"), Set.of(), step(1, false, "a", "b")).waves())
        .isEqualTo(2);
    assertThat(expansion(waves("50%"), Set.of(), step(1, false)).waves()).isEqualTo(1);
  }

  @Test
  void nothingIsRunWhereAnotherRunOfTheJobHasNotEnded() {
    Expansion expansion =
        expansion(
            Rollout.AT_ONCE,
            Set.of(new Place(1, "a")),
            step(1, false, "a", "b"),
            step(2, false, "a", "b"));
    assertThat(all(expansion, 0).skipped()).containsExactly(true, false);
    assertThat(all(expansion, 1).skipped()).containsExactly(true, false);
    assertThat(all(expansion, 1).blocks()).containsExactly(0, 1);
  }

  @Test
  void portionsTogetherAreTheWhole() {
    Expansion expansion =
        expansion(waves("2"), Set.of(), step(1, false, "a", "b", "c"), step(2, false, "c"));
    NewChildren whole = all(expansion, 0);
    NewChildren first = expansion.children(0, 0, 2);
    NewChildren rest = expansion.children(0, 2, 3);
    assertThat(Stream.concat(Arrays.stream(first.ids()), Arrays.stream(rest.ids())))
        .containsExactly(whole.ids());
    assertThat(rest.databases()).containsExactly("c");
    assertThat(rest.waves()).containsExactly(2);
    assertThat(rest.successors()).containsExactly(all(expansion, 1).ids());
  }

  private Expansion expansion(Rollout rollout, Set<Place> busy, StepOn... steps) {
    return new Expansion(List.of(steps), Purpose.Run, rollout, busy, ids);
  }

  private static Rollout waves(String... sizes) {
    return new Rollout(List.of(sizes), null, null, null).checked();
  }

  private static StepOn step(int stepId, boolean barrier, String... databases) {
    return new StepOn(
        new PinnedStep(stepId, stepId, 1, 1, 1, new UUID(0, 1), barrier),
        Stream.of(databases).map(name -> new ResolvedDatabase(1, "s", name)).toList(),
        Map.of());
  }

  private static NewChildren all(Expansion expansion, int step) {
    return expansion.children(step, 0, expansion.steps().get(step).databases().size());
  }
}
