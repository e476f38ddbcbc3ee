package dev.edj.execution;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/// The newest runs of jobs. As in [PageStore], there is a look into the index for each lifecycle,
/// so that a job with a million runs costs no more than one with ten.
interface LatestStore {

  /// Of each job the newest runs, newest first; checks and trials are none.
  @SqlQuery(
      """
      SELECT j.name AS job, r.execution_id AS id, r.lifecycle, r.created_at, r.started_at, r.ended_at
      FROM job j
      CROSS JOIN LATERAL (
        SELECT *
        FROM (
          (SELECT e.execution_id, e.lifecycle, e.created_at, e.started_at, e.ended_at
           FROM job_execution e
           WHERE e.job_id = j.job_id AND e.purpose = 'Run'
             AND e.lifecycle IN ('Created', 'InProgress', 'WaitingForRetry', 'WaitingForChildJobExecutions')
           ORDER BY e.created_at DESC, e.execution_id DESC
           LIMIT :each)
          UNION ALL
          (SELECT found.*
           FROM unnest(ARRAY['Succeeded', 'SucceededWithSkipped', 'Failed', 'TimedOut', 'Canceled', 'Skipped'])
             AS wanted (lifecycle)
           CROSS JOIN LATERAL (
             SELECT e.execution_id, e.lifecycle, e.created_at, e.started_at, e.ended_at
             FROM job_execution e
             WHERE e.job_id = j.job_id AND e.purpose = 'Run' AND e.ended_at IS NOT NULL
               AND e.lifecycle = wanted.lifecycle
             ORDER BY e.created_at DESC, e.execution_id DESC
             LIMIT :each) found)) newest
        ORDER BY created_at DESC, execution_id DESC
        LIMIT :each) r
      WHERE j.name = ANY (:jobs) AND NOT j.ad_hoc
      ORDER BY j.name, r.created_at DESC, r.execution_id DESC
      """)
  @RegisterConstructorMapper(LatestRun.class)
  List<LatestRun> latest(@Bind("jobs") String[] jobs, @Bind("each") int each);
}
