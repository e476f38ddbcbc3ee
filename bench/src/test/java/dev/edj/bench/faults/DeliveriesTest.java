package dev.edj.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.bench.faults.Collected.Rows;
import dev.edj.bench.faults.Recorded.Attempt;
import dev.edj.bench.faults.Recorded.Child;
import dev.edj.bench.faults.Recorded.Run;
import dev.edj.execution.Lifecycle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A script that ran twice in its database: the first session was lost at its end, and the second
/// one made the child succeed. Its rows are in the destination.
class DeliveriesTest {

  private static final UUID RUN = new UUID(0, 1);
  private static final UUID CHILD = new UUID(1, 1);
  private static final UUID UNKNOWN = new UUID(1, 2);
  private static final String LOST = "the lost session";
  private static final String GOOD = "the good session";

  private boolean collects = true;
  private Lifecycle lifecycle = Lifecycle.Succeeded;
  private List<String> indexes = List.of(Collected.INDEX);
  private final List<Witness> witnesses =
      new ArrayList<>(List.of(witness(LOST, 7, 1, 3), witness(GOOD, 5, 11, 13)));
  private final List<Attempt> attempts =
      new ArrayList<>(
          List.of(
              attempt(1, Lifecycle.Failed, false, 0, 4),
              attempt(2, Lifecycle.Succeeded, false, 10, 14)));
  private final List<Rows> rows = new ArrayList<>(List.of(whole(CHILD, GOOD, 5)));

  @Test
  void theRowsOfTheSessionThatSucceededAreRight() {
    assertThat(violations()).isEmpty();
    assertThat(deliveries().rows()).isEqualTo(5);
    assertThat(deliveries().executions()).isEqualTo(1);
  }

  @Test
  void rowsOfAJobThatCollectsNothingAreNotMissed() {
    collects = false;
    rows.clear();
    assertThat(violations()).isEmpty();
  }

  @Test
  void rowsThatDidNotComeAreSeen() {
    rows.set(0, whole(UNKNOWN, GOOD, 5));
    assertThat(lasting()).singleElement().asString().contains("is not in the destination");
  }

  @Test
  void noRowsAreNotMissed() {
    witnesses.set(1, witness(GOOD, 0, 11, 13));
    rows.clear();
    assertThat(lasting()).isEmpty();
  }

  @Test
  void rowsThatAreLeftFromAnEarlierSessionWhereTheLastOneHasNoneAreSeen() {
    witnesses.set(1, witness(GOOD, 0, 11, 13));
    rows.set(0, whole(CHILD, LOST, 7));
    assertThat(violations()).singleElement().asString().contains("is not in the destination");
  }

  @Test
  void rowsOfALostSessionInsteadOfTheGoodOneAreSeen() {
    rows.set(0, whole(CHILD, LOST, 7));
    assertThat(violations()).singleElement().asString().contains("is not in the destination");
  }

  @Test
  void rowsOfTwoSessionsAreSeen() {
    rows.add(whole(CHILD, LOST, 7));
    assertThat(violations()).singleElement().asString().contains("rows of 2 sessions");
  }

  @Test
  void rowsThatAreThereTwiceAreSeen() {
    rows.set(0, new Rows(CHILD, GOOD, 5, 10, 5, 1, 5));
    assertThat(violations()).singleElement().asString().contains("of the 5 rows");
  }

  @Test
  void halfOfTheRowsAreSeen() {
    rows.set(0, new Rows(CHILD, GOOD, 5, 3, 3, 1, 3));
    assertThat(violations()).singleElement().asString().contains("there are 3");
  }

  @Test
  void rowsOfTheSecondResultSetAreSeen() {
    rows.set(0, new Rows(CHILD, GOOD, 5, 8, 8, -3, 5));
    assertThat(violations()).singleElement().asString().contains("from -3 to 5");
    rows.set(0, new Rows(CHILD, GOOD, 3, 3, 3, -3, -1));
    assertThat(violations()).anyMatch(text -> text.contains("from -3 to -1"));
  }

  @Test
  void anExecutionThatHasNotSucceededMayHaveAllRowsOfASessionOrNone() {
    attempts.removeLast();
    lifecycle = Lifecycle.WaitingForRetry;
    rows.set(0, whole(CHILD, LOST, 7));
    assertThat(violations()).isEmpty();
    rows.clear();
    assertThat(lasting()).isEmpty();
  }

  @Test
  void anExecutionThatHasNotSucceededMayNotHavePartOfTheRows() {
    attempts.removeLast();
    lifecycle = Lifecycle.Failed;
    rows.set(0, new Rows(CHILD, LOST, 7, 6, 6, 2, 7));
    assertThat(violations()).singleElement().asString().contains("of the 7 rows");
  }

  @Test
  void theRowsOfWorkThatIsFoundDoneAreThoseOfTheSessionThatWasCommitted() {
    witnesses.removeLast();
    attempts.set(1, attempt(2, Lifecycle.Succeeded, true, 10, 11));
    rows.set(0, whole(CHILD, LOST, 7));
    assertThat(violations()).isEmpty();
    rows.set(0, whole(CHILD, GOOD, 5));
    assertThat(violations()).singleElement().asString().contains("is not in the destination");
  }

  @Test
  void rowsOfAnExecutionThatIsNotRecordedAreSeen() {
    rows.add(whole(UNKNOWN, LOST, 7));
    assertThat(violations()).singleElement().asString().contains("is not recorded");
    assertThat(lasting()).isEmpty();
  }

  @Test
  void anIndexThatIsMissingOrThereTwiceIsSeen() {
    indexes = List.of();
    assertThat(violations()).singleElement().asString().contains("has the indexes []");
    indexes = List.of(Collected.INDEX, Collected.INDEX + "1");
    assertThat(violations()).singleElement().asString().contains("has the indexes [IX_");
  }

  @Test
  void aCheckOfNothingIsNone() {
    witnesses.set(1, witness(GOOD, 0, 11, 13));
    rows.clear();
    assertThat(violations()).containsExactly("nothing was collected");
  }

  private List<String> violations() {
    return deliveries().violations();
  }

  private List<String> lasting() {
    return deliveries().lasting();
  }

  private Deliveries deliveries() {
    Run run = new Run(RUN, "job", false, collects, lifecycle, 1, null, null, null);
    Child child = new Child(CHILD, RUN, "s", "a", lifecycle, 2, at(10), at(14));
    return new Deliveries(
        new Evidence(
            Map.of(),
            new Recorded(List.of(run), List.of(child), attempts),
            witnesses,
            new Collected(rows, indexes),
            Set.of("s/a")));
  }

  private static Rows whole(UUID child, String session, int total) {
    return new Rows(child, session, total, total, total, 1, total);
  }

  private static Attempt attempt(
      int number, Lifecycle lifecycle, boolean foundDone, int from, int to) {
    return new Attempt(CHILD, number, lifecycle, foundDone, null, at(from), at(to), null);
  }

  private static Witness witness(String session, int rows, int from, int to) {
    return new Witness("s", "a", RUN, CHILD, at(from), at(to), false, session, rows);
  }

  private static Instant at(int second) {
    return Instant.EPOCH.plusSeconds(second);
  }
}
