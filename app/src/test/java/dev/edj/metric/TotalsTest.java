package dev.edj.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.metric.Family.Point;
import dev.edj.testing.TestControlDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What nodes count comes together in the control database: all of it, and once.
class TotalsTest {

  private final TestControlDatabase database = TestControlDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatTwoNodesCountIsOneSum() {
    Tally one = new Tally();
    Tally other = new Tally();
    AddTotals ofOne = new AddTotals(database.jdbi(), one);
    AddTotals ofOther = new AddTotals(database.jdbi(), other);
    one.count(Metric.EXECUTIONS_ENDED, 2, "Failed");
    other.count(Metric.EXECUTIONS_ENDED, "Failed");
    ofOne.perform();
    ofOther.perform();
    one.count(Metric.EXECUTIONS_ENDED, "Failed");
    ofOne.finish();

    assertThat(value(Metric.EXECUTIONS_ENDED, "Failed")).isEqualTo(4);
    assertThat(value(Metric.EXECUTIONS_ENDED, "Canceled")).isZero();
  }

  @Test
  void anObservationIsInItsBucketAndInTheSum() {
    Tally tally = new Tally();
    tally.observe(Metric.CHILD_WAIT, Duration.ofMillis(10));
    tally.observe(Metric.CHILD_WAIT, Duration.ofMillis(11));
    tally.observe(Metric.CHILD_WAIT, Duration.ofDays(2));
    tally.observe(Metric.CHILD_WAIT, Duration.ofMillis(-1));
    new AddTotals(database.jdbi(), tally).finish();

    Point point = point(Metric.CHILD_WAIT);
    assertThat(point.buckets()).hasSize(Metric.BOUNDS.size() + 1).startsWith(2L, 1L).endsWith(1L);
    assertThat(point.value()).isEqualTo(172_800.021);
  }

  @Test
  void anAdditionThatIsSentAgainCountsOnce() {
    TotalStore store = database.jdbi().onDemand(TotalStore.class);
    UUID source = UUID.randomUUID();
    add(store, source, 1, 5);
    add(store, source, 1, 5);
    add(store, source, 2, 1);
    add(store, UUID.randomUUID(), 1, 10);

    assertThat(value(Metric.REPORTS_FENCED)).isEqualTo(16);
  }

  @Test
  void whatCannotBeAddedIsAddedLater() {
    Tally tally = new Tally();
    AddTotals totals = new AddTotals(database.jdbi(), tally);
    tally.count(Metric.REPORTS_FENCED, 3);
    database.owner().useHandle(handle -> handle.execute("ALTER TABLE metric_total RENAME TO away"));
    totals.finish();
    tally.count(Metric.REPORTS_FENCED, 4);
    database.owner().useHandle(handle -> handle.execute("ALTER TABLE away RENAME TO metric_total"));
    totals.finish();

    assertThat(value(Metric.REPORTS_FENCED)).isEqualTo(7);
  }

  @Test
  void nothingIsLostBetweenThreadsThatCountAndOneThatTakes() throws InterruptedException {
    Tally tally = new Tally();
    AddTotals totals = new AddTotals(database.jdbi(), tally);
    CountDownLatch counted = new CountDownLatch(8);
    for (int thread = 0; thread < 8; thread++) {
      Thread.ofVirtual()
          .start(() -> {
            IntStream.range(0, 1_000).forEach(_ -> tally.count(Metric.CHILDREN_GIVEN_BACK));
            counted.countDown();
          });
    }
    totals.perform();
    counted.await();
    totals.finish();

    assertThat(value(Metric.CHILDREN_GIVEN_BACK)).isEqualTo(8_000);
  }

  @Test
  void aTotalOfAnotherVersionOfTheProgramIsLeftAlone() {
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                INSERT INTO metric_total (metric, labels, part, value)
                VALUES ('edj_of_tomorrow_total', '', '', 1), ('edj_executions_ended_total', 'Failed,Run', '', 1)
                """));

    assertThat(value(Metric.EXECUTIONS_ENDED, "Failed")).isZero();
    assertThat(family(Metric.EXECUTIONS_ENDED).points()).hasSize(6);
  }

  @Test
  void aControlDatabaseThatIsAwayIsOneOfTheMetrics() {
    ServiceMetrics metrics = new ServiceMetrics(database.jdbi());
    database.database().close();

    assertThat(metrics.read())
        .containsExactly(new Family(Metric.CONTROL_DATABASE_UP, List.of(Point.of(0))));
  }

  @Test
  void aStatementThatFailsKeepsNoOtherBack() {
    database.owner().useHandle(handle -> handle.execute("DROP TABLE audit_pending"));
    List<Family> families = new ServiceMetrics(database.jdbi()).read();

    assertThat(families).contains(new Family(Metric.METRICS_UNREAD, List.of(Point.of(1))));
    assertThat(families)
        .extracting(Family::metric)
        .contains(Metric.QUEUE_OLDEST, Metric.SCHEDULE_LAG, Metric.CONTROL_DATABASE_UP)
        .doesNotContain(Metric.AUDIT_UNLINKED);
  }

  private static void add(TotalStore store, UUID source, long number, double value) {
    store.add(
        source,
        number,
        new String[] {Metric.REPORTS_FENCED.exposedName()},
        new String[] {""},
        new String[] {""},
        new double[] {value});
  }

  private double value(Metric metric, String... labels) {
    return point(metric, labels).value();
  }

  private Point point(Metric metric, String... labels) {
    return family(metric).points().stream()
        .filter(point -> point.labels().equals(List.of(labels)))
        .findFirst()
        .orElseThrow();
  }

  private Family family(Metric metric) {
    return database.jdbi().inTransaction(Totals::read).stream()
        .filter(family -> family.metric() == metric)
        .findFirst()
        .orElseThrow();
  }
}
