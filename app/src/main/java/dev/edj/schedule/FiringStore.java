package dev.edj.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// The statements that fire triggers. Whoever takes one has it until the end of the transaction;
/// nodes that come at the same time take others.
@RegisterConstructorMapper(FiringStore.DueTrigger.class)
@RegisterConstructorMapper(FiringStore.FollowUp.class)
@RegisterConstructorMapper(EndedRun.class)
interface FiringStore {

  @SqlQuery(
      """
      SELECT trigger_id FROM job_trigger
      WHERE enabled AND next_at <= :now
      ORDER BY next_at, trigger_id
      LIMIT :limit
      FOR UPDATE SKIP LOCKED
      """)
  List<Long> take(Instant now, int limit);

  /// To find hundreds of times that were missed takes longer than other transactions may be silent.
  @SqlQuery("SELECT set_config('idle_in_transaction_session_timeout', '15s', true)")
  String begin();

  /// All of a schedule, whether due or not, after whoever has one of them now.
  @SqlQuery(
      """
      SELECT trigger_id FROM job_trigger WHERE schedule_id = :scheduleId ORDER BY trigger_id FOR UPDATE
      """)
  List<Long> takeAllOf(long scheduleId);

  /// What is due among triggers that are taken: read after they were, so by the rules that hold
  /// now.
  @SqlQuery(
      """
      SELECT t.trigger_id, t.job_id, t.overlap, t.misfire, t.settled_at, s.name AS schedule, s.recurrence,
        s.interval_count, s.cron, s.days, s.times, s.start_at, s.end_at, s.zone, s.window_from, s.window_to
      FROM job_trigger t JOIN schedule s USING (schedule_id)
      WHERE t.trigger_id = ANY (:triggers) AND t.enabled AND t.next_at <= :now
      ORDER BY t.trigger_id
      """)
  List<DueTrigger> due(Long[] triggers, Instant now);

  @SqlUpdate(
      """
      UPDATE job_trigger t
      SET settled_at = greatest(t.settled_at, :now), next_at = CAST(a.next_at AS timestamptz), obstacle = NULL
      FROM unnest(:triggers, :nextAt) AS a (trigger_id, next_at)
      WHERE t.trigger_id = a.trigger_id
      """)
  void advance(Long[] triggers, @Nullable String[] nextAt, Instant now);

  /// Has triggers wait whose rule cannot be read. Nothing is settled: whoever can read it makes up
  /// for what was missed.
  @SqlUpdate(
      """
      UPDATE job_trigger t
      SET next_at = :until, obstacle = o.obstacle
      FROM unnest(:triggers, :obstacles) AS o (trigger_id, obstacle)
      WHERE t.trigger_id = o.trigger_id
      """)
  void postpone(Long[] triggers, String[] obstacles, Instant until);

  /// Has the triggers of a schedule wait for the next time of its changed rule; those that were
  /// held up by the rule as it was look at once what they have missed.
  @SqlUpdate(
      """
      UPDATE job_trigger
      SET settled_at = CASE WHEN obstacle IS NULL THEN greatest(settled_at, :now) ELSE settled_at END,
          next_at = CASE WHEN enabled THEN
                      CASE WHEN obstacle IS NULL THEN CAST(:next AS timestamptz) ELSE CAST(:now AS timestamptz) END
                    END,
          obstacle = NULL
      WHERE schedule_id = :scheduleId
      """)
  void replan(long scheduleId, Instant now, @Nullable Instant next);

  /// Milliseconds until the next planned time, by `now`.
  @SqlQuery(
      """
      SELECT ceil(extract(epoch FROM min(next_at) - CAST(:now AS timestamptz)) * 1000)::bigint
      FROM job_trigger WHERE enabled
      """)
  Optional<Long> millisecondsToNext(Instant now);

  /// Records what became of planned times, those that are recorded already left out, and returns
  /// the executions to start.
  @SqlQuery(
      """
      WITH recorded AS (
        INSERT INTO firing (trigger_id, planned_at, follows_id, missed_since, execution_id, reason)
        SELECT f.trigger_id, CAST(f.planned_at AS timestamptz), f.follows_id, CAST(f.missed_since AS timestamptz),
          f.execution_id, f.reason
        FROM unnest(:triggers, :planned, :follows, :missedSince, :executions, :reasons)
          AS f (trigger_id, planned_at, follows_id, missed_since, execution_id, reason)
        ON CONFLICT DO NOTHING
        RETURNING execution_id)
      SELECT execution_id FROM recorded WHERE execution_id IS NOT NULL
      """)
  Set<UUID> record(
      Long[] triggers,
      String[] planned,
      @Nullable UUID[] follows,
      @Nullable String[] missedSince,
      @Nullable UUID[] executions,
      @Nullable String[] reasons);

  /// Ended runs for which nobody has looked yet what follows them.
  @SqlQuery(
      """
      SELECT execution_id, (SELECT name FROM job WHERE job.job_id = e.job_id) AS job, lifecycle, created_at, ended_at
      FROM job_execution e
      WHERE ended_at IS NOT NULL AND NOT followed
      ORDER BY execution_id
      LIMIT :limit
      FOR UPDATE SKIP LOCKED
      """)
  List<EndedRun> takeEnded(int limit);

  @SqlQuery(
      """
      SELECT t.trigger_id, t.job_id, t.overlap, e.execution_id, e.ended_at
      FROM job_execution e
      JOIN job_trigger t ON t.after_job_id = e.job_id
      WHERE e.execution_id = ANY (:runs) AND t.enabled AND e.ended_at >= t.settled_at
        AND CASE t.end_condition
              WHEN 'Rows' THEN EXISTS (
                SELECT FROM step_execution s JOIN step_progress p USING (step_execution_id)
                WHERE s.execution_id = e.execution_id AND p.returned_rows > 0)
              WHEN 'Success' THEN e.lifecycle IN ('Succeeded', 'SucceededWithSkipped')
              WHEN 'Failure' THEN e.lifecycle IN ('Failed', 'TimedOut')
              ELSE true
            END
      ORDER BY e.execution_id, t.trigger_id
      """)
  List<FollowUp> followUps(UUID[] runs);

  @SqlUpdate("UPDATE job_execution SET followed = true WHERE execution_id = ANY (:runs)")
  void markFollowed(UUID[] runs);

  @SqlUpdate(
      """
      DELETE FROM firing
      WHERE ctid = ANY (ARRAY(SELECT ctid FROM firing WHERE fired_at < now() - :retentionMs * interval '1 millisecond' LIMIT :limit))
      """)
  int removeOlderThan(long retentionMs, int limit);

  record DueTrigger(
      long triggerId,
      long jobId,
      Overlap overlap,
      Misfire misfire,
      Instant settledAt,
      String schedule,
      @Nested RuleColumns rule) {}

  record FollowUp(long triggerId, long jobId, Overlap overlap, UUID executionId, Instant endedAt) {}
}
