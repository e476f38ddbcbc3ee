package dev.edj.execution;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/// The databases of one run. What reads all of them is narrow: it goes along one index and joins
/// nothing but names of servers.
interface RunDatabasesStore {

  @SqlQuery(
      """
      SELECT s.step_id, sv.name AS server, c.database_name AS database, c.lifecycle
      FROM child_execution c
      JOIN step_execution s ON s.step_execution_id = c.step_execution_id
      JOIN server sv ON sv.server_id = c.server_id
      WHERE s.execution_id = :run
      ORDER BY c.step_execution_id, c.server_id, c.database_name
      """)
  @RegisterConstructorMapper(RunDatabase.class)
  List<RunDatabase> databases(@Bind("run") UUID run);

  @SqlQuery(
      """
      SELECT s.step_id, s.step_name AS step, sv.name AS server, c.created, c.in_progress, c.waiting_for_retry,
             c.succeeded, c.failed, c.timed_out, c.canceled, c.skipped
      FROM (
        SELECT step_execution_id, server_id,
               count(*) FILTER (WHERE lifecycle = 'Created') AS created,
               count(*) FILTER (WHERE lifecycle = 'InProgress') AS in_progress,
               count(*) FILTER (WHERE lifecycle = 'WaitingForRetry') AS waiting_for_retry,
               count(*) FILTER (WHERE lifecycle = 'Succeeded') AS succeeded,
               count(*) FILTER (WHERE lifecycle = 'Failed') AS failed,
               count(*) FILTER (WHERE lifecycle = 'TimedOut') AS timed_out,
               count(*) FILTER (WHERE lifecycle = 'Canceled') AS canceled,
               count(*) FILTER (WHERE lifecycle = 'Skipped') AS skipped
        FROM child_execution
        WHERE step_execution_id = ANY (ARRAY(
          SELECT step_execution_id FROM step_execution WHERE execution_id = :run))
        GROUP BY step_execution_id, server_id) c
      JOIN step_execution s ON s.step_execution_id = c.step_execution_id
      JOIN server sv ON sv.server_id = c.server_id
      ORDER BY c.step_execution_id, c.server_id
      """)
  @RegisterConstructorMapper(ServerCounts.class)
  List<ServerCounts> byServer(@Bind("run") UUID run);

  @SqlQuery(
      """
      SELECT c.execution_id, sv.name AS server, c.database_name AS database, c.lifecycle,
             left(t.message, 2000) AS message
      FROM (
        SELECT execution_id, step_execution_id, server_id, database_name, lifecycle, attempt
        FROM child_execution
        WHERE step_execution_id = ANY (ARRAY(
            SELECT step_execution_id FROM step_execution WHERE execution_id = :run))
          AND lifecycle IN ('Failed', 'TimedOut', 'WaitingForRetry')
        LIMIT :limit) c
      JOIN server sv ON sv.server_id = c.server_id
      LEFT JOIN task_execution t ON t.execution_id = c.execution_id AND t.task_number = c.attempt
      ORDER BY c.step_execution_id, c.server_id, c.database_name
      """)
  @RegisterConstructorMapper(DatabaseError.class)
  List<DatabaseError> errors(@Bind("run") UUID run, @Bind("limit") int limit);

  String BEGIN_OF_PAGE =
      """
      SELECT found.execution_id
      FROM step_execution s
      CROSS JOIN LATERAL (
        SELECT CASE WHEN s.step_id = :afterStep THEN :afterServer ELSE 0 END AS server_id,
               CASE WHEN s.step_id = :afterStep THEN :afterDatabase ELSE '' END AS database_name) place
      CROSS JOIN LATERAL (
        SELECT c.execution_id, c.server_id, c.database_name
        FROM child_execution c
        WHERE c.step_execution_id = s.step_execution_id
          AND (c.server_id, c.database_name) > (place.server_id, place.database_name)
          AND (CAST(:serverId AS int) IS NULL OR c.server_id = CAST(:serverId AS int))
          AND (CAST(:name AS text) IS NULL OR c.database_name ILIKE :name)
      """;

  String END_OF_PAGE =
      """
        ORDER BY c.server_id, c.database_name
        LIMIT :limit) found
      WHERE s.execution_id = :run AND s.step_id >= :afterStep
        AND (CAST(:stepId AS int) IS NULL OR s.step_id = CAST(:stepId AS int))
      ORDER BY s.step_id, found.server_id, found.database_name
      LIMIT :limit
      """;

  String NAMED = BEGIN_OF_PAGE + " AND c.lifecycle = ANY (:lifecycles) " + END_OF_PAGE;

  /// Looked for along all of them.
  @SqlQuery(NAMED)
  List<UUID> named(@Bind("run") UUID run, @BindMethods DatabaseCriteria criteria);

  String RARE =
      BEGIN_OF_PAGE
          + """
              AND c.lifecycle = :lifecycle
              AND c.lifecycle IN ('WaitingForRetry', 'Failed', 'TimedOut', 'Canceled', 'Skipped')
          """
          + END_OF_PAGE;

  /// Looked for along those of one lifecycle that few are in.
  @SqlQuery(RARE)
  List<UUID> rare(
      @Bind("run") UUID run,
      @Bind("lifecycle") String lifecycle,
      @BindMethods DatabaseCriteria criteria);

  String WITH_ERROR =
      BEGIN_OF_PAGE
          + """
              AND c.lifecycle IN ('WaitingForRetry', 'Failed', 'TimedOut', 'Canceled', 'Skipped')
              AND c.lifecycle || '' = ANY (:lifecycles)
              AND EXISTS (
                SELECT FROM task_execution t
                WHERE t.execution_id = c.execution_id AND t.task_number = c.attempt AND t.message ILIKE :error
                OFFSET 0)
          """
          + END_OF_PAGE;

  /// Looked for along those that may have an error, whose message is looked up one by one.
  @SqlQuery(WITH_ERROR)
  List<UUID> withError(@Bind("run") UUID run, @BindMethods DatabaseCriteria criteria);

  @SqlQuery(
      """
      SELECT c.execution_id
      FROM step_execution s
      JOIN server sv ON sv.name = :server
      JOIN child_execution c
        ON c.step_execution_id = s.step_execution_id AND c.server_id = sv.server_id AND c.database_name = :database
      WHERE s.execution_id = :run AND s.step_id = :step
      """)
  @Nullable UUID child(
      @Bind("run") UUID run,
      @Bind("step") int stepId,
      @Bind("server") String server,
      @Bind("database") String database);

  @SqlQuery(
      """
      SELECT found.execution_id
      FROM child_execution here
      JOIN step_execution own ON own.step_execution_id = here.step_execution_id
      JOIN step_execution s
        ON s.execution_id = own.execution_id AND s.step_execution_id >= here.step_execution_id
      CROSS JOIN (VALUES ('Failed'), ('TimedOut')) wanted (lifecycle)
      CROSS JOIN LATERAL (
        SELECT c.execution_id, c.server_id, c.database_name
        FROM child_execution c
        WHERE c.step_execution_id = s.step_execution_id AND c.lifecycle = wanted.lifecycle
          AND c.lifecycle IN ('WaitingForRetry', 'Failed', 'TimedOut', 'Canceled', 'Skipped')
          AND (c.step_execution_id > here.step_execution_id
            OR (c.server_id, c.database_name) > (here.server_id, here.database_name))
        ORDER BY c.server_id, c.database_name
        LIMIT 1) found
      WHERE here.execution_id = :child
      ORDER BY s.step_execution_id, found.server_id, found.database_name
      LIMIT 1
      """)
  @Nullable UUID failedAfter(@Bind("child") UUID child);

  @SqlQuery(
      """
      SELECT found.execution_id
      FROM child_execution here
      JOIN step_execution own ON own.step_execution_id = here.step_execution_id
      JOIN step_execution s
        ON s.execution_id = own.execution_id AND s.step_execution_id <= here.step_execution_id
      CROSS JOIN (VALUES ('Failed'), ('TimedOut')) wanted (lifecycle)
      CROSS JOIN LATERAL (
        SELECT c.execution_id, c.server_id, c.database_name
        FROM child_execution c
        WHERE c.step_execution_id = s.step_execution_id AND c.lifecycle = wanted.lifecycle
          AND c.lifecycle IN ('WaitingForRetry', 'Failed', 'TimedOut', 'Canceled', 'Skipped')
          AND (c.step_execution_id < here.step_execution_id
            OR (c.server_id, c.database_name) < (here.server_id, here.database_name))
        ORDER BY c.server_id DESC, c.database_name DESC
        LIMIT 1) found
      WHERE here.execution_id = :child
      ORDER BY s.step_execution_id DESC, found.server_id DESC, found.database_name DESC
      LIMIT 1
      """)
  @Nullable UUID failedBefore(@Bind("child") UUID child);

  @SqlQuery(
      """
      SELECT left(v.text, :characters)
      FROM child_execution c
      JOIN step_execution s ON s.step_execution_id = c.step_execution_id
      JOIN content_version v ON v.content_id = s.content_id AND v.version = s.content_version
      WHERE c.execution_id = :child AND v.text IS NOT NULL
      """)
  Optional<String> script(@Bind("child") UUID child, @Bind("characters") int mostCharacters);

  @SqlQuery(
      """
      SELECT e.waves, e.open_wave, e.wave_ended_at IS NOT NULL AS open_wave_ended,
             v.wave_approval AND e.wave_ended_at IS NOT NULL AND e.approved_wave <= e.open_wave
               AND e.open_wave < e.waves AND e.ended_at IS NULL AND e.cancel_requested_at IS NULL
               AND e.halted_at IS NULL AS awaits_approval,
             e.failure_limit, e.halted_at
      FROM job_execution e
      JOIN job_version v ON v.job_id = e.job_id AND v.version = e.job_version
      WHERE e.execution_id = :run AND (e.waves > 1 OR e.failure_limit IS NOT NULL)
      """)
  @RegisterConstructorMapper(RunWaves.class)
  Optional<RunWaves> waves(@Bind("run") UUID run);

  /// What went wrong on a database, as far as a page can show it.
  record DatabaseError(
      UUID executionId,
      String server,
      String database,
      Lifecycle lifecycle,
      @Nullable String message) {}
}
