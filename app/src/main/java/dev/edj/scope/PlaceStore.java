package dev.edj.scope;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/// Where jobs and executions work, and which collections that lies in.
@RegisterConstructorMapper(Place.class)
interface PlaceStore {

  /// Of the versions of jobs that have steps which something is said of.
  String OF_STEPS =
      """
      SELECT DISTINCT j.name AS job, p.target_id, p.target
      FROM job_step s
      JOIN job j ON j.job_id = s.job_id
      JOIN job_step_place p ON p.job_id = s.job_id AND p.version = s.version
      """;

  /// Of a job in one version, or in all.
  ///
  /// @param version null for all that there are
  @SqlQuery(
      """
      SELECT DISTINCT CASE WHEN NOT j.ad_hoc THEN j.name END AS job, p.target_id, p.target
      FROM job j JOIN job_step_place p USING (job_id)
      WHERE j.job_id = :jobId AND p.version = COALESCE(CAST(:version AS int), p.version)
      ORDER BY p.target
      """)
  List<Place> ofJob(long jobId, @Nullable Integer version);

  /// Of a job as it is now; none when there is no such job.
  @SqlQuery(
      """
      SELECT DISTINCT j.name AS job, p.target_id, p.target
      FROM job j JOIN job_step_place p ON p.job_id = j.job_id AND p.version = j.current_version
      WHERE j.name = :name AND NOT j.ad_hoc
      ORDER BY p.target
      """)
  List<Place> ofJob(String name);

  /// Of a run, or of the run that a child belongs to, as its steps were pinned.
  @SqlQuery(
      """
      SELECT DISTINCT CASE WHEN NOT j.ad_hoc THEN j.name END AS job, p.target_id, p.target
      FROM job_execution e
      JOIN job j ON j.job_id = e.job_id
      JOIN step_execution_place p ON p.execution_id = e.execution_id
      WHERE e.execution_id = coalesce((
        SELECT s.execution_id FROM child_execution c JOIN step_execution s USING (step_execution_id)
        WHERE c.execution_id = :id), :id)
      ORDER BY p.target
      """)
  List<Place> ofExecution(UUID id);

  /// Of the jobs that use a content, if only in an older version of theirs.
  @SqlQuery(
      OF_STEPS
          + """
          WHERE s.content_id = (SELECT content_id FROM content WHERE name = :name) AND NOT j.ad_hoc
          ORDER BY j.name, p.target
          """)
  List<Place> ofContent(String name);

  /// Of the jobs that use an execution policy, if only in an older version of theirs.
  @SqlQuery(
      OF_STEPS
          + """
          WHERE s.policy_id = (SELECT policy_id FROM execution_policy WHERE name = :name) AND NOT j.ad_hoc
          ORDER BY j.name, p.target
          """)
  List<Place> ofPolicy(String name);

  /// Of the jobs that a schedule starts.
  @SqlQuery(
      """
      SELECT DISTINCT j.name AS job, p.target_id, p.target
      FROM schedule s
      JOIN job_trigger t ON t.schedule_id = s.schedule_id
      JOIN job j ON j.job_id = t.job_id
      JOIN job_step_place p ON p.job_id = j.job_id AND p.version = j.current_version
      WHERE s.name = :name
      ORDER BY j.name, p.target
      """)
  List<Place> ofSchedule(String name);

  /// Of the jobs that wait for the ends of a job.
  @SqlQuery(
      """
      SELECT DISTINCT j.name AS job, p.target_id, p.target
      FROM job a
      JOIN job_trigger t ON t.after_job_id = a.job_id
      JOIN job j ON j.job_id = t.job_id
      JOIN job_step_place p ON p.job_id = j.job_id AND p.version = j.current_version
      WHERE a.name = :name
      ORDER BY j.name, p.target
      """)
  List<Place> ofFollowers(String name);

  /// Of the job that a trigger starts, and of the one that it waits for.
  @SqlQuery(
      """
      SELECT DISTINCT j.name AS job, p.target_id, p.target
      FROM job_trigger t
      JOIN job j ON j.job_id IN (t.job_id, t.after_job_id)
      JOIN job_step_place p ON p.job_id = j.job_id AND p.version = j.current_version
      WHERE t.trigger_id = :id
      ORDER BY j.name, p.target
      """)
  List<Place> ofTrigger(long id);

  /// Of the runs that have not ended of the job that a trigger starts, if it stops them.
  @SqlQuery(
      """
      SELECT DISTINCT j.name AS job, p.target_id, p.target
      FROM job_trigger t
      JOIN job j ON j.job_id = t.job_id
      JOIN job_execution e ON e.job_id = t.job_id AND e.ended_at IS NULL AND e.purpose = 'Run'
      JOIN step_execution_place p ON p.execution_id = e.execution_id
      WHERE t.trigger_id = :id AND t.enabled AND t.overlap = 'CancelPrevious'
      ORDER BY j.name, p.target
      """)
  List<Place> stoppedByTrigger(long id);

  /// Of the job that a notice is about.
  @SqlQuery(
      """
      SELECT DISTINCT j.name AS job, p.target_id, p.target
      FROM notice n
      JOIN job j ON j.job_id = n.job_id
      JOIN job_step_place p ON p.job_id = j.job_id AND p.version = j.current_version
      WHERE n.name = :name
      ORDER BY j.name, p.target
      """)
  List<Place> ofNotice(String name);

  /// Whether a notice is about all jobs; false when there is no such notice.
  @SqlQuery("SELECT EXISTS (SELECT FROM notice WHERE name = :name AND job_id IS NULL)")
  boolean isAboutAllJobs(String name);

  /// Which of these targets are neither one of the collections nor included in one, directly or by
  /// collections. Of a collection that excludes something, nothing is known to be left.
  @SqlQuery(
      """
      WITH RECURSIVE around (target_id, outer_id) AS (
        SELECT id, id FROM unnest(:targets) AS wanted (id)
        UNION
        SELECT a.target_id, c.parent_id
        FROM around a JOIN target_child c ON c.child_id = a.outer_id
        WHERE c.membership = 'Include'
          AND NOT EXISTS (SELECT FROM target_child x WHERE x.parent_id = c.parent_id AND x.membership = 'Exclude'))
      SELECT id FROM unnest(:targets) AS wanted (id)
      WHERE NOT EXISTS (
        SELECT FROM around a JOIN target t ON t.target_id = a.outer_id
        WHERE a.target_id = id AND t.kind = 'CustomCollection' AND t.name = ANY (:collections))
      """)
  List<UUID> outside(UUID[] targets, String[] collections);

  /// Which of these targets are a shard map or include one, directly or by collections, each with
  /// the name of one. There are few maps, and may be a million members: it is looked for from the
  /// maps.
  @SqlQuery(
      """
      WITH RECURSIVE way (map_id, outer_id) AS (
        SELECT target_id, target_id FROM target WHERE kind = 'ShardMap'
        UNION
        SELECT w.map_id, c.parent_id
        FROM way w JOIN target_child c ON c.child_id = w.outer_id
        WHERE c.membership = 'Include')
      SELECT w.outer_id, min(m.name) AS map
      FROM way w JOIN target m ON m.target_id = w.map_id
      WHERE w.outer_id = ANY (:targets)
      GROUP BY w.outer_id
      """)
  @KeyColumn("outer_id")
  @ValueColumn("map")
  Map<UUID, String> shardMaps(UUID[] targets);

  /// A collection that excludes something, by which one of these collections has the target.
  @SqlQuery(
      """
      WITH RECURSIVE around (outer_id, excluding) AS (
        SELECT CAST(:target AS uuid), CAST(NULL AS uuid)
        UNION
        SELECT c.parent_id, CASE
            WHEN EXISTS (SELECT FROM target_child x WHERE x.parent_id = c.parent_id AND x.membership = 'Exclude')
            THEN c.parent_id ELSE a.excluding END
        FROM around a JOIN target_child c ON c.child_id = a.outer_id
        WHERE c.membership = 'Include')
      SELECT e.name
      FROM around a
      JOIN target t ON t.target_id = a.outer_id
      JOIN target e ON e.target_id = a.excluding
      WHERE t.kind = 'CustomCollection' AND t.name = ANY (:collections)
      ORDER BY e.name
      LIMIT 1
      """)
  Optional<String> excluding(UUID target, String[] collections);
}
