package dev.edj.schedule;

import dev.edj.schedule.CalendarEntry.State;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/// What triggers of schedules have fired, and which will fire, in the control database.
@RegisterConstructorMapper(CalendarStore.BoundTrigger.class)
@RegisterConstructorMapper(CalendarStore.PastDay.class)
interface CalendarStore {

  record BoundTrigger(long triggerId, long scheduleId, String schedule, String job) {}

  /// What has become of a trigger's planned times on one day.
  ///
  /// @param day its number among those that were asked for, from 1
  /// @param started whether they have started executions, or nothing
  /// @param more whether there were others that nobody counted
  /// @param executionId of the last of them
  /// @param reason of the last of them
  record PastDay(
      int day,
      boolean started,
      String schedule,
      String job,
      Instant first,
      Instant last,
      int count,
      boolean more,
      @Nullable UUID executionId,
      @Nullable String reason) {

    CalendarEntry entry() {
      return new CalendarEntry(
          started ? State.Started : State.Missed,
          job,
          schedule,
          first,
          last,
          count,
          more,
          executionId,
          reason);
    }
  }

  @SqlQuery(
      """
      SELECT t.trigger_id, t.schedule_id, s.name AS schedule, j.name AS job
      FROM job_trigger t JOIN schedule s USING (schedule_id) JOIN job j USING (job_id)
      WHERE t.enabled
      ORDER BY s.name, j.name
      """)
  List<BoundTrigger> enabled();

  /// What triggers that are still there have fired, put together by day: so many lines of each day,
  /// in the order of their times. A firing that made up for others says so on the day of the first
  /// of them.
  ///
  /// @param starts when the days begin, and when the last of them ends
  @SqlQuery(
      """
      WITH day AS (
        SELECT d.day, d.started, s.name AS schedule, j.name AS job, d.first, d.last, d.count, d.more, d.execution_id,
          d.reason, row_number() OVER (PARTITION BY d.day ORDER BY d.first, j.name) AS line
        FROM job_trigger t JOIN schedule s USING (schedule_id) JOIN job j USING (job_id)
        CROSS JOIN LATERAL (
          SELECT width_bucket(f.at, CAST(:starts AS timestamptz[])) AS day, f.started, min(f.at) AS first,
            max(f.at) AS last, count(*) AS count, bool_or(f.more) AS more,
            (array_agg(f.execution_id ORDER BY f.at DESC))[1] AS execution_id,
            (array_agg(f.reason ORDER BY f.at DESC))[1] AS reason
          FROM (
            SELECT planned_at AS at, execution_id IS NOT NULL AS started, false AS more, execution_id, reason
            FROM firing
            WHERE trigger_id = t.trigger_id AND planned_at >= :from AND planned_at < :to
            UNION ALL
            SELECT missed_since, false, true, NULL, 'no node was there; the next start made up for it'
            FROM firing
            WHERE trigger_id = t.trigger_id AND planned_at >= :from AND planned_at < :to
              AND missed_since >= :from AND execution_id IS NOT NULL) f
          GROUP BY 1, 2) d)
      SELECT * FROM day WHERE line <= :lines ORDER BY day, line
      """)
  List<PastDay> past(Instant from, Instant to, String[] starts, int lines);
}
