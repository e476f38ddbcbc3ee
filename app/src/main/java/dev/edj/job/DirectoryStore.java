package dev.edj.job;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/// Names of jobs in the control database, page by page.
interface DirectoryStore {

  String WANTED =
      """
      WHERE (CAST(:text AS text) IS NULL OR position(lower(:text) IN lower(j.name)) > 0) AND NOT j.ad_hoc
      """;

  String PAGE =
      """
      lower(j.name), j.name
      LIMIT :limit OFFSET :skip
      """;

  @SqlQuery("SELECT j.name FROM job j " + WANTED + "ORDER BY " + PAGE)
  List<String> byName(@Nullable String text, int skip, int limit);

  /// As in the listing of executions, there is a look into the index for each lifecycle, so that a
  /// job with a million runs costs no more than one with ten; checks and trials are no runs.
  @SqlQuery(
      """
      SELECT j.name
      FROM job j
      CROSS JOIN LATERAL (
        SELECT max(created_at) AS created_at
        FROM (
          (SELECT e.created_at
           FROM job_execution e
           WHERE e.job_id = j.job_id AND e.purpose = 'Run'
             AND e.lifecycle IN ('Created', 'InProgress', 'WaitingForRetry', 'WaitingForChildJobExecutions')
           ORDER BY e.created_at DESC, e.execution_id DESC
           LIMIT 1)
          UNION ALL
          (SELECT found.created_at
           FROM unnest(ARRAY['Succeeded', 'SucceededWithSkipped', 'Failed', 'TimedOut', 'Canceled', 'Skipped'])
             AS wanted (lifecycle)
           CROSS JOIN LATERAL (
             SELECT e.created_at
             FROM job_execution e
             WHERE e.job_id = j.job_id AND e.purpose = 'Run' AND e.ended_at IS NOT NULL
               AND e.lifecycle = wanted.lifecycle
             ORDER BY e.created_at DESC, e.execution_id DESC
             LIMIT 1) found)) run) newest
      """
          + WANTED
          + "ORDER BY newest.created_at DESC NULLS LAST, "
          + PAGE)
  List<String> byNewestRun(@Nullable String text, int skip, int limit);

  @SqlQuery(
      """
      SELECT j.name
      FROM job j
      LEFT JOIN (
        SELECT job_id, min(next_at) AS next_at
        FROM job_trigger
        WHERE enabled
        GROUP BY job_id) due ON due.job_id = j.job_id
      """
          + WANTED
          + "ORDER BY due.next_at NULLS LAST, "
          + PAGE)
  List<String> byNextTime(@Nullable String text, int skip, int limit);

  @SqlQuery(
      """
      SELECT count(*) FILTER (
               WHERE CAST(:text AS text) IS NULL OR position(lower(:text) IN lower(name)) > 0) AS found,
             count(*) AS "all"
      FROM job
      WHERE NOT ad_hoc
      """)
  @RegisterConstructorMapper(JobCount.class)
  JobCount count(@Nullable String text);
}
