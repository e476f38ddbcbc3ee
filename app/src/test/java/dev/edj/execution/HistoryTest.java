package dev.edj.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.execution.History.Purged;
import dev.edj.problem.EdjException;
import dev.edj.testing.TestControlDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private TestControlDatabase database;
  private Jdbi jdbi;
  private Fleet fleet;
  private Claims claims;
  private Reports reports;
  private History history;
  private long node;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    jdbi = database.jdbi();
    fleet = new Fleet(jdbi);
    claims = new Claims(jdbi, new Random(1));
    reports = new Reports(jdbi);
    history = new History(jdbi);
    fleet.server("s", 10_000);
    fleet.job("j", "Default execution policy");
    fleet.job("other", "Default execution policy");
    node = fleet.node("n");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void historyGoesWithItsJobAndByAge() {
    HistoryStore store = jdbi.onDemand(HistoryStore.class);
    UUID old = ended("j", HOUR.multipliedBy(2));
    UUID young = ended("j", Duration.ZERO);
    keepResults();
    history.removeExpired(HOUR);
    assertThat(runs()).containsExactly(young);
    assertThat(old).isNotIn(runs());
    assertThat(rows("kept_result")).isEqualTo(2);

    UUID active = fleet.run("j", 1, "s");
    jdbi.useHandle(
        handle -> handle.execute("UPDATE job SET delete_requested_at = now() WHERE name = 'j'"));
    history.removeExpired(HOUR);
    assertThat(runs()).containsExactly(active);
    assertThat(store.removeDeletedJobs()).isEmpty();
    endAll();
    history.removeExpired(HOUR);
    assertThat(runs()).as("nobody looked yet what follows it").containsExactly(active);
    follow();
    history.removeExpired(HOUR);
    assertThat(store.removeDeletedJobs()).containsExactly("j");
    for (String table :
        List.of(
            "child_execution",
            "task_execution",
            "batch_execution",
            "task_log",
            "kept_result",
            "kept_result_piece",
            "unsent_result",
            "kept_plan")) {
      assertThat(rows(table)).as(table).isZero();
    }
  }

  @Test
  void resultsGoByTheirOwnAgeInPortionsAndTheirRunsStay() {
    UUID run = ended("j", Duration.ZERO);
    keepResults();
    assertThat(history.removeExpiredResults(HOUR)).isFalse();
    assertThat(rows("kept_result")).isEqualTo(2);

    jdbi.useHandle(handle ->
        handle.execute(
            """
            INSERT INTO kept_result (execution_id, step_execution_id, columns, row_count, kept_rows, digest, rows, kept_at)
            SELECT gen_random_uuid(), 1, '[]', 0, 0, '', '', now() - interval '2 hours' FROM generate_series(1, 1500)
            """));
    jdbi.useHandle(handle ->
        handle.execute(
            """
            INSERT INTO kept_result_piece SELECT execution_id, 1, '' FROM kept_result ON CONFLICT DO NOTHING
            """));
    assertThat(history.removeExpiredResults(HOUR)).isTrue();
    assertThat(rows("kept_result")).isEqualTo(502);
    assertThat(history.removeExpiredResults(HOUR)).isFalse();
    assertThat(rows("kept_result")).isEqualTo(2);
    assertThat(rows("kept_result_piece")).isEqualTo(2);
    assertThat(runs()).containsExactly(run);
  }

  @Test
  void plansGoByTheAgeOfResultsInPortionsAndTheirRunsStay() {
    UUID run = ended("j", Duration.ZERO);
    keepResults();
    assertThat(history.removeExpiredPlans(HOUR)).isFalse();
    assertThat(rows("kept_plan")).isEqualTo(2);

    jdbi.useHandle(handle ->
        handle.execute(
            """
            INSERT INTO kept_plan (execution_id, attempt, planned_at, package_sha256, changes_nothing, script, report)
            SELECT gen_random_uuid(), 1, now() - interval '2 hours', '', true, '', '' FROM generate_series(1, 1500)
            """));
    assertThat(history.removeExpiredPlans(HOUR)).isTrue();
    assertThat(history.removeExpiredPlans(HOUR)).isFalse();
    assertThat(rows("kept_plan")).isEqualTo(2);
    assertThat(runs()).containsExactly(run);
  }

  @Test
  void whatIsPurgedIsOfTheJobAndEndedBeforeTheTime() {
    UUID old = ended("j", HOUR);
    UUID young = ended("j", Duration.ZERO);
    UUID ofOther = ended("other", HOUR);
    Instant before = fleet.now().minus(Duration.ofMinutes(30));

    assertThat(history.purge("j", before, "test")).isEqualTo(new Purged(1, false));
    assertThat(runs()).containsExactlyInAnyOrder(young, ofOther).doesNotContain(old);
    assertThat(history.purge(null, before, "test")).isEqualTo(new Purged(1, false));
    assertThat(runs()).containsExactly(young);
    assertThat(history.purge("j", null, "test")).isEqualTo(new Purged(1, false));
    assertThat(rows("task_execution")).isZero();
    assertThat(history.purge("j", null, "test")).isEqualTo(new Purged(0, false));
  }

  @Test
  void whatIsActiveIsNotPurgedNorWhatIsStillNeeded() {
    UUID active = fleet.run("j", 1, "s");
    assertThat(history.purge("j", null, "test").removed()).isZero();
    endAll();

    // A job may wait for its end.
    jdbi.useHandle(handle -> handle.execute("UPDATE job_execution SET followed = false"));
    assertThat(history.purge("j", null, "test").removed()).isZero();
    follow();

    // Its databases are being tried again.
    UUID again = fleet.run("j", 1, "s");
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE job_execution SET retry_of = ? WHERE execution_id = ?", active, again));
    assertThat(history.purge("j", null, "test").removed()).isZero();
    endAll();
    follow();
    assertThat(history.purge("j", null, "test")).isEqualTo(new Purged(2, false));
  }

  @Test
  void aPurgeHasToNameSomethingThatExists() {
    assertThatThrownBy(() -> history.purge(null, null, "test"))
        .isInstanceOf(EdjException.class)
        .hasMessageStartingWith("before: ");
    assertThatThrownBy(() -> history.purge("none", null, "test"))
        .hasMessage("job 'none' does not exist");
  }

  @Test
  void aPurgeGoesOnInPortionsUntilAllIsRemoved() {
    jdbi.useHandle(handle ->
        handle.execute(
            """
            INSERT INTO job_execution (execution_id, job_id, job_version, lifecycle, created_by, ended_at, followed)
            SELECT gen_random_uuid(), job_id, 1, 'Succeeded', 'test', now(), true
            FROM job, generate_series(1, 1500) WHERE name = 'j'
            """));
    assertThat(history.purge("j", null, "test")).isEqualTo(new Purged(1_000, true));
    assertThat(history.purge("j", null, "test")).isEqualTo(new Purged(500, false));
  }

  @Test
  void runsThatSomebodyElseRemovesAreLeftToThem() {
    UUID first = ended("j", HOUR);
    ended("j", HOUR);
    try (Handle elsewhere = jdbi.open()) {
      elsewhere.begin();
      elsewhere.execute("SELECT FROM job_execution WHERE execution_id = ? FOR UPDATE", first);
      assertThat(history.purge("j", null, "test").removed()).isEqualTo(1);
      assertThat(history.purge("j", null, "test")).isEqualTo(new Purged(0, false));
      elsewhere.rollback();
    }
    assertThat(runs()).containsExactly(first);
  }

  /// A run that has ended so long ago.
  private UUID ended(String job, Duration ago) {
    UUID run = fleet.run(job, 2, "s");
    endAll();
    follow();
    jdbi.useHandle(handle ->
        handle.execute(
            """
            UPDATE job_execution SET ended_at = ended_at - ? * interval '1 second' WHERE execution_id = ?
            """,
            ago.toSeconds(),
            run));
    return run;
  }

  private void endAll() {
    reports.record(claims.claim(node, 100, 0).stream().map(ReportsTest::succeeded).toList());
  }

  /// Of every child, in two parts, one of them not sent.
  private void keepResults() {
    jdbi.useHandle(handle -> {
      handle.execute(
          """
          INSERT INTO kept_result (execution_id, step_execution_id, columns, row_count, kept_rows, digest, rows)
          SELECT execution_id, step_execution_id, '[]', 0, 0, '', '' FROM child_execution
          """);
      handle.execute("INSERT INTO kept_result_piece SELECT execution_id, 1, '' FROM kept_result");
      handle.execute("INSERT INTO unsent_result SELECT execution_id, 1, 0 FROM kept_result");
      handle.execute(
          """
          INSERT INTO kept_plan (execution_id, attempt, package_sha256, changes_nothing, script, report)
          SELECT execution_id, 1, '', true, '', '' FROM kept_result
          """);
    });
  }

  private void follow() {
    jdbi.useHandle(handle -> handle.execute("UPDATE job_execution SET followed = true"));
  }

  private List<UUID> runs() {
    return jdbi.withHandle(handle ->
        handle.createQuery("SELECT execution_id FROM job_execution").mapTo(UUID.class).list());
  }

  private long rows(String table) {
    return jdbi.withHandle(
        handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one());
  }
}
