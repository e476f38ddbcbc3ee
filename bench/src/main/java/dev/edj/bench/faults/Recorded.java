package dev.edj.bench.faults;

import dev.edj.execution.Lifecycle;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/// What EDJ has recorded of the executions.
///
/// @param attempts those that have ended, as they were reported
record Recorded(List<Run> runs, List<Child> children, List<Attempt> attempts) {

  /// @param exactlyOnce whether its script runs with the ledger
  /// @param collects whether what its script returns goes to the destination
  /// @param succeeded by the maintained counter
  /// @param plannedAt of the firing of a schedule that started it
  /// @param follows the run because of whose end it was started
  record Run(
      UUID id,
      String job,
      boolean exactlyOnce,
      boolean collects,
      Lifecycle lifecycle,
      int succeeded,
      @Nullable Instant plannedAt,
      @Nullable UUID follows,
      @Nullable String message) {}

  /// @param attempt the newest one
  /// @param attemptStartedAt of the newest one
  record Child(
      UUID id,
      UUID run,
      String server,
      String database,
      Lifecycle lifecycle,
      int attempt,
      @Nullable Instant attemptStartedAt,
      @Nullable Instant endedAt) {

    String place() {
      return server + "/" + database;
    }
  }

  /// @param node ends with the number of its process
  /// @param foundDone whether the ledger told that an attempt before had done the work
  record Attempt(
      UUID child,
      int number,
      Lifecycle lifecycle,
      boolean foundDone,
      @Nullable String node,
      Instant startedAt,
      Instant endedAt,
      @Nullable String message) {}

  private static final String RUNS =
      """
      SELECT e.execution_id AS id, j.name AS job, s.exactly_once, s.results = 'Send' AS collects, e.lifecycle,
             p.succeeded, e.planned_at, e.follows_id AS follows, e.message
      FROM job_execution e
      JOIN job j ON j.job_id = e.job_id
      JOIN step_execution s ON s.execution_id = e.execution_id
      JOIN step_progress p ON p.step_execution_id = s.step_execution_id
      ORDER BY e.execution_id
      """;

  private static final String CHILDREN =
      """
      SELECT c.execution_id AS id, s.execution_id AS run, v.name AS server, c.database_name AS database,
             c.lifecycle, c.attempt, c.attempt_started_at, c.ended_at
      FROM child_execution c
      JOIN step_execution s ON s.step_execution_id = c.step_execution_id
      JOIN server v ON v.server_id = c.server_id
      ORDER BY c.execution_id
      """;

  private static final String ATTEMPTS =
      """
      SELECT t.execution_id AS child, t.task_number AS number, t.lifecycle,
             EXISTS (
               SELECT FROM task_log l
               WHERE l.execution_id = t.execution_id AND l.task_number = t.task_number
                 AND l.text LIKE '%the work was found done%') AS found_done,
             n.name AS node, t.started_at, t.ended_at, t.message
      FROM task_execution t
      LEFT JOIN node n ON n.node_id = t.node_id
      WHERE t.type = 'ScriptExecution'
      ORDER BY t.execution_id, t.task_number
      """;

  static Recorded read(Jdbi jdbi) {
    return new Recorded(
        list(jdbi, RUNS, Run.class),
        list(jdbi, CHILDREN, Child.class),
        list(jdbi, ATTEMPTS, Attempt.class));
  }

  /// The children that have ended so far.
  static List<Child> readEnded(Jdbi jdbi) {
    return list(jdbi, CHILDREN, Child.class).stream()
        .filter(child -> child.lifecycle().ended())
        .toList();
  }

  private static <T> List<T> list(Jdbi jdbi, String sql, Class<T> type) {
    return jdbi.withHandle(handle ->
        handle
            .registerRowMapper(ConstructorMapper.factory(type))
            .createQuery(sql)
            .mapTo(type)
            .list());
  }
}
