package dev.edj.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.bench.faults.Recorded.Attempt;
import dev.edj.bench.faults.Recorded.Child;
import dev.edj.bench.faults.Recorded.Run;
import dev.edj.bench.faults.Sampler.Session;
import dev.edj.execution.Lifecycle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One good story, of a run on two databases, and what becomes of it.
class CheckerTest {

  private static final String SERVER = "s";
  private static final UUID RUN = new UUID(0, 1);
  private static final UUID FIRST = new UUID(1, 1);
  private static final UUID SECOND = new UUID(1, 2);

  private final List<Run> runs =
      new ArrayList<>(
          List.of(new Run(RUN, "job", false, false, Lifecycle.Succeeded, 2, null, null, null)));
  private final List<Child> children =
      new ArrayList<>(
          List.of(
              child(FIRST, "a", Lifecycle.Succeeded, 1, 5),
              child(SECOND, "b", Lifecycle.Succeeded, 1, 9)));
  private final List<Attempt> attempts =
      new ArrayList<>(
          List.of(
              attempt(FIRST, 1, Lifecycle.Succeeded, 0, 5),
              attempt(SECOND, 1, Lifecycle.Succeeded, 5, 9)));
  private final List<Witness> witnesses =
      new ArrayList<>(List.of(witness(FIRST, "a", 1, 4, false), witness(SECOND, "b", 6, 8, false)));
  private final List<Session> sessions =
      new ArrayList<>(List.of(session(FIRST, 1, 4), session(SECOND, 6, 8)));
  private final Map<UUID, Child> firstOutcomes = new HashMap<>();

  @Test
  void aGoodStoryHasNoViolation() {
    children.forEach(child -> firstOutcomes.put(child.id(), child));
    assertThat(violations()).isEmpty();
  }

  @Test
  void aSecondSessionAfterALostOneIsNoViolation() {
    attempts.set(0, attempt(FIRST, 1, Lifecycle.Failed, 0, 2));
    attempts.add(attempt(FIRST, 2, Lifecycle.Succeeded, 3, 5));
    children.set(0, child(FIRST, "a", Lifecycle.Succeeded, 2, 5));
    witnesses.set(0, witness(FIRST, "a", 1, null, false));
    witnesses.add(witness(FIRST, "a", 3, 4, false));
    assertThat(violations()).isEmpty();
  }

  @Test
  void aCheckOfNothingIsNone() {
    assertThat(
            new Checker(
                    new Evidence(
                        Map.of(),
                        new Recorded(List.of(), List.of(), List.of()),
                        List.of(),
                        Collected.NOTHING,
                        Set.of("s/a")),
                    List.of())
                .violations(Map.of(), 1))
        .containsExactly("nothing ran");
  }

  @Test
  void whatLastsIsSeenBeforeTheEnd() {
    runs.set(
        0,
        new Run(
            RUN, "job", false, false, Lifecycle.WaitingForChildJobExecutions, 1, null, null, null));
    children.removeLast();
    witnesses.add(witness(FIRST, "a", 2, null, true));
    assertThat(new Checker(evidence(), List.of()).lasting())
        .singleElement()
        .asString()
        .contains("another one was in the script");
  }

  @Test
  void aDatabaseWithoutAChildIsLost() {
    children.removeLast();
    assertThat(violations()).anyMatch(text -> text.contains("lost [s/b]"));
  }

  @Test
  void aRunThatGoesOnForEverIsSeen() {
    runs.set(
        0,
        new Run(
            RUN, "job", false, false, Lifecycle.WaitingForChildJobExecutions, 2, null, null, null));
    assertThat(violations()).singleElement().asString().contains("has not ended");
  }

  @Test
  void aChildThatFailedIsSeen() {
    children.set(0, child(FIRST, "a", Lifecycle.Failed, 1, 5));
    assertThat(violations()).anyMatch(text -> text.contains("is Failed after attempt 1"));
  }

  @Test
  void aCounterThatDiffersIsSeen() {
    runs.set(0, new Run(RUN, "job", false, false, Lifecycle.Succeeded, 1, null, null, null));
    assertThat(violations()).singleElement().asString().contains("counts 1, but 2 succeeded");
  }

  @Test
  void aSuccessWithoutAWholeRunIsSeen() {
    witnesses.set(0, witness(FIRST, "a", 1, null, false));
    assertThat(violations())
        .singleElement()
        .asString()
        .contains("did not run the script as a whole");
  }

  @Test
  void aSuccessOfAnotherAttemptThanTheRecordedOneIsSeen() {
    attempts.set(0, attempt(FIRST, 1, Lifecycle.Failed, 0, 2));
    attempts.add(attempt(FIRST, 2, Lifecycle.Succeeded, 3, 5));
    children.set(0, child(FIRST, "a", Lifecycle.Succeeded, 2, 5));
    assertThat(violations()).singleElement().asString().contains("attempt 2 of execution");
  }

  @Test
  void aScriptThatRanInTheWrongDatabaseIsSeen() {
    witnesses.set(0, witness(FIRST, "b", 1, 4, false));
    assertThat(violations())
        .singleElement()
        .asString()
        .contains("did not run the script as a whole");
  }

  @Test
  void whatRanUnrecordedIsSeen() {
    witnesses.add(witness(new UUID(1, 3), "a", 1, 4, false));
    assertThat(violations()).singleElement().asString().contains("is not recorded");
  }

  @Test
  void twoSuccessesOfOneChildAreSeen() {
    attempts.add(attempt(FIRST, 2, Lifecycle.Succeeded, 5, 8));
    witnesses.add(witness(FIRST, "a", 6, 7, false));
    assertThat(violations()).singleElement().asString().contains("successes are [1, 2]");
  }

  @Test
  void anOutcomeThatChangesIsSeen() {
    firstOutcomes.put(FIRST, child(FIRST, "a", Lifecycle.Succeeded, 1, 4));
    assertThat(violations()).singleElement().asString().contains("an outcome changed");
  }

  @Test
  void anOutcomeThatDisappearsIsSeen() {
    firstOutcomes.put(new UUID(1, 3), child(new UUID(1, 3), "a", Lifecycle.Succeeded, 1, 4));
    assertThat(violations()).singleElement().asString().contains("is gone");
  }

  @Test
  void aLockFoundTakenIsAnOverlap() {
    witnesses.add(witness(FIRST, "a", 2, null, true));
    assertThat(violations()).singleElement().asString().contains("another one was in the script");
  }

  @Test
  void anAttemptThatBeginsBeforeAnotherIsCompleteIsAnOverlap() {
    witnesses.add(witness(FIRST, "a", 2, null, false));
    assertThat(violations()).singleElement().asString().contains("before another one was complete");
  }

  @Test
  void effectsThatAreFoundDoneAreAnEarlierAttempts() {
    exactlyOnce();
    attempts.set(0, attempt(FIRST, 1, Lifecycle.Failed, 0, 4));
    attempts.add(new Attempt(FIRST, 2, Lifecycle.Succeeded, true, null, at(5), at(6), null));
    children.set(0, child(FIRST, "a", Lifecycle.Succeeded, 2, 6));
    assertThat(violations()).isEmpty();
  }

  @Test
  void workFoundDoneThatIsNotIsSeen() {
    exactlyOnce();
    attempts.set(0, new Attempt(FIRST, 1, Lifecycle.Succeeded, true, null, at(0), at(5), null));
    witnesses.removeFirst();
    assertThat(violations())
        .singleElement()
        .asString()
        .contains("did not run the script as a whole");
  }

  @Test
  void effectsThatAreThereTwiceAreSeen() {
    witnesses.add(witness(FIRST, "a", 4, 5, false));
    assertThat(violations()).isEmpty();
    exactlyOnce();
    assertThat(violations()).singleElement().asString().contains("are there 2 times");
  }

  @Test
  void aPartOfEffectsIsSeen() {
    exactlyOnce();
    witnesses.set(0, witness(FIRST, "a", 1, null, false));
    assertThat(violations()).anyMatch(text -> text.contains("a part of the effects"));
  }

  @Test
  void moreSessionsThanTheServerAllowsAreSeen() {
    sessions.set(0, session(FIRST, 1, 7));
    attempts.set(0, attempt(FIRST, 1, Lifecycle.Succeeded, 0, 8));
    assertThat(violations(9, 1)).singleElement().asString().contains("the limit is 1");
    assertThat(violations(1, 9)).singleElement().asString().contains("max parallelism is 1");
    assertThat(violations(2, 2)).isEmpty();
  }

  @Test
  void theSessionOfAnAttemptThatWasGivenUpDoesNotCount() {
    sessions.set(0, session(FIRST, 1, 7));
    assertThat(violations(1, 1)).isEmpty();
  }

  private void exactlyOnce() {
    runs.set(0, new Run(RUN, "job", true, false, Lifecycle.Succeeded, 2, null, null, null));
  }

  private List<String> violations() {
    return violations(9, 9);
  }

  private List<String> violations(int maxParallelism, int maxConnections) {
    return new Checker(evidence(), sessions)
        .violations(Map.of("job", maxParallelism), maxConnections);
  }

  private Evidence evidence() {
    return new Evidence(
        firstOutcomes,
        new Recorded(runs, children, attempts),
        witnesses,
        Collected.NOTHING,
        Set.of("s/a", "s/b"));
  }

  private static Child child(UUID id, String database, Lifecycle lifecycle, int attempt, int end) {
    return new Child(id, RUN, SERVER, database, lifecycle, attempt, at(0), at(end));
  }

  private static Attempt attempt(UUID child, int number, Lifecycle lifecycle, int from, int to) {
    return new Attempt(child, number, lifecycle, false, null, at(from), at(to), null);
  }

  private static Witness witness(
      UUID child, String database, int from, @Nullable Integer to, boolean overlapped) {
    return new Witness(
        SERVER, database, RUN, child, at(from), to == null ? null : at(to), overlapped, "1", 0);
  }

  private static Session session(UUID child, int from, int to) {
    return new Session(SERVER, child, at(from), at(to));
  }

  private static Instant at(int second) {
    return Instant.EPOCH.plusSeconds(second);
  }
}
