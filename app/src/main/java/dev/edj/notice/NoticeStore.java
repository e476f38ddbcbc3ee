package dev.edj.notice;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Notices and their secrets in the control database.
@RegisterConstructorMapper(NoticeRow.class)
@RegisterConstructorMapper(NoticeSecret.class)
@RegisterConstructorMapper(NoticeStore.NamedJob.class)
interface NoticeStore {

  String NOTICES =
      """
      SELECT n.notice_id, n.name, n.enabled, n.events, j.name AS job, n.webhook_place, n.format, n.emails,
        (SELECT max(good_until) FROM notice_secret s WHERE s.notice_id = n.notice_id AND good_until > now())
          AS previous_key_until,
        n.created_at, n.updated_at,
        (SELECT count(*) FROM notice_delivery d WHERE d.notice_id = n.notice_id AND d.due_at IS NOT NULL) AS waiting
      FROM notice n
      LEFT JOIN job j ON j.job_id = n.job_id
      """;

  @SqlQuery(NOTICES + "WHERE n.name = :name")
  Optional<NoticeRow> find(String name);

  /// Locks the notice against changes, and holds up nothing that is to be told meanwhile.
  @SqlQuery(NOTICES + "WHERE n.name = :name FOR NO KEY UPDATE OF n")
  Optional<NoticeRow> findForUpdate(String name);

  /// Locks the notice as one that is about to go: what happens meanwhile is not told by it.
  @SqlQuery(NOTICES + "WHERE n.name = :name FOR UPDATE OF n")
  Optional<NoticeRow> findForDelete(String name);

  /// Whether it is, once nobody is about to change that.
  @SqlQuery("SELECT enabled FROM notice WHERE notice_id = :noticeId FOR SHARE")
  Optional<Boolean> isEnabled(long noticeId);

  /// All of them, or those that tell of a job: its own, and those of all jobs.
  @SqlQuery(
      NOTICES
          + """
          WHERE CAST(:job AS text) IS NULL OR j.name = :job OR n.job_id IS NULL
          ORDER BY n.name
          """)
  List<NoticeRow> list(@Nullable String job);

  @SqlQuery(
      """
      SELECT job_id, delete_requested_at IS NOT NULL AS deleting FROM job
      WHERE name = :name AND NOT ad_hoc
      FOR KEY SHARE
      """)
  Optional<NamedJob> findJob(String name);

  @SqlQuery(
      """
      INSERT INTO notice (name, enabled, events, job_id, webhook_place, format, emails)
      VALUES (:name, :enabled, :events, :jobId, :webhookPlace, :format, :emails)
      RETURNING notice_id
      """)
  long insert(
      String name,
      boolean enabled,
      List<String> events,
      @Nullable Long jobId,
      @Nullable String webhookPlace,
      @Nullable WebhookFormat format,
      List<String> emails);

  @SqlUpdate(
      """
      UPDATE notice
      SET enabled = :enabled, events = :events, webhook_place = :webhookPlace, format = :format, emails = :emails,
          updated_at = now(), job_id = (SELECT job_id FROM job WHERE name = :job AND NOT ad_hoc)
      WHERE notice_id = :noticeId
      """)
  void update(
      long noticeId,
      boolean enabled,
      List<String> events,
      @Nullable String job,
      @Nullable String webhookPlace,
      @Nullable WebhookFormat format,
      List<String> emails);

  @SqlUpdate("DELETE FROM notice WHERE notice_id = :noticeId")
  void delete(long noticeId);

  /// Locks notices of jobs that are about to go.
  @SqlQuery(
      NOTICES
          + """
          WHERE j.delete_requested_at IS NOT NULL
            AND NOT EXISTS (SELECT FROM job_execution e WHERE e.job_id = j.job_id)
          ORDER BY n.notice_id
          LIMIT :most
          FOR UPDATE OF n SKIP LOCKED
          """)
  List<NoticeRow> lockOfDeletedJobs(int most);

  /// The present one of its kind.
  @SqlUpdate(
      """
      INSERT INTO notice_secret (notice_id, kind, key_id, ciphertext)
      VALUES (:noticeId, :kind, :keyId, :ciphertext)
      ON CONFLICT (notice_id, kind) WHERE good_until IS NULL
      DO UPDATE SET key_id = excluded.key_id, ciphertext = excluded.ciphertext
      """)
  void put(long noticeId, SecretKind kind, String keyId, byte[] ciphertext);

  /// The present signing key is good for a time only, and none before it any more.
  @SqlUpdate(
      """
      WITH older AS (
        DELETE FROM notice_secret WHERE notice_id = :noticeId AND good_until IS NOT NULL
      )
      UPDATE notice_secret SET good_until = now() + :overlapMs * interval '1 millisecond'
      WHERE notice_id = :noticeId AND kind = 'SigningKey' AND good_until IS NULL
      """)
  void outdateKey(long noticeId, long overlapMs);

  /// Those that are good, the present ones first.
  @SqlQuery(
      """
      SELECT s.notice_secret_id, n.name, s.kind, s.key_id, s.ciphertext
      FROM notice_secret s JOIN notice n USING (notice_id)
      WHERE s.notice_id = :noticeId AND (s.good_until IS NULL OR s.good_until > now())
      ORDER BY s.good_until NULLS FIRST
      """)
  List<NoticeSecret> secrets(long noticeId);

  @SqlUpdate("DELETE FROM notice_secret WHERE good_until <= now()")
  void forgetOutdatedKeys();

  @SqlQuery(
      """
      SELECT s.notice_secret_id, n.name, s.kind, s.key_id, s.ciphertext
      FROM notice_secret s JOIN notice n USING (notice_id)
      WHERE s.key_id <> :keyId AND s.notice_secret_id > :after
      ORDER BY s.notice_secret_id
      LIMIT :limit
      """)
  List<NoticeSecret> underOtherKeys(String keyId, long after, int limit);

  /// Unless it was replaced in the meantime.
  @SqlUpdate(
      """
      UPDATE notice_secret SET key_id = :keyId, ciphertext = :ciphertext
      WHERE notice_secret_id = :id AND key_id = :before
      """)
  int replace(long id, String before, String keyId, byte[] ciphertext);

  record NamedJob(long jobId, boolean deleting) {}
}
