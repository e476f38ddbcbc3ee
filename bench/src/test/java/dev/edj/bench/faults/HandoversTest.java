package dev.edj.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.bench.faults.Recorded.Attempt;
import dev.edj.bench.faults.Recorded.Child;
import dev.edj.execution.Lifecycle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A node is killed at second 100, and what it ran is given back at second 107.
class HandoversTest {

  private static final String SERVER = "s";
  private static final UUID RUN = new UUID(0, 1);
  private static final UUID CHILD = new UUID(1, 1);

  private final List<Happened> faults =
      new ArrayList<>(
          List.of(
              new Happened(Fault.KILL_NODE, 0, at(100), at(103), OptionalLong.of(77)),
              new Happened(Fault.CRASH_CONTROL, 0, at(80), at(90), OptionalLong.empty())));

  @Test
  void workThatGoesOnInTimeIsGood() {
    assertThat(handovers(108).violations()).isEmpty();
    assertThat(handovers(108).judged()).isEqualTo(1);
    assertThat(handovers(108).longest()).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void workThatGoesOnTooLateIsSeen() {
    assertThat(handovers(116).violations())
        .singleElement()
        .asString()
        .contains("was not at work again 15 s after the kill-node");
  }

  @Test
  void whatTheLostNodeItselfBeganIsNoSign() {
    assertThat(handovers(101).violations()).hasSize(1);
  }

  @Test
  void aFaultMeanwhileOrJustBeforeLeavesNothingToJudge() {
    faults.add(new Happened(Fault.CUT_NODE, 1, at(110), at(111), OptionalLong.empty()));
    assertThat(handovers(116).judged()).isZero();
    faults.set(2, new Happened(Fault.RESTART_CONTROL, 0, at(93), at(96), OptionalLong.empty()));
    assertThat(handovers(116).judged()).isZero();
    faults.set(2, new Happened(Fault.CUT_TARGET, 0, at(104), at(105), OptionalLong.empty()));
    assertThat(handovers(116).judged()).isZero();
    faults.set(2, new Happened(Fault.LOCK_DESTINATION, 0, at(104), at(105), OptionalLong.empty()));
    assertThat(handovers(116).judged()).isZero();
  }

  @Test
  void aFaultOfAnotherServerOrAfterwardsIsNoExcuse() {
    faults.add(new Happened(Fault.CUT_TARGET, 1, at(104), at(105), OptionalLong.empty()));
    faults.add(new Happened(Fault.CUT_NODE, 1, at(120), at(121), OptionalLong.empty()));
    assertThat(handovers(116).violations()).hasSize(1);
  }

  @Test
  void whatAnotherNodeRanIsNotJudged() {
    faults.set(0, new Happened(Fault.KILL_NODE, 0, at(100), at(103), OptionalLong.of(78)));
    assertThat(handovers(116).judged()).isZero();
  }

  /// @param again when the script began again in the database
  private Handovers handovers(int again) {
    List<Attempt> attempts =
        List.of(
            new Attempt(CHILD, 1, Lifecycle.Failed, false, "host-77", at(99), at(107), "lost"),
            new Attempt(CHILD, 2, Lifecycle.Succeeded, false, "host-9", at(107), at(119), null));
    Child child = new Child(CHILD, RUN, SERVER, "a", Lifecycle.Succeeded, 2, at(107), at(119));
    Witness witness = new Witness(SERVER, "a", RUN, CHILD, at(again), at(again + 1), false, "1", 0);
    return new Handovers(
        new Evidence(
            Map.of(),
            new Recorded(List.of(), List.of(child), attempts),
            List.of(witness),
            Collected.NOTHING,
            Set.of("s/a")),
        faults,
        List.of(SERVER, "t"));
  }

  private static Instant at(int second) {
    return Instant.EPOCH.plusSeconds(second);
  }
}
