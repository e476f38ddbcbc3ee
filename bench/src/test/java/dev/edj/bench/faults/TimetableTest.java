package dev.edj.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.bench.faults.Recorded.Run;
import dev.edj.execution.Lifecycle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Two planned times, both started and followed, and what becomes of them.
class TimetableTest {

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:20Z");
  private static final Instant SECOND = FIRST.plus(Timetable.INTERVAL);
  private static final Instant FROM = FIRST.minusMillis(500);
  private static final Instant UNTIL = SECOND.plusSeconds(3);

  private final List<Run> runs =
      new ArrayList<>(
          List.of(
              timed(1, FIRST),
              timed(2, SECOND),
              run(3, Timetable.FOLLOWER, null, new UUID(0, 1)),
              run(4, Timetable.FOLLOWER, null, new UUID(0, 2)),
              run(5, "other", null, null)));

  @Test
  void oneExecutionForEachIsRight() {
    assertThat(violations()).isEmpty();
  }

  @Test
  void moreOfThemAfterTheEndAreRight() {
    runs.add(timed(6, SECOND.plus(Timetable.INTERVAL)));
    runs.add(run(7, Timetable.FOLLOWER, null, new UUID(0, 6)));
    assertThat(violations()).isEmpty();
  }

  @Test
  void aPlannedTimeThatIsForgottenIsSeen() {
    runs.remove(1);
    runs.remove(2);
    assertThat(violations()).containsExactly("the schedule started nothing at " + SECOND);
  }

  @Test
  void aPlannedTimeThatIsStartedTwiceIsSeen() {
    runs.add(timed(6, FIRST));
    runs.add(run(7, Timetable.FOLLOWER, null, new UUID(0, 6)));
    assertThat(violations()).containsExactly("the schedule started 2 executions at " + FIRST);
  }

  @Test
  void aTimeThatIsNotPlannedIsSeen() {
    runs.set(0, timed(1, FIRST.plusMillis(1)));
    assertThat(violations())
        .contains(
            "the schedule started an execution that was not planned, at " + FIRST.plusMillis(1));
  }

  @Test
  void anExecutionThatNothingFollowsIsSeen() {
    runs.remove(2);
    assertThat(violations()).singleElement().asString().contains("was not followed");
  }

  @Test
  void anExecutionThatIsFollowedTwiceIsSeen() {
    runs.add(run(6, Timetable.FOLLOWER, null, new UUID(0, 1)));
    assertThat(violations()).singleElement().asString().contains("was followed by 2 executions");
  }

  @Test
  void aFollowerOfNothingIsSeen() {
    runs.add(run(6, Timetable.FOLLOWER, null, null));
    assertThat(violations()).singleElement().asString().contains("was followed by 1 executions");
  }

  @Test
  void whatIsMissingMayStillComeAndWhatIsThereTwiceStays() {
    runs.remove(2);
    assertThat(Timetable.lasting(runs)).isEmpty();
    runs.add(timed(6, FIRST));
    assertThat(Timetable.lasting(runs))
        .containsExactly("the schedule started 2 executions at " + FIRST);
  }

  private List<String> violations() {
    return Timetable.violations(runs, FROM, UNTIL);
  }

  private static Run timed(int number, Instant plannedAt) {
    return run(number, Timetable.JOB, plannedAt, null);
  }

  private static Run run(
      int number, String job, @Nullable Instant plannedAt, @Nullable UUID follows) {
    return new Run(
        new UUID(0, number), job, false, false, Lifecycle.Succeeded, 0, plannedAt, follows, null);
  }
}
