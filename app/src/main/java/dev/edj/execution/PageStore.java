package dev.edj.execution;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/// Pages of listings. Each statement first finds the ids of the page, from indexes that are in the
/// order of the listing, and then reads those rows only.
///
/// What has ended comes from indexes that have the lifecycle before the time: a look for each
/// lifecycle that is wanted, so that a rare one is found as fast as any. What has not is looked for
/// among the active runs, which are few.
///
/// Each statement is written so that no other index than its own will do. Left a choice, the
/// planner takes for granted that what two filters have in common is spread evenly, and passes over
/// half a table of rows when it is not. So the index of all runs asks for lifecycles by their
/// names, which only the statement that is to use it does, and so does the index of what ran on a
/// database; the statement for a job's runs by a schedule does not ask for their end, as the
/// indexes of either do; and `OFFSET 0` holds what else is asked of a row to one look into an
/// index.
///
/// To be run in a transaction that began with [#begin].
interface PageStore {

  /// Has each statement planned for the values it is given, so that what is not asked for costs
  /// nothing; and along the index that is in the order of the page, which the planner leaves where
  /// it expects few rows.
  @SqlQuery(
      """
      SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true),
             set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true),
             set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)
      """)
  String begin();

  /// What a run has to be, besides what the index says.
  String OF_RUN =
      """
            AND (NOT :byStart OR (e.started_at >= :startedFrom AND e.started_at < :startedTo))
            AND (CAST(:jobId AS bigint) IS NULL OR e.job_id = CAST(:jobId AS bigint))
            AND (CAST(:schedule AS text) IS NULL OR e.schedule_name = :schedule)
            AND (CAST(:purpose AS text) IS NULL OR e.purpose = :purpose)
      """;

  String ON_TARGET =
      """
            AND (CAST(:targetId AS uuid) IS NULL OR EXISTS (
              SELECT FROM step_execution st
              WHERE st.execution_id = e.execution_id AND st.target_id = CAST(:targetId AS uuid) OFFSET 0))
      """;

  String OF_CONTENT =
      """
            AND (CAST(:contentId AS bigint) IS NULL OR EXISTS (
              SELECT FROM step_execution st
              WHERE st.execution_id = e.execution_id AND st.content_id = CAST(:contentId AS bigint) OFFSET 0))
      """;

  String ACTIVE_RUNS =
      """
      WHERE e.execution_id = ANY (ARRAY(
        SELECT execution_id
        FROM (
          (SELECT e.created_at, e.execution_id
           FROM job_execution e
           WHERE e.ended_at IS NULL AND e.lifecycle = ANY (:active)
             AND e.created_at >= :from AND (e.created_at, e.execution_id) < (:before, :beforeId)
      """
          + OF_RUN
          + ON_TARGET
          + OF_CONTENT
          + """
               ORDER BY e.created_at DESC, e.execution_id DESC
               LIMIT :limit)
              UNION ALL
              (SELECT found.created_at, found.execution_id
               FROM unnest(:ended) AS wanted (lifecycle)
               CROSS JOIN LATERAL (
          """;

  String PAGE_OF_RUNS =
      """
             LIMIT :limit) found)) page
        ORDER BY created_at DESC, execution_id DESC
        LIMIT :limit))
      ORDER BY e.created_at DESC, e.execution_id DESC
      """;

  String RUNS_THAT_ENDED =
      ListingStore.RUNS
          + ACTIVE_RUNS
          + """
             SELECT e.created_at, e.execution_id
             FROM job_execution e
          """;

  String NEWEST_FIRST =
      """
               AND e.created_at >= :from AND (e.created_at, e.execution_id) < (:before, :beforeId)
      """
          + OF_RUN
          + ON_TARGET
          + OF_CONTENT
          + """
             ORDER BY e.created_at DESC, e.execution_id DESC
          """
          + PAGE_OF_RUNS;

  String LIST_RUNS =
      RUNS_THAT_ENDED
          + """
             WHERE e.lifecycle = wanted.lifecycle
               AND e.lifecycle IN ('Succeeded', 'SucceededWithSkipped', 'Failed', 'TimedOut', 'Canceled', 'Skipped')
          """
          + NEWEST_FIRST;

  /// Top-level executions.
  @SqlQuery(LIST_RUNS)
  @RegisterRowMapper(JobExecutionRow.class)
  List<JobExecution> listRuns(@BindMethods Criteria criteria);

  String LIST_REHEARSALS =
      RUNS_THAT_ENDED
          + """
             WHERE e.purpose <> 'Run' AND e.lifecycle = wanted.lifecycle AND e.ended_at IS NOT NULL
          """
          + NEWEST_FIRST;

  /// Checks, trials and queries, which are few among runs.
  @SqlQuery(LIST_REHEARSALS)
  @RegisterRowMapper(JobExecutionRow.class)
  List<JobExecution> listRehearsals(@BindMethods Criteria criteria);

  String LIST_RUNS_OF_JOB =
      RUNS_THAT_ENDED
          + """
             WHERE e.job_id = :jobId AND e.lifecycle = wanted.lifecycle AND e.ended_at IS NOT NULL
          """
          + NEWEST_FIRST;

  /// Runs of a job.
  @SqlQuery(LIST_RUNS_OF_JOB)
  @RegisterRowMapper(JobExecutionRow.class)
  List<JobExecution> listRunsOfJob(@BindMethods Criteria criteria);

  String LIST_RUNS_BY_SCHEDULE =
      RUNS_THAT_ENDED
          + """
             WHERE e.schedule_name = :schedule AND e.lifecycle = wanted.lifecycle AND e.ended_at IS NOT NULL
          """
          + NEWEST_FIRST;

  /// Runs that a schedule started.
  @SqlQuery(LIST_RUNS_BY_SCHEDULE)
  @RegisterRowMapper(JobExecutionRow.class)
  List<JobExecution> listRunsBySchedule(@BindMethods Criteria criteria);

  String LIST_RUNS_OF_JOB_BY_SCHEDULE =
      RUNS_THAT_ENDED
          + """
             WHERE e.job_id = :jobId AND e.schedule_name = :schedule AND e.lifecycle = wanted.lifecycle
          """
          + NEWEST_FIRST;

  /// Runs of a job that a schedule started.
  @SqlQuery(LIST_RUNS_OF_JOB_BY_SCHEDULE)
  @RegisterRowMapper(JobExecutionRow.class)
  List<JobExecution> listRunsOfJobBySchedule(@BindMethods Criteria criteria);

  String STEPS =
      """
             SELECT DISTINCT s.run_created_at AS created_at, s.execution_id
             FROM step_execution s
             CROSS JOIN LATERAL (SELECT * FROM job_execution WHERE execution_id = s.execution_id OFFSET 0) e
      """;

  String LIST_RUNS_ON_TARGET =
      ListingStore.RUNS
          + ACTIVE_RUNS
          + STEPS
          + """
             WHERE s.target_id = CAST(:targetId AS uuid) AND s.run_lifecycle = wanted.lifecycle
               AND s.run_created_at >= :from AND (s.run_created_at, s.execution_id) < (:before, :beforeId)
          """
          + OF_RUN
          + OF_CONTENT
          + """
             ORDER BY s.run_created_at DESC, s.execution_id DESC
          """
          + PAGE_OF_RUNS;

  /// Runs with a step on a target.
  @SqlQuery(LIST_RUNS_ON_TARGET)
  @RegisterRowMapper(JobExecutionRow.class)
  List<JobExecution> listRunsOnTarget(@BindMethods Criteria criteria);

  String LIST_RUNS_OF_CONTENT =
      ListingStore.RUNS
          + ACTIVE_RUNS
          + STEPS
          + """
             WHERE s.content_id = CAST(:contentId AS bigint) AND s.run_lifecycle = wanted.lifecycle
               AND s.run_created_at >= :from AND (s.run_created_at, s.execution_id) < (:before, :beforeId)
          """
          + OF_RUN
          + ON_TARGET
          + """
             ORDER BY s.run_created_at DESC, s.execution_id DESC
          """
          + PAGE_OF_RUNS;

  /// Runs with a step of a content.
  @SqlQuery(LIST_RUNS_OF_CONTENT)
  @RegisterRowMapper(JobExecutionRow.class)
  List<JobExecution> listRunsOfContent(@BindMethods Criteria criteria);

  /// What a child has to be, besides what the index says.
  String OF_CHILD =
      """
            AND (NOT :byStart OR (x.started_at >= :startedFrom AND x.started_at < :startedTo))
            AND (NOT :ofRun OR EXISTS (
              SELECT FROM step_execution s JOIN job_execution e ON e.execution_id = s.execution_id
              WHERE s.step_execution_id = x.step_execution_id
                AND (CAST(:jobId AS bigint) IS NULL OR e.job_id = CAST(:jobId AS bigint))
                AND (CAST(:schedule AS text) IS NULL OR e.schedule_name = :schedule)
                AND (CAST(:purpose AS text) IS NULL OR e.purpose = :purpose)
                AND (CAST(:targetId AS uuid) IS NULL OR s.target_id = CAST(:targetId AS uuid))
                AND (CAST(:contentId AS bigint) IS NULL OR s.content_id = CAST(:contentId AS bigint))
              OFFSET 0))
      """;

  String ACTIVE_CHILDREN =
      """
      WHERE x.execution_id = ANY (ARRAY(
        SELECT execution_id
        FROM (
          (SELECT x.created_at, x.execution_id
           FROM job_execution e
           CROSS JOIN LATERAL (SELECT * FROM step_execution WHERE execution_id = e.execution_id OFFSET 0) s
           CROSS JOIN LATERAL (
             SELECT c.created_at, c.started_at, c.execution_id, c.step_execution_id
             FROM child_execution c
             WHERE c.step_execution_id = s.step_execution_id
               AND (CAST(:serverId AS int) IS NULL OR c.server_id = CAST(:serverId AS int))
               AND (CAST(:database AS text) IS NULL OR c.database_name = :database)
               AND c.ended_at IS NULL AND c.lifecycle = ANY (:active)
             OFFSET 0) x
           WHERE e.ended_at IS NULL AND cardinality(:active) > 0
             AND x.created_at >= :from AND (x.created_at, x.execution_id) < (:before, :beforeId)
      """
          + OF_CHILD
          + """
               ORDER BY x.created_at DESC, x.execution_id DESC
               LIMIT :limit)
              UNION ALL
          """;

  String PAGE_OF_CHILDREN =
      """
             LIMIT :limit) found)) page
        ORDER BY created_at DESC, execution_id DESC
        LIMIT :limit))
      ORDER BY x.created_at DESC, x.execution_id DESC
      """;

  String AT_PLACE =
      """
             SELECT x.created_at, x.execution_id
             FROM child_execution x
             WHERE x.database_name = :database AND x.server_id = place.server_id AND x.lifecycle = place.lifecycle
               AND x.lifecycle IN ('Succeeded', 'Failed', 'TimedOut', 'Canceled', 'Skipped')
               AND x.created_at >= place.since AND (x.created_at, x.execution_id) < (place.before, place.before_id)
      """
          + OF_CHILD
          + """
             ORDER BY x.created_at DESC, x.execution_id DESC
          """;

  String LIST_ON_DATABASE =
      ListingStore.CHILDREN
          + ACTIVE_CHILDREN
          + """
          (WITH RECURSIVE host (server_id) AS (
             SELECT coalesce(CAST(:serverId AS int), (
               SELECT c.server_id FROM child_execution c
               WHERE c.database_name = :database
                 AND c.lifecycle IN ('Succeeded', 'Failed', 'TimedOut', 'Canceled', 'Skipped')
               ORDER BY c.server_id
               LIMIT 1))
             UNION ALL
             SELECT (
               SELECT c.server_id FROM child_execution c
               WHERE c.database_name = :database AND c.server_id > host.server_id
                 AND c.lifecycle IN ('Succeeded', 'Failed', 'TimedOut', 'Canceled', 'Skipped')
               ORDER BY c.server_id
               LIMIT 1)
             FROM host
             WHERE CAST(:serverId AS int) IS NULL AND host.server_id IS NOT NULL
           ), place AS (
             SELECT server_id, lifecycle, CAST(:from AS timestamptz) AS since, CAST(:before AS timestamptz) AS before,
                    CAST(:beforeId AS uuid) AS before_id
             FROM host
             CROSS JOIN unnest(:ended) AS wanted (lifecycle)
           ), newest AS MATERIALIZED (
             SELECT place.server_id, place.lifecycle, found.created_at, found.execution_id
             FROM place
             CROSS JOIN LATERAL (
          """
          + AT_PLACE
          + """
               LIMIT 1) found
           ), recent AS MATERIALIZED (
             SELECT place.server_id, place.lifecycle, found.created_at, found.execution_id, found.number
             FROM (
               SELECT server_id, lifecycle, created_at AS before, execution_id AS before_id, coalesce((
                        SELECT created_at FROM newest
                        ORDER BY created_at DESC, execution_id DESC
                        OFFSET :limit - 1
                        LIMIT 1), CAST(:from AS timestamptz)) AS since
               FROM newest) place
             CROSS JOIN LATERAL (
               SELECT x.created_at, x.execution_id, row_number() OVER () AS number
               FROM (
          """
          + AT_PLACE
          + """
                 LIMIT ceil(sqrt(:limit))) x) found
             WHERE place.before >= place.since
           ), seen AS MATERIALIZED (
             SELECT created_at, execution_id FROM newest
             UNION ALL
             SELECT created_at, execution_id FROM recent
           )
           SELECT created_at, execution_id FROM seen
           UNION ALL
           SELECT found.created_at, found.execution_id
           FROM (
             SELECT server_id, lifecycle, created_at AS before, execution_id AS before_id, coalesce((
                      SELECT created_at FROM seen
                      ORDER BY created_at DESC, execution_id DESC
                      OFFSET :limit - 1
                      LIMIT 1), CAST(:from AS timestamptz)) AS since
             FROM recent
             WHERE number = ceil(sqrt(:limit))) place
           CROSS JOIN LATERAL (
          """
          + AT_PLACE
          + PAGE_OF_CHILDREN;

  /// What ran on the databases of a name: on one server, or on each that has one, going from server
  /// to server along the index. First the newest of each server and lifecycle is looked at, then
  /// the next few, then all: only where the one before is on the page, by what has been seen. With
  /// few as the root of the page's size, that is never more than twice the size times the root,
  /// beside one of each.
  @SqlQuery(LIST_ON_DATABASE)
  @RegisterRowMapper(JobExecutionRow.class)
  List<JobExecution> listOnDatabase(@BindMethods Criteria criteria);

  String LIST_ON_SERVER =
      ListingStore.CHILDREN
          + ACTIVE_CHILDREN
          + """
          (SELECT found.created_at, found.execution_id
           FROM unnest(:ended) AS wanted (lifecycle)
           CROSS JOIN LATERAL (
             SELECT x.created_at, x.execution_id
             FROM child_execution x
             WHERE x.server_id = :serverId AND x.lifecycle = wanted.lifecycle AND x.ended_at IS NOT NULL
               AND x.created_at >= :from AND (x.created_at, x.execution_id) < (:before, :beforeId)
          """
          + OF_CHILD
          + """
             ORDER BY x.created_at DESC, x.execution_id DESC
          """
          + PAGE_OF_CHILDREN;

  /// What ran on the databases of a server.
  @SqlQuery(LIST_ON_SERVER)
  @RegisterRowMapper(JobExecutionRow.class)
  List<JobExecution> listOnServer(@BindMethods Criteria criteria);

  String LIST_OF_JOB_ON_PLACE =
      ListingStore.CHILDREN
          + ACTIVE_CHILDREN
          + """
          (SELECT x.created_at, x.execution_id
           FROM job_execution e
           CROSS JOIN LATERAL (SELECT * FROM step_execution WHERE execution_id = e.execution_id OFFSET 0) s
           CROSS JOIN LATERAL (
             SELECT c.created_at, c.started_at, c.execution_id, c.step_execution_id
             FROM child_execution c
             WHERE c.step_execution_id = s.step_execution_id
               AND (CAST(:serverId AS int) IS NULL OR c.server_id = CAST(:serverId AS int))
               AND (CAST(:database AS text) IS NULL OR c.database_name = :database)
               AND c.lifecycle = ANY (:ended)
             OFFSET 0) x
           WHERE e.job_id = :jobId
             AND x.created_at >= :from AND (x.created_at, x.execution_id) < (:before, :beforeId)
          """
          + OF_CHILD
          + """
           ORDER BY x.created_at DESC, x.execution_id DESC
           LIMIT :limit)) page
            ORDER BY created_at DESC, execution_id DESC
            LIMIT :limit))
          ORDER BY x.created_at DESC, x.execution_id DESC
          """;

  /// What ran on a server or a database, of a job with few runs: each of them is looked at.
  @SqlQuery(LIST_OF_JOB_ON_PLACE)
  @RegisterRowMapper(JobExecutionRow.class)
  List<JobExecution> listOfJobOnPlace(@BindMethods Criteria criteria);

  String OF_STEP =
      """
               AND x.step_execution_id = s.step_execution_id
               AND (x.server_id, x.database_name) > (place.server_id, place.database_name)
               AND (CAST(:serverId AS int) IS NULL OR x.server_id = CAST(:serverId AS int))
               AND (CAST(:database AS text) IS NULL OR x.database_name = :database)
               AND x.created_at >= :from AND x.created_at < :before
               AND (NOT :byStart OR (x.started_at >= :startedFrom AND x.started_at < :startedTo))
             ORDER BY x.server_id, x.database_name
             LIMIT :limit)
      """;

  String LIST_CHILDREN =
      ListingStore.CHILDREN
          + """
          WHERE x.execution_id = ANY (ARRAY(
            SELECT found.execution_id
            FROM step_execution s
            JOIN step_progress p ON p.step_execution_id = s.step_execution_id
            CROSS JOIN LATERAL (
              SELECT CASE WHEN s.step_id = :afterStep THEN :afterServer ELSE 0 END AS server_id,
                     CASE WHEN s.step_id = :afterStep THEN :afterDatabase ELSE '' END AS database_name) place
            CROSS JOIN LATERAL (
              SELECT p.blocked = 0 AND p.created + p.waiting_for_retry <= :few AS is_short) queue
            CROSS JOIN LATERAL (
              (SELECT x.execution_id, x.server_id, x.database_name
               FROM child_execution x
               WHERE x.lifecycle = ANY (:common)
                 AND cardinality(CAST(:common AS text[])) > 0
                 AND (p.created > 0 AND NOT queue.is_short OR CAST(:common AS text[]) <> '{Created}')
                 AND (p.succeeded > 0 OR CAST(:common AS text[]) <> '{Succeeded}')
          """
          + OF_STEP
          + """
              UNION ALL
              (SELECT x.execution_id, x.server_id, x.database_name
               FROM (
                 SELECT *
                 FROM child_execution
                 WHERE step_execution_id = s.step_execution_id AND lifecycle IN ('Created', 'WaitingForRetry')
                   AND blocks = 0
                 ORDER BY server_id, ready_at, execution_id) x
               WHERE x.lifecycle = 'Created' AND queue.is_short AND CAST(:common AS text[]) = '{Created}'
          """
          + OF_STEP
          + """
              UNION ALL
              (SELECT x.execution_id, x.server_id, x.database_name
               FROM child_execution x
               WHERE x.lifecycle = :rare
                 AND x.lifecycle IN ('WaitingForRetry', 'Failed', 'TimedOut', 'Canceled', 'Skipped')
          """
          + OF_STEP
          + """
              UNION ALL
              (SELECT x.execution_id, x.server_id, x.database_name
               FROM (
                 SELECT *
                 FROM child_execution
                 WHERE step_execution_id + 0 = s.step_execution_id AND lifecycle = 'InProgress'
                 OFFSET 0) x
               WHERE :running AND p.in_progress > 0
          """
          + OF_STEP
          + """
              ) found
            WHERE s.execution_id = :parent AND s.step_id >= :afterStep
            ORDER BY s.step_id, found.server_id, found.database_name
            LIMIT :limit))
          ORDER BY s.step_id, x.server_id, x.database_name
          """;

  /// A run's children, in the order of steps, servers and databases. The steps come in the order of
  /// the run's own index: in that of their ids the planner, which is not to sort, would go through
  /// the steps of all runs. Lifecycles that nearly all children have, or none, are looked for along
  /// all of them; the counters say when there are none, and when few wait. These are read in the
  /// order of their index, and those that run without an index's help for their step, which is what
  /// the `+ 0` is for: so no index of more children looks as good.
  ///
  /// @param few how many may wait to be looked for among those that wait
  @SqlQuery(LIST_CHILDREN)
  @RegisterRowMapper(JobExecutionRow.class)
  List<JobExecution> listChildren(
      @Bind("parent") UUID parent,
      @BindMethods Criteria criteria,
      @BindMethods ChildCriteria childCriteria,
      @Bind("few") int few);

  /// How many runs a job has; no more than `limit` are counted.
  @SqlQuery("SELECT count(*) FROM (SELECT FROM job_execution WHERE job_id = :id LIMIT :limit) e")
  int runsOfJob(@Bind("id") long jobId, @Bind("limit") int limit);

  /// How many steps were on a target; no more than `limit` are counted.
  @SqlQuery(
      "SELECT count(*) FROM (SELECT FROM step_execution WHERE target_id = :id LIMIT :limit) s")
  int stepsOnTarget(@Bind("id") UUID targetId, @Bind("limit") int limit);

  /// The same of a content.
  @SqlQuery(
      "SELECT count(*) FROM (SELECT FROM step_execution WHERE content_id = :id LIMIT :limit) s")
  int stepsOfContent(@Bind("id") long contentId, @Bind("limit") int limit);

  @SqlQuery("SELECT job_id FROM job WHERE name = :name AND NOT ad_hoc")
  @Nullable Long job(@Bind("name") String name);

  @SqlQuery("SELECT content_id FROM content WHERE name = :name AND NOT ad_hoc")
  @Nullable Long content(@Bind("name") String name);

  /// By name or id.
  @SqlQuery("SELECT target_id FROM target WHERE name = :name OR target_id = CAST(:id AS uuid)")
  @Nullable UUID target(@Bind("name") String name, @Bind("id") @Nullable UUID id);

  @SqlQuery("SELECT server_id FROM server WHERE name = :name")
  @Nullable Integer server(@Bind("name") String name);

  /// When a run or a child was created, if it is there.
  @SqlQuery(
      """
      SELECT created_at FROM job_execution WHERE execution_id = :id
      UNION ALL
      SELECT created_at FROM child_execution WHERE execution_id = :id
      """)
  @Nullable Instant createdAt(@Bind("id") UUID executionId);

  @SqlQuery(
      """
      SELECT s.step_id, c.server_id, c.database_name
      FROM child_execution c JOIN step_execution s ON s.step_execution_id = c.step_execution_id
      WHERE c.execution_id = :id AND s.execution_id = :parent
      """)
  @RegisterConstructorMapper(ChildPlace.class)
  @Nullable ChildPlace childPlace(@Bind("parent") UUID parent, @Bind("id") UUID child);

  /// Of the runs that started in a time and were created more than an hour before, when the first
  /// was created.
  @SqlQuery(
      """
      SELECT min(created_at) FROM job_execution
      WHERE started_at - created_at > interval '1 hour' AND started_at >= :from AND started_at < :to
      """)
  @Nullable Instant firstLateStarter(@Bind("from") Instant from, @Bind("to") Instant to);

  /// Where a child stands in the order of its run's children.
  record ChildPlace(int stepId, int serverId, String databaseName) {}
}
