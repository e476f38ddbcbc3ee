package dev.edj.notice;

import dev.edj.execution.Lifecycle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// What is to be sent, and what was, in the control database.
@RegisterConstructorMapper(DeliveryRow.class)
@RegisterConstructorMapper(DeliveryAttempt.class)
@RegisterConstructorMapper(TakenDelivery.class)
interface DeliveryStore {

  String DELIVERIES =
      """
      SELECT d.delivery_id, d.notice_id, n.name AS notice, d.event, j.name AS job, d.execution_id, d.wave, d.lifecycle,
        d.occurred_at, d.attempts, d.due_at, d.body, a.number, a.started_at, a.ended_at, a.status, a.answer
      FROM notice_delivery d
      JOIN notice n ON n.notice_id = d.notice_id
      LEFT JOIN job_execution e ON e.execution_id = d.execution_id
      LEFT JOIN job j ON j.job_id = e.job_id
      LEFT JOIN LATERAL (
        SELECT number, started_at, ended_at, status, answer FROM delivery_attempt
        WHERE delivery_id = d.delivery_id
        ORDER BY number DESC
        LIMIT 1) a ON true
      """;

  @SqlQuery(DELIVERIES + "WHERE n.name = :notice AND d.delivery_id = :id")
  Optional<DeliveryRow> find(String notice, UUID id);

  /// Locks it.
  @SqlQuery(DELIVERIES + "WHERE n.name = :notice AND d.delivery_id = :id FOR UPDATE OF d")
  Optional<DeliveryRow> findForUpdate(String notice, UUID id);

  /// The newest of a notice, behind the one that is named.
  ///
  /// @param after the last one of the page before
  @SqlQuery(
      DELIVERIES
          + """
          WHERE n.name = :notice
            AND (CAST(:after AS uuid) IS NULL OR (d.occurred_at, d.delivery_id) < (
              SELECT occurred_at, delivery_id FROM notice_delivery WHERE delivery_id = CAST(:after AS uuid)))
          ORDER BY d.occurred_at DESC, d.delivery_id DESC
          LIMIT :limit
          """)
  List<DeliveryRow> list(String notice, @Nullable UUID after, int limit);

  /// The newest of each of these notices.
  @SqlQuery(
      DELIVERIES
          + """
          WHERE d.delivery_id IN (
            SELECT newest.delivery_id
            FROM unnest(:noticeIds) AS wanted (notice_id)
            CROSS JOIN LATERAL (
              SELECT delivery_id FROM notice_delivery
              WHERE notice_id = wanted.notice_id
              ORDER BY occurred_at DESC, delivery_id DESC
              LIMIT 1) newest)
          """)
  List<DeliveryRow> newest(long[] noticeIds);

  @SqlQuery(
      """
      SELECT number, started_at, ended_at, status, answer FROM delivery_attempt
      WHERE delivery_id = :id
      ORDER BY number
      """)
  List<DeliveryAttempt> attempts(UUID id);

  @SqlQuery("INSERT INTO notice_delivery (notice_id) VALUES (:noticeId) RETURNING delivery_id")
  UUID insertTest(long noticeId);

  /// Begins anew with its attempts; those that were stay to be seen. What was given up is for those
  /// who do not have it, what has arrived for all.
  @SqlUpdate(
      """
      UPDATE notice_delivery
      SET lifecycle = 'WaitingForRetry', due_at = now(), resent_at = attempts, refused_by = '{}',
        taken_by = CASE lifecycle WHEN 'Failed' THEN taken_by ELSE '{}' END
      WHERE delivery_id = :id
      """)
  void resend(UUID id);

  /// What waits is given up.
  @SqlUpdate(
      """
      WITH given_up AS (
        UPDATE notice_delivery SET lifecycle = 'Failed', due_at = NULL, attempts = attempts + 1
        WHERE notice_id = :noticeId AND lifecycle IN ('Created', 'WaitingForRetry')
        RETURNING delivery_id, attempts
      )
      INSERT INTO delivery_attempt (delivery_id, number, started_at, ended_at, answer)
      SELECT delivery_id, attempts, now(), now(), :reason FROM given_up
      """)
  void giveUp(long noticeId, String reason);

  /// Until the transaction ends, no other node takes deliveries; false when one does.
  @SqlQuery("SELECT pg_try_advisory_xact_lock(hashtext('edj notices'))")
  boolean takeTurn();

  /// Takes what is due, of each notice and for each receiver no more than so many at once, on all
  /// nodes together: one that does not answer holds up itself only. All that goes by e-mail has one
  /// receiver, the mail server.
  @SqlQuery(
      """
      WITH under_way AS (
        SELECT notice_id, count(*) AS deliveries FROM notice_delivery
        WHERE lifecycle = 'InProgress' AND due_at > now()
        GROUP BY notice_id
      ), busy AS (
        SELECT n.webhook_place, sum(u.deliveries) AS deliveries
        FROM under_way u JOIN notice n USING (notice_id)
        GROUP BY n.webhook_place
      ), waiting AS (
        SELECT d.delivery_id, d.due_at, n.webhook_place,
          row_number() OVER (PARTITION BY n.webhook_place ORDER BY d.due_at, d.delivery_id) AS turn
        FROM notice n
        LEFT JOIN under_way u ON u.notice_id = n.notice_id
        CROSS JOIN LATERAL (
          SELECT delivery_id, due_at FROM notice_delivery
          WHERE notice_id = n.notice_id AND due_at <= now()
          ORDER BY due_at
          LIMIT greatest(:mostOfNotice - coalesce(u.deliveries, 0), 0)) d
      ), due AS (
        SELECT w.delivery_id
        FROM waiting w LEFT JOIN busy b ON b.webhook_place IS NOT DISTINCT FROM w.webhook_place
        WHERE w.turn <= :mostOfReceiver - coalesce(b.deliveries, 0)
        ORDER BY w.due_at
        LIMIT :limit
      )
      UPDATE notice_delivery d
      SET lifecycle = 'InProgress', attempts = attempts + 1, due_at = now() + :leaseMs * interval '1 millisecond'
      FROM notice n
      WHERE d.delivery_id = ANY (ARRAY(SELECT delivery_id FROM due)) AND n.notice_id = d.notice_id
      RETURNING d.delivery_id, d.notice_id, n.name AS notice, n.format,
        ARRAY(SELECT email FROM unnest(n.emails) AS email WHERE email <> ALL (d.taken_by || d.refused_by)) AS emails,
        cardinality(d.taken_by) > 0 AS partly_taken, d.event, d.execution_id, d.wave, d.occurred_at,
        d.attempts AS attempt, d.attempts - d.resent_at AS counted, now() AS taken_at, d.body
      """)
  List<TakenDelivery> take(int mostOfNotice, int mostOfReceiver, int limit, long leaseMs);

  /// What is sent in each attempt; that which was there first.
  @SqlQuery(
      """
      UPDATE notice_delivery SET body = coalesce(body, :body) WHERE delivery_id = :id RETURNING body
      """)
  Optional<String> keepBody(UUID id, String body);

  /// Notes the end of an attempt; 0 of one that was taken for lost, and begun anew, or whose
  /// delivery is gone.
  ///
  /// @param waitMs until the next attempt; null when there is none
  @SqlUpdate(
      """
      WITH ended AS (
        UPDATE notice_delivery
        SET lifecycle = :lifecycle, due_at = now() + CAST(:waitMs AS bigint) * interval '1 millisecond',
          taken_by = taken_by || :takenBy, refused_by = refused_by || :refusedBy
        WHERE delivery_id = :id AND attempts = :attempt AND lifecycle = 'InProgress'
        RETURNING delivery_id
      )
      INSERT INTO delivery_attempt (delivery_id, number, started_at, ended_at, status, answer)
      SELECT delivery_id, :attempt, :startedAt, now(), :status, :answer FROM ended
      """)
  int end(
      UUID id,
      int attempt,
      Instant startedAt,
      Lifecycle lifecycle,
      @Nullable Long waitMs,
      @Nullable Integer status,
      String answer,
      List<String> takenBy,
      List<String> refusedBy);

  /// Tests that are older than the retention; other deliveries go with their executions.
  @SqlUpdate(
      """
      DELETE FROM notice_delivery
      WHERE execution_id IS NULL AND occurred_at < now() - :retentionMs * interval '1 millisecond'
      """)
  void removeOldTests(long retentionMs);
}
