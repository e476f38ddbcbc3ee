package dev.edj.bench;

import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.execution.ExecutionFilter;
import dev.edj.execution.Executions;
import dev.edj.execution.Lifecycle;
import dev.edj.execution.Page;
import dev.edj.execution.Purpose;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What a page of executions costs beside a million others: by every filter, alone and in pairs,
/// the first page and one from the middle. What is rare is among it, and what two filters have not
/// in common though each has much: the worst for whoever looks along the wrong index. Where a page
/// takes longer than it may, by the median, the measurement fails.
@Command(
    name = "listing",
    description = "time of a page of executions among a million, by every filter")
final class ListingBench implements Callable<Integer> {

  private static final int DATABASES = 10_000;
  private static final int SERVERS = 200;
  private static final int ROWS = 100;
  private static final int TIMES = 20;
  private static final Duration HISTORY = Duration.ofDays(45);

  /// The two executions that are large: one that has ended, and one of which little is open.
  private static final int ENDED = 0;

  private static final int NEARLY_ENDED = 22;

  @Option(
      names = "--executions",
      defaultValue = "1000000",
      description = "ended executions of jobs in the tables (${DEFAULT-VALUE})")
  private int number;

  @Option(
      names = "--children",
      defaultValue = "100000",
      description = "children of each of the two that are large (${DEFAULT-VALUE})")
  private int children;

  @Option(
      names = "--within",
      defaultValue = "50",
      description = "milliseconds that a page may take, by the median (${DEFAULT-VALUE})")
  private double within;

  @Option(names = "--only", description = "measure only listings whose description contains this")
  private String only = "";

  private final List<Measured> all = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    try (QueueUnderTest queue = new QueueUnderTest(DATABASES, SERVERS)) {
      long begin = System.nanoTime();
      ControlDatabaseAddress address = queue.address();
      // Not through the pool, which gives up when a statement takes a minute.
      fill(Jdbi.create(address.url(), address.user(), address.password()));
      System.out.printf(
          "%,.0f executions of jobs with %,.0f children, made in %.0f s%n",
          count(queue, "job_execution"),
          count(queue, "child_execution"),
          (System.nanoTime() - begin) / 1e9);
      System.out.printf(
          "%-48s %6s %9s %9s %9s %9s  within %.0f%n",
          "ms", "rows", "first p50", "most", "deep p50", "most", within);
      measureRuns(queue.jdbi(), queue.executions());
      measureChildren(queue.jdbi(), queue.executions());
    }
    Measured slowest =
        all.stream().max((a, b) -> Double.compare(a.median(), b.median())).orElseThrow();
    double most = all.stream().mapToDouble(Measured::most).max().orElseThrow();
    System.out.printf(
        "slowest page ms        p50 %.1f (%s), most %.1f%n",
        slowest.median(), slowest.what(), most);
    List<String> late =
        all.stream().filter(page -> page.median() > within).map(Measured::what).toList();
    System.out.printf(
        "pages over %.0f ms       %s%n",
        within, late.isEmpty() ? "none of " + all.size() : String.join("; ", late));
    return late.isEmpty() ? 0 : 1;
  }

  private void measureRuns(Jdbi jdbi, Executions executions) {
    UUID middle = run(jdbi, number / 2);
    Instant past = Instant.now().minus(HISTORY.multipliedBy(2).dividedBy(3));
    String from = past.toString();
    String to = past.plusSeconds(3_600).toString();
    Stream.of(
            wanted("active", "active", "true"),
            wanted("all"),
            wanted("job", "job", "job 1"),
            wanted("job, rare", "job", "rare"),
            wanted("schedule", "schedule", "Nightly"),
            wanted("schedule, rare", "schedule", "rare"),
            wanted("target", "target", "target 1"),
            wanted("target, rare", "target", "rare"),
            wanted("target, a database", "target", "d4711"),
            wanted("content", "content", "content 1"),
            wanted("content, rare", "content", "rare"),
            wanted("lifecycle", "lifecycle", "Succeeded"),
            wanted("lifecycle, rare", "lifecycle", "TimedOut"),
            wanted("lifecycle, none", "lifecycle", "Skipped"),
            wanted("lifecycle, active", "lifecycle", "WaitingForChildJobExecutions"),
            wanted("created, in the past", "createdFrom", from, "createdTo", to),
            wanted("created, since long ago", "createdFrom", from),
            wanted("started, in the past", "startedFrom", from, "startedTo", to),
            wanted("started, since long ago", "startedFrom", from),
            wanted("job + schedule", "job", "job 1", "schedule", "Nightly"),
            wanted("job + schedule, none", "job", "job 1", "schedule", "schedule 2"),
            wanted("job + lifecycle", "job", "job 1", "lifecycle", "Succeeded"),
            wanted("job + lifecycle, none", "job", "job 1", "lifecycle", "Failed"),
            wanted("job + created", "job", "job 1", "createdFrom", from, "createdTo", to),
            wanted("job + started", "job", "job 1", "startedFrom", from, "startedTo", to),
            wanted("job + target", "job", "job 1", "target", "target 1"),
            wanted("job + target, none", "job", "job 1", "target", "rare"),
            wanted("job + content", "job", "job 1", "content", "content 1"),
            wanted("schedule + lifecycle", "schedule", "Nightly", "lifecycle", "Succeeded"),
            wanted("schedule + lifecycle, none", "schedule", "Nightly", "lifecycle", "TimedOut"),
            wanted("schedule + target", "schedule", "Nightly", "target", "target 1"),
            wanted("target + lifecycle", "target", "target 2", "lifecycle", "Failed"),
            wanted("target + lifecycle, none", "target", "target 1", "lifecycle", "Failed"),
            wanted("target + created", "target", "target 1", "createdFrom", from, "createdTo", to),
            wanted("target + content", "target", "target 1", "content", "content 1"),
            wanted("target + content, none", "target", "target 1", "content", "rare"),
            wanted("content + lifecycle, rare", "content", "content 1", "lifecycle", "TimedOut"),
            wanted(
                "lifecycle + created", "lifecycle", "Failed", "createdFrom", from, "createdTo", to),
            wanted(
                "lifecycle + started", "lifecycle", "Failed", "startedFrom", from, "startedTo", to))
        .forEach(wanted -> measure(executions, wanted, middle));
  }

  private void measureChildren(Jdbi jdbi, Executions executions) {
    UUID middle = child(jdbi, number / 2);
    String s17 = "postgresql://s17";
    String busy = "postgresql://s5";
    Instant past = Instant.now().minus(HISTORY.multipliedBy(2).dividedBy(3));
    String from = past.toString();
    String to = past.plusSeconds(3_600).toString();
    Stream.of(
            wanted("database", "server", s17, "database", "d4616"),
            wanted("database, active", "server", s17, "database", "d4616", "active", "true"),
            wanted("database, rare", "server", "postgresql://rare", "database", "rare"),
            wanted("database, busy", "server", busy, "database", "busy"),
            wanted("database, busy, active", "server", busy, "database", "busy", "active", "true"),
            wanted(
                "database + lifecycle, rare",
                "server",
                busy,
                "database",
                "busy",
                "lifecycle",
                "TimedOut"),
            wanted(
                "database + created",
                "server",
                busy,
                "database",
                "busy",
                "createdFrom",
                from,
                "createdTo",
                to),
            wanted("database + job", "server", s17, "database", "d4616", "job", "job 1"),
            wanted("database + job, none", "server", busy, "database", "busy", "job", "rare"),
            wanted("database of 200 servers", "database", "app"),
            wanted("database of 200 servers, active", "database", "app", "active", "true"),
            wanted(
                "database of 200 servers + lifecycle, none",
                "database",
                "app",
                "lifecycle",
                "TimedOut"),
            wanted("database of 200 servers + created", "database", "app", "createdTo", to),
            wanted(
                "database of 200 servers + started",
                "database",
                "app",
                "startedFrom",
                from,
                "startedTo",
                to),
            wanted("database of 200 servers + job", "database", "app", "job", "job 1"),
            wanted("server", "server", s17),
            wanted("server, busy", "server", busy),
            wanted("server, active", "server", s17, "active", "true"),
            wanted("server, rare", "server", "postgresql://rare"),
            wanted("server + lifecycle", "server", busy, "lifecycle", "Failed"),
            wanted("server + lifecycle, rare", "server", busy, "lifecycle", "TimedOut"),
            wanted("server + created", "server", busy, "createdFrom", from, "createdTo", to),
            wanted("server + started", "server", busy, "startedFrom", from, "startedTo", to),
            wanted("server + job", "server", s17, "job", "job 1"),
            wanted("server + job, none", "server", busy, "job", "rare"))
        .forEach(wanted -> measure(executions, wanted, middle));
    String large = run(jdbi, ENDED).toString();
    Stream.of(
            wanted("children", "parent", large),
            wanted("children, active", "parent", large, "active", "true"),
            wanted("children + lifecycle", "parent", large, "lifecycle", "Succeeded"),
            wanted("children + lifecycle, rare", "parent", large, "lifecycle", "Failed"),
            wanted("children + lifecycle, none", "parent", large, "lifecycle", "Created"),
            wanted("children + server", "parent", large, "server", s17),
            wanted("children + database", "parent", large, "database", "d4616"))
        .forEach(wanted -> measure(executions, wanted, child(jdbi, ENDED)));
    String nearlyEnded = run(jdbi, NEARLY_ENDED).toString();
    Stream.of(
            wanted("children, nearly ended", "parent", nearlyEnded),
            wanted("children, nearly ended, active", "parent", nearlyEnded, "active", "true"),
            wanted(
                "children, nearly ended + lifecycle",
                "parent",
                nearlyEnded,
                "lifecycle",
                "Created"),
            wanted(
                "children, nearly ended + running",
                "parent",
                nearlyEnded,
                "lifecycle",
                "InProgress"))
        .forEach(wanted -> measure(executions, wanted, child(jdbi, NEARLY_ENDED)));
  }

  private void measure(Executions executions, Wanted wanted, UUID deep) {
    if (!wanted.what().contains(only)) {
      return;
    }
    int rows = executions.list(wanted.filter(null)).items().size();
    double[] first = milliseconds(executions, wanted.filter(null));
    double[] later = milliseconds(executions, wanted.filter(deep));
    all.add(new Measured(wanted.what(), median(first), first[TIMES - 1]));
    all.add(new Measured(wanted.what() + ", deep", median(later), later[TIMES - 1]));
    System.out.printf(
        "%-48s %6d %9.1f %9.1f %9.1f %9.1f  %s%n",
        wanted.what(),
        rows,
        median(first),
        first[TIMES - 1],
        median(later),
        later[TIMES - 1],
        median(first) <= within && median(later) <= within ? "yes" : "NO");
  }

  /// Sorted.
  private static double[] milliseconds(Executions executions, ExecutionFilter filter) {
    double[] milliseconds = new double[TIMES];
    executions.list(filter); // what is read from the disk once is not what is measured
    for (int i = 0; i < TIMES; i++) {
      long begin = System.nanoTime();
      Page<?> page = executions.list(filter);
      milliseconds[i] = (System.nanoTime() - begin) / 1e6;
      if (page.items().size() > ROWS) {
        throw new IllegalStateException("more than a page");
      }
    }
    Arrays.sort(milliseconds);
    return milliseconds;
  }

  private static double median(double[] sorted) {
    return sorted[TIMES / 2];
  }

  private static double count(QueueUnderTest queue, String table) {
    return queue
        .jdbi()
        .withHandle(handle ->
            handle.createQuery("SELECT count(*) FROM " + table).mapTo(Double.class).one());
  }

  private static UUID run(Jdbi jdbi, int n) {
    return id(jdbi, "SELECT execution_id FROM made WHERE n = %d".formatted(n));
  }

  /// A child of the n-th execution, of a large one from its middle.
  private static UUID child(Jdbi jdbi, int n) {
    return id(
        jdbi,
        """
        SELECT c.execution_id FROM made m JOIN child_execution c USING (step_execution_id)
        WHERE m.n = %d AND (m.n NOT IN (%d, %d) OR c.server_id = %d)
        ORDER BY c.server_id, c.database_name
        LIMIT 1
        """
            .formatted(n, ENDED, NEARLY_ENDED, SERVERS / 2));
  }

  private static UUID id(Jdbi jdbi, String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(UUID.class).one());
  }

  /// Half of the executions are of one job, a fifth on one target, and neither ever fails, though
  /// one in twenty does; whatever is called rare has the five oldest. Every twentieth has six
  /// children, the others one. One in fifty is on a database that every server has, the newest of
  /// them on a dozen servers. Of the large one that runs, what is open comes last in the order of
  /// its children. Foreign keys are not checked meanwhile: that would take longer than the rest.
  private void fill(Jdbi jdbi) {
    String sql =
        """
        SET session_replication_role = replica;
        INSERT INTO server (name) SELECT 'postgresql://rare';
        INSERT INTO target (target_id, name, kind) SELECT gen_random_uuid(), name, 'CustomCollection'
          FROM unnest('{target 1,target 2,rare}'::text[]) name;
        INSERT INTO content (name, kind, latest_version)
          SELECT 'content ' || n, 'Script', 1 FROM generate_series(1, 50) n UNION ALL SELECT 'rare', 'Script', 1;
        INSERT INTO content_version (content_id, version, text, sha256)
          SELECT content_id, 1, 'SELECT 1', '' FROM content WHERE name <> 's';
        INSERT INTO job (name, current_version)
          SELECT 'job ' || n, 1 FROM generate_series(1, 200) n UNION ALL SELECT 'rare', 1;
        INSERT INTO job_version (job_id, version) SELECT job_id, 1 FROM job WHERE name NOT IN ('big', 'small', 'warm-up');
        CREATE TABLE made AS
          SELECT n, nextval(pg_get_serial_sequence('step_execution', 'step_execution_id')) AS step_execution_id,
            now() - n * interval '%3$d seconds' / %1$d AS created_at,
            CAST(lpad(to_hex((extract(epoch FROM now() - n * interval '%3$d seconds' / %1$d) * 1000)::bigint), 12, '0')
              || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15) AS uuid) AS execution_id,
            CASE WHEN n = 0 THEN 'big' WHEN n > %1$d - 5 THEN 'rare' WHEN n %% 2 = 0 THEN 'job 1'
              ELSE 'job ' || 2 + n / 2 %% 198 END AS job,
            CASE WHEN n = 0 THEN 'big' WHEN n > %1$d - 5 THEN 'rare' WHEN n %% 5 = 0 THEN 'target 1' WHEN n %% 5 = 1 THEN 'target 2'
              ELSE 'd' || 1 + n %% 5000 END AS target,
            CASE WHEN n = 0 THEN 's' WHEN n > %1$d - 5 THEN 'rare' WHEN n %% 3 = 0 THEN 'content 1'
              ELSE 'content ' || 2 + n %% 49 END AS content,
            CASE WHEN n > %1$d - 5 THEN 'rare' WHEN n %% 4 = 0 THEN 'Nightly'
              WHEN n %% 4 = 1 THEN 'schedule ' || 1 + n %% 40 END AS schedule,
            CASE WHEN n %% 400000 = 7 THEN 'TimedOut' WHEN n %% 20 = 1 THEN 'Failed' WHEN n %% 100 = 3 THEN 'Canceled'
              WHEN n %% 100 = 5 THEN 'SucceededWithSkipped' ELSE 'Succeeded' END AS lifecycle,
            CASE WHEN n %% 100000 = 9 THEN interval '1 day' ELSE interval '1 second' END AS wait
          FROM generate_series(0, %1$d) n;
        ALTER TABLE made ADD PRIMARY KEY (n);
        INSERT INTO job_execution (execution_id, job_id, job_version, lifecycle, created_by, created_at, started_at,
            ended_at, schedule_name, planned_at, followed)
          SELECT m.execution_id, j.job_id, 1, m.lifecycle, 'bench', m.created_at, m.created_at + wait,
            m.created_at + wait + interval '10 seconds', m.schedule, CASE WHEN m.schedule IS NOT NULL THEN m.created_at END,
            true
          FROM made m JOIN job j ON j.name = m.job ORDER BY n DESC;
        INSERT INTO step_execution (step_execution_id, execution_id, step_id, step_name, content_id, content_version,
            credential_id, target_id, policy_name, initial_retry_interval_ms, maximum_retry_interval_ms,
            retry_interval_backoff_coefficient, maximum_attempts, retry, transient_errors, permanent_errors,
            run_created_at, run_lifecycle)
          OVERRIDING SYSTEM VALUE
          SELECT m.step_execution_id, m.execution_id, 1, 'JobStep', c.content_id, 1, cr.credential_id, t.target_id, 'p',
            1, 1, 1, 1, 'all', '{}', '{}', m.created_at, m.lifecycle
          FROM made m JOIN content c ON c.name = m.content JOIN target t ON t.name = m.target, credential cr
          ORDER BY n DESC;
        INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name, lifecycle, attempt,
            created_at, started_at, attempt_started_at, ended_at)
          SELECT CAST(overlay(m.execution_id::text PLACING substr(md5(n || ' ' || k), 1, 8) FROM 29) AS uuid), m.step_execution_id,
            CASE WHEN n > %1$d - 5 THEN rare.server_id WHEN n %% 20 = 7 THEN 5
              WHEN n %% 50 = 2 THEN 1 + n / 50 %% CASE WHEN n < %1$d / 20 THEN 12 ELSE %2$d END ELSE 1 + (n / 2 + k) %% %2$d END,
            CASE WHEN n > %1$d - 5 THEN 'rare' WHEN n %% 20 = 7 THEN 'busy' WHEN n %% 50 = 2 THEN 'app' ELSE 'd' || (n / 2 + k) %% 10000 END,
            CASE m.lifecycle WHEN 'SucceededWithSkipped' THEN 'Skipped' ELSE m.lifecycle END, 1,
            m.created_at + wait, m.created_at + wait, m.created_at + wait, m.created_at + wait + interval '10 seconds'
          FROM made m CROSS JOIN (SELECT server_id FROM server WHERE name = 'postgresql://rare') rare,
            generate_series(1, CASE WHEN n %% 20 = 0 AND n <= %1$d - 5 THEN 6 ELSE 1 END) k
          WHERE n > 0
          ORDER BY n DESC;
        INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name, lifecycle, attempt,
            created_at, started_at, attempt_started_at, ended_at)
          SELECT gen_random_uuid(), m.step_execution_id, 1 + k %% %2$d, 'd' || k,
            CASE WHEN k %% 30000 = 1 THEN 'Failed' ELSE 'Succeeded' END, 1,
            m.created_at, m.created_at, m.created_at, m.created_at + interval '10 seconds'
          FROM made m, generate_series(1, %4$d) k WHERE n = 0;
        INSERT INTO step_progress (step_execution_id, succeeded, failed, timed_out, canceled, skipped)
          SELECT m.step_execution_id, count(*) FILTER (WHERE c.lifecycle = 'Succeeded'),
            count(*) FILTER (WHERE c.lifecycle = 'Failed'), count(*) FILTER (WHERE c.lifecycle = 'TimedOut'),
            count(*) FILTER (WHERE c.lifecycle = 'Canceled'), count(*) FILTER (WHERE c.lifecycle = 'Skipped')
          FROM made m JOIN child_execution c USING (step_execution_id) GROUP BY m.step_execution_id;
        UPDATE step_execution SET run_lifecycle = NULL
          WHERE execution_id IN (SELECT execution_id FROM made WHERE n BETWEEN 2 AND 4000 AND n %% 20 = 2);
        UPDATE child_execution c SET lifecycle = 'Created', ended_at = NULL
          FROM made m WHERE c.step_execution_id = m.step_execution_id AND n BETWEEN 2 AND 4000 AND n %% 20 = 2;
        UPDATE step_progress p SET created = 1, succeeded = 0, failed = 0, canceled = 0, skipped = 0, timed_out = 0
          FROM made m WHERE p.step_execution_id = m.step_execution_id AND n BETWEEN 2 AND 4000 AND n %% 20 = 2;
        UPDATE job_execution e SET lifecycle = 'WaitingForChildJobExecutions', ended_at = NULL
          FROM made m WHERE e.execution_id = m.execution_id AND n BETWEEN 2 AND 4000 AND n %% 20 = 2;
        INSERT INTO child_execution (execution_id, step_execution_id, server_id, database_name, lifecycle, node_id, attempt,
            created_at, started_at, attempt_started_at, ended_at)
          SELECT gen_random_uuid(), m.step_execution_id, 1 + k %% %2$d, 'u' || k, l.lifecycle,
            CASE WHEN l.lifecycle = 'InProgress' THEN 1 END, 1, m.created_at, m.created_at, m.created_at,
            CASE WHEN l.lifecycle = 'Succeeded' THEN m.created_at + interval '10 seconds' END
          FROM made m, generate_series(1, %4$d) k, LATERAL (
            SELECT CASE WHEN k %% %2$d = %2$d - 1 AND k > %4$d * 0.90 THEN 'Created'
              WHEN k %% %2$d = %2$d - 2 AND k > %4$d * 0.98 THEN 'InProgress' ELSE 'Succeeded' END AS lifecycle) l
          WHERE n = %5$d;
        UPDATE step_progress p SET created = c.created, in_progress = c.in_progress, succeeded = c.succeeded
          FROM (SELECT m.step_execution_id, count(*) FILTER (WHERE c.lifecycle = 'Created') AS created,
              count(*) FILTER (WHERE c.lifecycle = 'InProgress') AS in_progress,
              count(*) FILTER (WHERE c.lifecycle = 'Succeeded') AS succeeded
            FROM made m JOIN child_execution c USING (step_execution_id) WHERE n = %5$d GROUP BY m.step_execution_id) c
          WHERE p.step_execution_id = c.step_execution_id;
        SET session_replication_role = origin;
        VACUUM ANALYZE;
        """
            .formatted(number, SERVERS, HISTORY.toSeconds(), children, NEARLY_ENDED);
    jdbi.useHandle(handle -> Arrays.stream(sql.split(";\n")).forEach(handle::execute));
  }

  /// How long a listing took, in milliseconds.
  private record Measured(String what, double median, double most) {}

  private static Wanted wanted(String what, String... criteria) {
    return new Wanted(
        what,
        IntStream.range(0, criteria.length / 2)
            .boxed()
            .collect(Collectors.toMap(i -> criteria[2 * i], i -> criteria[2 * i + 1])));
  }

  /// A listing to be measured: of all executions, also those that have ended, unless told
  /// otherwise.
  private record Wanted(String what, Map<String, String> criteria) {

    ExecutionFilter filter(@Nullable UUID after) {
      return ExecutionFilter.page(ROWS)
          .parent(find("parent", UUID::fromString))
          .job(criteria.get("job"))
          .purpose(find("purpose", Purpose::valueOf))
          .schedule(criteria.get("schedule"))
          .target(criteria.get("target"))
          .content(criteria.get("content"))
          .server(criteria.get("server"))
          .database(criteria.get("database"))
          .lifecycle(find("lifecycle", Lifecycle::valueOf))
          .createdFrom(find("createdFrom", Instant::parse))
          .createdTo(find("createdTo", Instant::parse))
          .startedFrom(find("startedFrom", Instant::parse))
          .startedTo(find("startedTo", Instant::parse))
          .includeInactive(!criteria.containsKey("active"))
          .after(after)
          .filter();
    }

    private <T> @Nullable T find(String criterion, Function<String, T> read) {
      String value = criteria.get(criterion);
      return value == null ? null : read.apply(value);
    }
  }
}
