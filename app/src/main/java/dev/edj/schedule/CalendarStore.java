package dev.edj.schedule;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/// What triggers of schedules have fired, and which will fire, in the control database.
@RegisterConstructorMapper(CalendarStore.BoundTrigger.class)
@RegisterConstructorMapper(CalendarStore.PastFiring.class)
interface CalendarStore {

  record BoundTrigger(long triggerId, long scheduleId, String schedule, String job) {}

  record PastFiring(
      long triggerId,
      String schedule,
      String job,
      Instant plannedAt,
      @Nullable Instant missedSince,
      @Nullable UUID executionId,
      @Nullable String reason) {}

  @SqlQuery(
      """
      SELECT t.trigger_id, t.schedule_id, s.name AS schedule, j.name AS job
      FROM job_trigger t JOIN schedule s USING (schedule_id) JOIN job j USING (job_id)
      WHERE t.enabled
      ORDER BY s.name, j.name
      """)
  List<BoundTrigger> enabled();

  /// What triggers that are still there have fired, so many of each, the newest.
  @SqlQuery(
      """
      SELECT t.trigger_id, s.name AS schedule, j.name AS job, f.planned_at, f.missed_since, f.execution_id, f.reason
      FROM job_trigger t JOIN schedule s USING (schedule_id) JOIN job j USING (job_id)
      CROSS JOIN LATERAL (
        SELECT planned_at, missed_since, execution_id, reason
        FROM firing
        WHERE trigger_id = t.trigger_id AND planned_at >= :from AND planned_at < :to
        ORDER BY planned_at DESC
        LIMIT :limit) f
      """)
  List<PastFiring> firings(Instant from, Instant to, int limit);
}
