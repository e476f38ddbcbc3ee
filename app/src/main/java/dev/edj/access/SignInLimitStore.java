package dev.edj.access;

import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// How often signing in failed, in the control database: all nodes count together.
interface SignInLimitStore {

  /// Counts an attempt, unless it has to wait; the wait doubles with each beyond the free ones.
  @SqlUpdate(
      """
      INSERT INTO sign_in_failure AS f (subject, failures, failed_at, wait_until)
      VALUES (:subject, 1, now(), now())
      ON CONFLICT (subject) DO UPDATE
      SET failures = f.failures + 1,
          failed_at = now(),
          wait_until = now() + CASE
            WHEN f.failures + 1 < :free THEN interval '0'
            ELSE LEAST(:longest, :first * 2 ^ LEAST(f.failures + 1 - :free, 30)) * interval '1 second'
          END
      WHERE f.wait_until <= now()
      """)
  int count(byte[] subject, int free, long first, long longest);

  @SqlQuery(
      """
      SELECT COALESCE(
        (SELECT ceil(extract(epoch FROM wait_until - now())) FROM sign_in_failure WHERE subject = :subject), 0)
      """)
  long secondsToWait(byte[] subject);

  @SqlQuery(
      """
      SELECT failures AS count, failed_at AS last_at, CASE WHEN wait_until > now() THEN wait_until END AS wait_until
      FROM sign_in_failure
      WHERE subject = :subject AND failures > 0 AND failed_at >= now() - interval '1 day'
      """)
  @RegisterConstructorMapper(SignInFailures.class)
  Optional<SignInFailures> find(byte[] subject);

  @SqlUpdate("DELETE FROM sign_in_failure WHERE subject = :subject")
  void forget(byte[] subject);

  @SqlUpdate(
      """
      UPDATE sign_in_failure SET failures = greatest(failures - 1, 0), wait_until = now() WHERE subject = :subject
      """)
  void takeBack(byte[] subject);

  /// A day without a failure forgives all.
  @SqlUpdate("DELETE FROM sign_in_failure WHERE failed_at < now() - interval '1 day'")
  void deleteOld();
}
