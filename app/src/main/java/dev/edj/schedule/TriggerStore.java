package dev.edj.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Triggers in the control database.
@RegisterConstructorMapper(Trigger.class)
@RegisterConstructorMapper(Firing.class)
@RegisterConstructorMapper(TriggerStore.NamedJob.class)
@RegisterConstructorMapper(BoundTriggers.class)
@RegisterConstructorMapper(TriggerStore.LockedTrigger.class)
interface TriggerStore {

  String TRIGGERS =
      """
      SELECT t.trigger_id AS id, j.name AS job, s.name AS schedule, a.name AS after, t.end_condition AS "on",
        t.enabled, t.overlap, t.misfire, CASE WHEN t.enabled THEN t.next_at END AS next_at,
        last.planned_at AS last_at, last.execution_id AS last_execution_id,
        coalesce(t.obstacle, last.reason) AS last_reason, t.created_at
      FROM job_trigger t
      JOIN job j ON j.job_id = t.job_id
      LEFT JOIN schedule s ON s.schedule_id = t.schedule_id
      LEFT JOIN job a ON a.job_id = t.after_job_id
      LEFT JOIN LATERAL (
        SELECT planned_at, execution_id, reason FROM firing
        WHERE trigger_id = t.trigger_id
        ORDER BY planned_at DESC
        LIMIT 1) last ON true
      """;

  /// How many triggers are bound to each of these schedules; those without any are missing.
  @SqlQuery(
      """
      SELECT s.name AS schedule, count(*) AS triggers, count(*) FILTER (WHERE t.enabled) AS enabled
      FROM schedule s JOIN job_trigger t USING (schedule_id)
      WHERE s.name = ANY (:schedules)
      GROUP BY s.name
      """)
  @KeyColumn("schedule")
  Map<String, BoundTriggers> bound(List<String> schedules);

  @SqlQuery(TRIGGERS + "WHERE t.trigger_id = :id")
  Optional<Trigger> find(long id);

  /// A page of them, by job.
  @SqlQuery(
      TRIGGERS
          + """
          WHERE (t.schedule_id IS NOT NULL) = :scheduled
            AND (CAST(:text AS text) IS NULL OR position(lower(:text) IN lower(j.name)) > 0)
            AND (CAST(:afterJob AS text) IS NULL OR (j.name, t.trigger_id) > (:afterJob, :afterId))
          ORDER BY j.name, t.trigger_id
          LIMIT :limit
          """)
  List<Trigger> search(@BindMethods TriggerSearch search);

  @SqlQuery(
      TRIGGERS
          + """
          WHERE (CAST(:job AS text) IS NULL OR j.name = :job)
            AND (CAST(:schedule AS text) IS NULL OR s.name = :schedule)
            AND (CAST(:after AS text) IS NULL OR a.name = :after)
          ORDER BY j.name, s.name, a.name
          """)
  List<Trigger> list(@Nullable String job, @Nullable String schedule, @Nullable String after);

  @SqlQuery(TRIGGERS + "WHERE j.name = ANY (:jobs) ORDER BY j.name, s.name, a.name")
  List<Trigger> ofJobs(List<String> jobs);

  @SqlQuery(
      TRIGGERS
          + """
          WHERE t.enabled AND t.next_at IS NOT NULL
          ORDER BY t.next_at, t.trigger_id
          LIMIT :limit
          """)
  List<Trigger> next(int limit);

  @SqlQuery(
      """
      SELECT planned_at, follows_id, missed_since, fired_at, execution_id, reason
      FROM firing
      WHERE trigger_id = :id
      ORDER BY planned_at DESC
      LIMIT :limit
      """)
  List<Firing> firings(long id, int limit);

  @SqlQuery(
      """
      SELECT job_id, delete_requested_at IS NOT NULL AS deleting FROM job
      WHERE name = :name AND NOT ad_hoc
      FOR KEY SHARE
      """)
  Optional<NamedJob> findJob(String name);

  @SqlQuery(
      """
      INSERT INTO job_trigger (job_id, schedule_id, after_job_id, end_condition, enabled, overlap, misfire, settled_at,
        next_at)
      VALUES (:jobId, :scheduleId, :afterJobId, :on, :enabled, :overlap, :misfire, :now, :next)
      RETURNING trigger_id
      """)
  long insert(
      long jobId,
      @Nullable Long scheduleId,
      @Nullable Long afterJobId,
      @Nullable EndCondition on,
      boolean enabled,
      Overlap overlap,
      @Nullable Misfire misfire,
      Instant now,
      @Nullable Instant next);

  /// Two edges that would close a circle together are not made at once.
  @SqlQuery("SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtext('edj follow-ups'))) taken")
  int takeFollowUpTurn();

  /// Names from `from` to `to`, along what follows what, by one way of however many there are, each
  /// job being looked at once; empty when none leads there. Of a long way, the last names.
  @SqlQuery(
      """
      WITH RECURSIVE follower (job_id) AS (
        SELECT CAST(:from AS bigint)
        UNION
        SELECT t.job_id FROM follower f JOIN job_trigger t ON t.after_job_id = f.job_id
      ), step (job_id, after_job_id) AS (
        SELECT t.job_id, min(t.after_job_id)
        FROM follower f JOIN job_trigger t ON t.after_job_id = f.job_id
        GROUP BY t.job_id
      ), way (job_id, steps) AS (
        SELECT job_id, 1 FROM follower WHERE job_id = :to
        UNION ALL
        SELECT s.after_job_id, w.steps + 1
        FROM way w JOIN step s ON s.job_id = w.job_id
        WHERE w.job_id <> :from AND w.steps < :most
      )
      SELECT j.name FROM way w JOIN job j ON j.job_id = w.job_id ORDER BY w.steps DESC
      """)
  List<String> path(long from, long to, int most);

  /// Locks the trigger.
  @SqlQuery(
      """
      SELECT schedule_id, enabled, end_condition AS "on", overlap, misfire, settled_at, next_at
      FROM job_trigger WHERE trigger_id = :id
      FOR UPDATE
      """)
  Optional<LockedTrigger> lock(long id);

  @SqlUpdate(
      """
      UPDATE job_trigger
      SET enabled = :enabled, end_condition = :on, overlap = :overlap, misfire = :misfire, settled_at = :settledAt,
          next_at = :nextAt, obstacle = CASE WHEN :enabled THEN obstacle END
      WHERE trigger_id = :id
      """)
  void update(
      long id,
      boolean enabled,
      @Nullable EndCondition on,
      Overlap overlap,
      @Nullable Misfire misfire,
      Instant settledAt,
      @Nullable Instant nextAt);

  @SqlUpdate("DELETE FROM job_trigger WHERE trigger_id = :id")
  int delete(long id);

  /// Locks triggers that start a job which is about to go, or wait for one.
  @SqlQuery(
      """
      SELECT trigger_id FROM job_trigger
      WHERE trigger_id = ANY (ARRAY(
        SELECT t.trigger_id
        FROM job j JOIN job_trigger t ON j.job_id IN (t.job_id, t.after_job_id)
        WHERE j.delete_requested_at IS NOT NULL
          AND NOT EXISTS (SELECT FROM job_execution e WHERE e.job_id = j.job_id)))
      ORDER BY trigger_id
      LIMIT :most
      FOR UPDATE SKIP LOCKED
      """)
  List<Long> lockOfDeletedJobs(int most);

  record NamedJob(long jobId, boolean deleting) {}

  /// A trigger as it stands before a change.
  ///
  /// @param scheduleId null for one that waits for another job
  record LockedTrigger(
      @Nullable Long scheduleId,
      boolean enabled,
      @Nullable EndCondition on,
      Overlap overlap,
      @Nullable Misfire misfire,
      Instant settledAt,
      @Nullable Instant nextAt) {}
}
