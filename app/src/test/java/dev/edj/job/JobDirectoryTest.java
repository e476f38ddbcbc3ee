package dev.edj.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.job.JobSearch.Order;
import dev.edj.testing.TestControlDatabase;
import dev.edj.testing.TestFleet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobDirectoryTest {

  private final TestControlDatabase database = TestControlDatabase.create();
  private final TestFleet fleet = new TestFleet(database.jdbi());
  private final JobDirectory directory = new JobDirectory(database.jdbi(), fleet.jobs);

  @BeforeEach
  void createJobs() {
    fleet.credential("c", "s.example.com");
    fleet.content("script", "SELECT 1");
    String target = fleet.database("s.example.com", "d").name();
    for (String name : List.of("beta", "Alpha", "gamma", "Delta")) {
      fleet.job(name, "script", "c", target);
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void pagesAreInTheOrderOfNamesInWhateverCase() {
    assertThat(names(null, Order.NAME, 0, 3)).containsExactly("Alpha", "beta", "Delta");
    assertThat(names(null, Order.NAME, 3, 3)).containsExactly("gamma");
    assertThat(directory.list(new JobSearch(null, Order.NAME), 1, 1).getFirst())
        .isEqualTo(fleet.jobs.named("beta"));
  }

  @Test
  void aPartOfTheNameNarrowsThem() {
    assertThat(names("TA", Order.NAME, 0, 9)).containsExactly("beta", "Delta");
    assertThat(names("%", Order.NAME, 0, 9)).isEmpty();
    assertThat(directory.count(new JobSearch("TA", Order.NAME))).isEqualTo(new JobCount(2, 4));
    assertThat(directory.count(new JobSearch(null, Order.NAME))).isEqualTo(new JobCount(4, 4));
  }

  @Test
  void thoseWithTheNewestRunComeFirstAndThoseWithoutLast() {
    ran("beta", "Succeeded", 1);
    ran("gamma", "Failed", 5);
    ran("gamma", "WaitingForChildJobExecutions", 2);

    assertThat(names(null, Order.NEWEST_RUN, 0, 9))
        .containsExactly("beta", "gamma", "Alpha", "Delta");
    assertThat(names(null, Order.NEWEST_RUN, 1, 1)).containsExactly("gamma");
  }

  @Test
  void thoseThatAreDueNextComeFirst() {
    database
        .jdbi()
        .useHandle(handle -> {
          handle.execute(
              """
              INSERT INTO schedule (name, recurrence, interval_count, start_at, zone)
              VALUES ('hourly', 'Hours', 1, now(), 'UTC')
              """);
          handle.execute(
              """
              INSERT INTO job_trigger (job_id, schedule_id, enabled, overlap, misfire, settled_at, next_at)
              SELECT j.job_id, s.schedule_id, due.enabled, 'Skip', 'FireOnce', now(),
                     now() + minutes * interval '1 minute'
              FROM (VALUES ('gamma', true, 10), ('Delta', true, 5), ('beta', false, 1)) due (name, enabled, minutes)
              JOIN job j USING (name)
              CROSS JOIN schedule s
              """);
        });

    assertThat(names(null, Order.DUE_NEXT, 0, 9))
        .containsExactly("Delta", "gamma", "Alpha", "beta");
  }

  private List<String> names(@Nullable String text, Order order, int skip, int limit) {
    return directory.list(new JobSearch(text, order), skip, limit).stream().map(Job::name).toList();
  }

  private void ran(String job, String lifecycle, int minutesAgo) {
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                INSERT INTO job_execution (execution_id, job_id, job_version, lifecycle, created_by, created_at, ended_at)
                SELECT gen_random_uuid(), job_id, 1, lifecycle, 'nobody', at, CASE lifecycle
                  WHEN 'WaitingForChildJobExecutions' THEN NULL ELSE at END
                FROM (SELECT job_id, ? AS lifecycle, now() - ? * interval '1 minute' AS at FROM job WHERE name = ?) one
                """,
                lifecycle,
                minutesAgo,
                job));
  }
}
