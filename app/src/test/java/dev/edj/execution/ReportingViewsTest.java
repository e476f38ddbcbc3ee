package dev.edj.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.testing.TestControlDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The views of the schema `jobs`, as somebody reads them who may do nothing else.
class ReportingViewsTest {

  private TestControlDatabase database;
  private Jdbi jdbi;
  private Fleet fleet;
  private Claims claims;
  private Reports reports;
  private long node;

  @BeforeEach
  void open() {
    database = TestControlDatabase.create();
    jdbi = database.jdbi();
    fleet = new Fleet(jdbi);
    claims = new Claims(jdbi, new Random(1));
    reports = new Reports(jdbi);
    fleet.server("s", 100);
    fleet.job("j", "Standard execution policy");
    node = fleet.node("n");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jobs                 | job_name, job_id, job_version, description, enabled, schedule_interval_type, schedule_interval_count, schedule_start_time, schedule_end_time
          job_versions         | job_name, job_id, job_version
          jobsteps             | job_name, job_id, job_version, step_id, step_name, command_type, command_source, command, credential_name, target_group_name, target_group_id, initial_retry_interval_seconds, maximum_retry_interval_seconds, retry_interval_backoff_multiplier, retry_attempts, step_timeout_seconds, output_type, output_credential_name, output_subscription_id, output_resource_group_name, output_server_name, output_database_name, output_schema_name, output_table_name, max_parallelism
          jobstep_versions     | job_name, job_id, job_version, step_id, step_name, command_type, command_source, command, credential_name, target_group_name, target_group_id, initial_retry_interval_seconds, maximum_retry_interval_seconds, retry_interval_backoff_multiplier, retry_attempts, step_timeout_seconds, output_type, output_credential_name, output_subscription_id, output_resource_group_name, output_server_name, output_database_name, output_schema_name, output_table_name, max_parallelism
          job_executions       | job_execution_id, job_name, job_id, job_version, step_id, is_active, lifecycle, create_time, start_time, end_time, current_attempts, current_attempt_start_time, next_attempt_start_time, last_message, target_type, target_id, target_group_name, target_server_name, target_database_name
          target_groups        | target_group_name, target_group_id
          target_group_members | target_group_name, target_group_id, membership_type, target_type, target_id, refresh_credential_name, subscription_id, resource_group_name, server_name, database_name, elastic_pool_name
          """)
  void haveTheColumnsOfTheOriginal(String view, String columns) {
    assertThat(
            rows(
                """
                SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) AS columns
                FROM information_schema.columns WHERE table_schema = 'jobs' AND table_name = '%s'
                """
                    .formatted(view)))
        .extracting(row -> String.valueOf(row.get("columns")))
        .containsExactly(columns);
  }

  @Test
  void anExecutionIsARunWithItsStepsAndTheirDatabases() {
    UUID run = fleet.run("j", 3, "s");
    List<ClaimedChild> claimed = claims.claim(node, 2, 0);
    reports.record(
        List.of(
            ReportsTest.succeeded(claimed.get(0)),
            ReportsTest.retry(claimed.get(1), Duration.ofMinutes(5))));

    assertThat(executions(run))
        .containsExactly(
            "run null WaitingForChildJobExecutions active 0",
            "step 1 WaitingForChildJobExecutions active 0",
            "database 1 %s Succeeded 1".formatted(claimed.get(0).database()),
            "database 1 %s WaitingForRetry active 1 again it failed"
                .formatted(claimed.get(1).database()),
            "database 1 db2 Created active 0");
  }

  @Test
  void whatHasEndedSaysHowAndWhy() {
    UUID run = fleet.run("j", 2, "s");
    List<ClaimedChild> claimed = claims.claim(node, 2, 0);
    reports.record(
        List.of(
            ReportsTest.succeeded(claimed.get(0)),
            ReportsTest.ended(claimed.get(1), Lifecycle.Failed)));

    assertThat(executions(run))
        .containsExactly(
            "run null Failed 0",
            "step 1 Failed 0",
            "database 1 %s Succeeded 1".formatted(claimed.get(0).database()),
            "database 1 %s Failed 1 it failed".formatted(claimed.get(1).database()));
    assertThat(
            rows(
                "SELECT target_type, target_group_name, target_server_name, target_database_name,"
                    + " end_time >= start_time AS ended FROM jobs.job_executions WHERE lifecycle ="
                    + " 'Failed' AND target_server_name IS NOT NULL"))
        .singleElement()
        .isEqualTo(
            Map.of(
                "target_type",
                "SqlDatabase",
                "target_group_name",
                "all",
                "target_server_name",
                "s",
                "target_database_name",
                claimed.get(1).database(),
                "ended",
                true));
  }

  @Test
  void checksAreNoRunsOfAJob() {
    UUID run = fleet.run("j", 1, "s");
    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE job_execution SET purpose = 'Check', followed = true WHERE execution_id = ?",
            run));
    assertThat(rows("SELECT * FROM jobs.job_executions")).isEmpty();
  }

  @Test
  void aQueryThatWritesIsNoneEither() {
    fleet.run("j", 1, "s");
    jdbi.useHandle(handle -> handle.execute("UPDATE job SET ad_hoc = true"));
    assertThat(rows("SELECT * FROM jobs.job_executions")).isEmpty();
    assertThat(rows("SELECT * FROM jobs.jobstep_versions")).isEmpty();
  }

  @Test
  void whatAViewLeavesOutIsNotSeenByTheExpressionsOfAQueryEither() {
    jdbi.useHandle(handle -> handle.execute("UPDATE job SET ad_hoc = true"));
    assertThat(
            rows(
                "SELECT job_name FROM jobs.jobstep_versions WHERE command ~ 'SELECT' AND CAST(command AS"
                    + " int) = 1"))
        .isEmpty();
  }

  @Test
  void theSignatureOfAPackagesAddressIsNotShown() {
    jdbi.useHandle(handle ->
        handle
            .createScript(
                """
                INSERT INTO content (name, kind, latest_version) VALUES ('p', 'Dacpac', 1);
                INSERT INTO content_version (content_id, version, kind, package_uri)
                  SELECT content_id, 1, 'Dacpac', 'https://packages.example.com/p.dacpac?sig=5ecret' FROM content WHERE name = 'p';
                UPDATE job_step SET content_id = (SELECT content_id FROM content WHERE name = 'p'), content_version = NULL;
                """)
            .execute());
    assertThat(rows("SELECT command, command_type, command_source FROM jobs.jobsteps"))
        .containsExactly(
            Map.of(
                "command",
                "https://packages.example.com/p.dacpac?…",
                "command_type",
                "Dacpac",
                "command_source",
                "Uri"));
  }

  @Test
  void aStepSaysWhatItRunsWhereAndHowOften() {
    assertThat(rows("SELECT * FROM jobs.jobsteps"))
        .singleElement()
        .satisfies(step ->
            assertThat(step)
                .containsEntry("job_name", "j")
                .containsEntry("step_name", "JobStep")
                .containsEntry("command", "SELECT 1")
                .containsEntry("command_source", "Inline")
                .containsEntry("credential_name", "c")
                .containsEntry("target_group_name", "all")
                .containsEntry("retry_attempts", 10)
                .containsEntry("retry_interval_backoff_multiplier", 2.0)
                .hasEntrySatisfying(
                    "maximum_retry_interval_seconds",
                    seconds -> assertThat(seconds).asString().startsWith("120"))
                .hasEntrySatisfying(
                    "step_timeout_seconds",
                    seconds -> assertThat(seconds).asString().startsWith("43200")));
  }

  @Test
  void aGroupHasMembersAndWhatAStepNamesIsItsOwn() {
    jdbi.useHandle(handle ->
        handle
            .createScript(
                """
                INSERT INTO target (target_id, name, kind, server_id, database_name)
                  SELECT gen_random_uuid(), n.name, 'Database', server_id, n.name
                  FROM server, (VALUES ('in'), ('out'), ('alone')) n (name);
                INSERT INTO target_child (parent_id, child_id, membership)
                  SELECT p.target_id, c.target_id, CASE c.name WHEN 'in' THEN 'Include' ELSE 'Exclude' END
                  FROM target p, target c WHERE p.name = 'all' AND c.name IN ('in', 'out');
                """)
            .execute());
    assertThat(
            rows(
                "SELECT target_group_name, membership_type, target_type, database_name FROM"
                    + " jobs.target_group_members ORDER BY database_name"))
        .extracting(row -> String.join(" ", row.values().stream().map(String::valueOf).toList()))
        .containsExactly("all Include SqlDatabase in", "all Exclude SqlDatabase out");

    jdbi.useHandle(handle ->
        handle.execute(
            "UPDATE job_step SET target_id = (SELECT target_id FROM target WHERE name = 'alone')"));
    assertThat(
            rows(
                "SELECT target_group_name, server_name, database_name FROM jobs.target_group_members"
                    + " WHERE target_group_name = 'alone'"))
        .singleElement()
        .isEqualTo(
            Map.of("target_group_name", "alone", "server_name", "s", "database_name", "alone"));
  }

  @Test
  void whoReadsThemReadsNothingElseAndWritesNothing() {
    for (String statement :
        List.of(
            "SELECT * FROM credential",
            "SELECT * FROM job",
            "SELECT * FROM audit_event",
            "INSERT INTO jobs.target_groups VALUES ('x', gen_random_uuid())",
            "CREATE VIEW jobs.mine AS SELECT 1")) {
      assertThatThrownBy(() -> asReader(handle -> handle.execute(statement)))
          .as(statement)
          .rootCause()
          .hasMessageContaining("permission denied");
    }
  }

  /// The rows of an execution, from the whole to its parts.
  private List<String> executions(UUID run) {
    return rows(
            """
            SELECT CASE WHEN step_id IS NULL THEN 'run' WHEN target_server_name IS NULL THEN 'step' ELSE 'database' END
                     || ' ' || coalesce(step_id::text, 'null') || coalesce(' ' || target_database_name, '') || ' ' || lifecycle
                     || CASE WHEN is_active THEN ' active' ELSE '' END || ' ' || current_attempts
                     || CASE WHEN next_attempt_start_time > now() THEN ' again' ELSE '' END
                     || coalesce(' ' || nullif(last_message, ''), '') AS line
            FROM jobs.job_executions
            WHERE job_execution_id = '%s'
            ORDER BY step_id NULLS FIRST, target_server_name NULLS FIRST, lifecycle = 'Created', lifecycle <> 'Succeeded'
            """
                .formatted(run))
        .stream()
        .map(row -> String.valueOf(row.get("line")))
        .toList();
  }

  private List<Map<String, Object>> rows(String query) {
    return asReader(handle -> handle.createQuery(query).mapToMap().list());
  }

  private <T> T asReader(Function<Handle, T> work) {
    return database
        .owner()
        .withHandle(handle -> {
          handle.execute("SET ROLE jobs_reader");
          return work.apply(handle);
        });
  }
}
