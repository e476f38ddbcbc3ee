package dev.edj.execution;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// What the end of a child means for the next steps on its database. To be run in the transaction
/// that ended it.
public interface FollowingStore {

  /// The step before succeeded there: these children wait for one thing less.
  @SqlUpdate(
      """
      WITH freed AS (
        UPDATE child_execution SET blocks = blocks - 1, ready_at = now()
        WHERE execution_id = ANY (:ids) AND ended_at IS NULL
        RETURNING step_execution_id, blocks
      )
      UPDATE step_progress p
      SET blocked = p.blocked - f.children
      FROM (SELECT step_execution_id, count(*)::int AS children FROM freed WHERE blocks = 0
            GROUP BY step_execution_id ORDER BY step_execution_id) f
      WHERE p.step_execution_id = f.step_execution_id
      """)
  void release(@Bind("ids") UUID[] children);

  /// The step before did not succeed there: these children, and all that follow them, are not run.
  /// Returns the runs they belong to.
  @SqlQuery(
      """
      WITH RECURSIVE following (execution_id) AS (
        SELECT unnest(:ids)
        UNION
        SELECT c.successor
        FROM following f
        CROSS JOIN LATERAL (SELECT successor FROM child_execution WHERE execution_id = f.execution_id OFFSET 0) c
        WHERE c.successor IS NOT NULL
      ), skipped AS (
        UPDATE child_execution
        SET lifecycle = 'Skipped', ended_at = now()
        WHERE execution_id = ANY (ARRAY(SELECT execution_id FROM following)) AND ended_at IS NULL
        RETURNING step_execution_id
      ), counted AS (
        UPDATE step_progress p
        SET created = p.created - s.children, blocked = p.blocked - s.children, skipped = p.skipped + s.children
        FROM (SELECT step_execution_id, count(*)::int AS children FROM skipped
              GROUP BY step_execution_id ORDER BY step_execution_id) s
        WHERE p.step_execution_id = s.step_execution_id
        RETURNING p.step_execution_id
      )
      SELECT DISTINCT s.execution_id FROM counted JOIN step_execution s USING (step_execution_id)
      """)
  List<UUID> skip(@Bind("ids") UUID[] children);

  /// Locks the runs of these that have a failure limit, so that two reports at once do not each
  /// overlook the other's failures. Returns them.
  @SqlQuery(
      """
      SELECT e.execution_id FROM job_execution e
      WHERE e.failure_limit IS NOT NULL AND e.execution_id = ANY (ARRAY(
        SELECT own.execution_id
        FROM child_execution c JOIN step_execution own USING (step_execution_id)
        WHERE c.execution_id = ANY (:ids)))
      ORDER BY e.execution_id
      FOR UPDATE
      """)
  List<UUID> lockLimitedRunsOf(@Bind("ids") UUID[] failedChildren);

  /// Lets no more children begin in these runs when as many databases have failed as the run's
  /// failure limit allows. What runs goes on to its end.
  @SqlUpdate(
      """
      WITH halted AS (
        UPDATE job_execution e
        SET halted_at = now(),
            message = format('%s databases failed, and the limit is %s: nothing more was begun', f.failed, e.failure_limit)
        FROM (
          SELECT s.execution_id, sum(p.failed + p.timed_out) AS failed
          FROM step_execution s
          JOIN step_progress p USING (step_execution_id)
          WHERE s.execution_id = ANY (:runs)
          GROUP BY s.execution_id) f
        WHERE e.execution_id = f.execution_id AND f.failed >= e.failure_limit
          AND e.halted_at IS NULL AND e.ended_at IS NULL
        RETURNING e.execution_id
      ), occasion AS (
        SELECT execution_id, 'StoppedByThreshold' AS event, CAST(NULL AS int) AS wave FROM halted
      ),
      """
          + Occasions.RAISE_NOTICES
          + "SELECT FROM halted")
  void halt(@Bind("runs") UUID[] lockedRuns);
}
