package dev.edj.schedule;

import dev.edj.problem.NameSearch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Schedules in the control database.
@RegisterConstructorMapper(ScheduleRow.class)
interface ScheduleStore {

  @SqlQuery("SELECT now()")
  Instant now();

  @SqlUpdate(
      """
      INSERT INTO schedule (name, recurrence, interval_count, cron, days, times, start_at, end_at, zone, window_from,
        window_to)
      VALUES (:name, :recurrence, :intervalCount, :cron, :days, :times, :startAt, :endAt, :zone, :windowFrom,
        :windowTo)
      """)
  void insert(String name, @BindMethods RuleColumns rule);

  @SqlUpdate(
      """
      UPDATE schedule
      SET recurrence = :recurrence, interval_count = :intervalCount, cron = :cron, days = :days, times = :times,
          start_at = :startAt, end_at = :endAt, zone = :zone, window_from = :windowFrom, window_to = :windowTo,
          updated_at = now()
      WHERE schedule_id = :scheduleId
      """)
  void update(long scheduleId, @BindMethods RuleColumns rule);

  @SqlQuery(
      """
      SELECT * FROM schedule WHERE name = :name
      """)
  Optional<ScheduleRow> find(String name);

  @SqlQuery(
      """
      SELECT * FROM schedule WHERE schedule_id = :scheduleId
      """)
  ScheduleRow withId(long scheduleId);

  @SqlQuery(
      """
      SELECT * FROM schedule WHERE name = :name FOR UPDATE
      """)
  Optional<ScheduleRow> findForUpdate(String name);

  /// Until the transaction ends, the schedule is neither changed nor deleted.
  @SqlQuery(
      """
      SELECT * FROM schedule WHERE name = :name FOR SHARE
      """)
  Optional<ScheduleRow> findForShare(String name);

  @SqlQuery(
      """
      SELECT * FROM schedule ORDER BY name
      """)
  List<ScheduleRow> list();

  /// A page of them, by name.
  @SqlQuery(
      """
      SELECT * FROM schedule
      WHERE true
        AND (CAST(:text AS text) IS NULL OR position(lower(:text) IN lower(name)) > 0)
        AND (CAST(:after AS text) IS NULL OR name > :after)
      ORDER BY name
      LIMIT :limit
      """)
  List<ScheduleRow> search(@BindMethods NameSearch search);

  /// Some of the names that hold a text, in whatever case; first those that begin with it.
  @SqlQuery(
      """
      SELECT name FROM schedule
      WHERE position(lower(:text) IN lower(name)) > 0
      ORDER BY position(lower(:text) IN lower(name)), name
      LIMIT :limit
      """)
  List<String> names(String text, int limit);

  @SqlUpdate(
      """
      DELETE FROM schedule WHERE name = :name
      """)
  int delete(String name);

  @SqlQuery(
      """
      SELECT j.name
      FROM schedule s JOIN job_trigger t USING (schedule_id) JOIN job j USING (job_id)
      WHERE s.name = :name
      ORDER BY j.name
      """)
  List<String> jobs(String name);
}
