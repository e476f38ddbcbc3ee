package dev.edj.execution;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.CreateSqlObject;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;

/// What the controller does to children that no attempt will report: those never launched, and
/// those whose node is gone. Each statement takes a bounded number of rows; callers repeat it until
/// nothing is left.
public interface SweepStore {

  /// Ends waiting children of runs that somebody stopped, or that reached their failure limit.
  /// Returns how many.
  default int cancelWaiting(int limit) {
    return endWaiting(stoppedRuns(), Lifecycle.Canceled, limit);
  }

  /// Ends waiting children of runs whose job time-out has struck. Returns how many.
  default int timeOutWaiting(int limit) {
    return endWaiting(overdueRuns(), Lifecycle.TimedOut, limit);
  }

  @Transaction
  default int endWaiting(List<UUID> runs, Lifecycle lifecycle, int limit) {
    int ended = 0;
    for (UUID run : runs) {
      for (long step : steps(run)) {
        Swept swept = endWaitingOf(step, lifecycle, limit);
        if (swept.created() + swept.retrying() > 0) {
          countSwept(step, swept.created(), swept.blocked(), swept.retrying(), lifecycle);
          ended += swept.created() + swept.retrying();
        }
      }
    }
    return ended;
  }

  @SqlQuery(
      """
      SELECT execution_id FROM job_execution
      WHERE ended_at IS NULL AND (cancel_requested_at IS NOT NULL OR halted_at IS NOT NULL)
        AND lifecycle = 'WaitingForChildJobExecutions'
      """)
  List<UUID> stoppedRuns();

  /// A stop that came before the time-out wins over it.
  @SqlQuery(
      """
      SELECT execution_id FROM job_execution
      WHERE ended_at IS NULL AND cancel_requested_at IS NULL AND halted_at IS NULL AND deadline_at <= now()
        AND lifecycle = 'WaitingForChildJobExecutions'
      """)
  List<UUID> overdueRuns();

  @SqlQuery("SELECT step_execution_id FROM step_execution WHERE execution_id = :run ORDER BY 1")
  List<Long> steps(@Bind("run") UUID run);

  @SqlQuery(
      """
      WITH victim AS (
        SELECT c.execution_id, c.lifecycle, c.blocks
        FROM child_execution c
        WHERE c.step_execution_id = :step AND c.lifecycle IN ('Created', 'WaitingForRetry')
        ORDER BY c.execution_id
        LIMIT :limit
        FOR UPDATE SKIP LOCKED
      ), swept AS (
        UPDATE child_execution c
        SET lifecycle = :lifecycle, ended_at = now()
        FROM victim v
        WHERE c.execution_id = v.execution_id
        RETURNING v.lifecycle, v.blocks
      )
      SELECT count(*) FILTER (WHERE lifecycle = 'Created') AS created,
             count(*) FILTER (WHERE blocks > 0) AS blocked,
             count(*) FILTER (WHERE lifecycle <> 'Created') AS retrying
      FROM swept
      """)
  @RegisterConstructorMapper(Swept.class)
  Swept endWaitingOf(
      @Bind("step") long stepExecutionId,
      @Bind("lifecycle") Lifecycle lifecycle,
      @Bind("limit") int limit);

  @SqlUpdate(
      """
      UPDATE step_progress
      SET created = created - :created,
          blocked = blocked - :blocked,
          waiting_for_retry = waiting_for_retry - :retrying,
          canceled = canceled + CASE WHEN :lifecycle = 'Canceled' THEN :created + :retrying ELSE 0 END,
          timed_out = timed_out + CASE WHEN :lifecycle = 'TimedOut' THEN :created + :retrying ELSE 0 END
      WHERE step_execution_id = :step
      """)
  void countSwept(
      @Bind("step") long stepExecutionId,
      @Bind("created") int created,
      @Bind("blocked") int blocked,
      @Bind("retrying") int retrying,
      @Bind("lifecycle") Lifecycle lifecycle);

  /// Ends runs whose children have all ended; also those that had none left to end.
  @SqlQuery(
      """
      SELECT e.execution_id
      FROM job_execution e
      WHERE e.ended_at IS NULL AND e.lifecycle = 'WaitingForChildJobExecutions'
        AND NOT EXISTS (
          SELECT FROM step_execution s
          JOIN step_progress p ON p.step_execution_id = s.step_execution_id
          WHERE s.execution_id = e.execution_id AND p.created + p.in_progress + p.waiting_for_retry > 0)
      """)
  List<UUID> runsToEnd();

  /// Ends runs that were stopped, or ran out of time, before they had children. What a node still
  /// does to launch one of them comes to nothing ([RunStore#held]); one whose children are being
  /// written at this moment is ended by way of them.
  @SqlQuery(
      """
      WITH ended AS (
        UPDATE job_execution
        SET lifecycle = CASE WHEN cancel_requested_at IS NOT NULL THEN 'Canceled' ELSE 'TimedOut' END,
            node_id = NULL, ended_at = now()
        WHERE execution_id IN (
          SELECT execution_id FROM job_execution
          WHERE ended_at IS NULL
            AND lifecycle IN ('Created', 'WaitingForRetry', 'InProgress')
            AND (cancel_requested_at IS NOT NULL OR deadline_at <= now())
          FOR UPDATE SKIP LOCKED)
        RETURNING execution_id, lifecycle
      ),
      """
          + ReportStore.TELL_OF_ENDED)
  List<UUID> endUnexpandedRuns();

  /// Gives back children whose node has let its lease run out or said good-bye; their attempt is
  /// recorded as failed, and does not count against the policy's maximum. They keep their place in
  /// the queue: behind all that nobody has begun, work of a lost node could wait for hours. Returns
  /// how many.
  @Transaction
  default int giveBackChildren(int limit) {
    GivenBack given = giveBackLost(limit);
    skipAfter(given.abandoned());
    return given.children();
  }

  @SqlQuery(
      """
      WITH gone AS (
        SELECT node_id, name FROM node
        WHERE stopped_at IS NOT NULL OR heartbeat_at + lease_ms * interval '1 millisecond' < now()
      ), victim AS (
        SELECT c.execution_id, gone.node_id, gone.name
        FROM child_execution c
        JOIN gone ON gone.node_id = c.node_id
        WHERE c.lifecycle = 'InProgress'
        ORDER BY c.execution_id
        LIMIT :limit
        FOR UPDATE OF c SKIP LOCKED
      ), given_back AS (
        UPDATE child_execution c
        SET lifecycle = CASE WHEN c.cancel_requested THEN 'Canceled' ELSE 'WaitingForRetry' END,
            ended_at = CASE WHEN c.cancel_requested THEN now() END,
            node_id = NULL
        FROM victim v
        WHERE c.execution_id = v.execution_id
        RETURNING c.execution_id, c.step_execution_id, c.attempt, c.attempt_started_at, c.cancel_requested,
                  c.successor, v.node_id, v.name
      ), recorded AS (
        INSERT INTO task_execution (execution_id, task_number, type, lifecycle, node_id, created_at, started_at,
            ended_at, message)
        SELECT execution_id, attempt,
            CASE (SELECT kind FROM step_execution s JOIN content USING (content_id)
                  WHERE s.step_execution_id = given_back.step_execution_id)
              WHEN 'Dacpac' THEN 'Dacpac' ELSE 'ScriptExecution' END, 'Failed', node_id, attempt_started_at, attempt_started_at,
            now(), format('node %s was lost or stopped while it ran this', name)
            || CASE WHEN cancel_requested THEN '' ELSE '; another attempt follows' END
        FROM given_back
      ), batches AS (
        UPDATE batch_execution b
        SET lifecycle = 'Failed', ended_at = now(), message = 'its node was lost'
        FROM given_back g
        WHERE b.execution_id = g.execution_id AND b.task_number = g.attempt AND b.lifecycle = 'InProgress'
      ), counted AS (
        UPDATE step_progress p
        SET in_progress = p.in_progress - g.children,
            waiting_for_retry = p.waiting_for_retry + g.children - g.canceled,
            canceled = p.canceled + g.canceled
        FROM (SELECT step_execution_id, count(*)::int AS children,
                     count(*) FILTER (WHERE cancel_requested)::int AS canceled
              FROM given_back GROUP BY step_execution_id ORDER BY step_execution_id) g
        WHERE p.step_execution_id = g.step_execution_id
      )
      SELECT count(*) AS children,
             coalesce(array_agg(successor) FILTER (WHERE cancel_requested AND successor IS NOT NULL), '{}') AS abandoned
      FROM given_back
      """)
  @RegisterConstructorMapper(GivenBack.class)
  GivenBack giveBackLost(@Bind("limit") int limit);

  /// What a node holds by the control database's account.
  @SqlQuery(
      """
      SELECT execution_id, attempt FROM child_execution WHERE lifecycle = 'InProgress' AND node_id = :node
      UNION ALL
      SELECT execution_id, attempt FROM job_execution
      WHERE ended_at IS NULL AND lifecycle = 'InProgress' AND node_id = :node
      """)
  @RegisterConstructorMapper(Held.class)
  List<Held> heldBy(@Bind("node") long nodeId);

  /// Returns to the queue a child that its node holds without knowing it; one that is to be stopped
  /// ends.
  @Transaction
  default void giveBackChild(UUID executionId, int attempt, long nodeId) {
    skipAfter(giveBackForgotten(executionId, attempt, nodeId).abandoned());
  }

  @SqlQuery(
      """
      WITH given_back AS (
        UPDATE child_execution
        SET lifecycle = CASE WHEN cancel_requested THEN 'Canceled' ELSE 'WaitingForRetry' END,
            ended_at = CASE WHEN cancel_requested THEN now() END,
            node_id = NULL
        WHERE execution_id = :id AND attempt = :attempt AND node_id = :node AND lifecycle = 'InProgress'
        RETURNING step_execution_id, cancel_requested::int AS canceled, successor
      ), counted AS (
      UPDATE step_progress p
      SET in_progress = p.in_progress - 1, waiting_for_retry = p.waiting_for_retry + 1 - g.canceled,
          canceled = p.canceled + g.canceled
      FROM given_back g
      WHERE p.step_execution_id = g.step_execution_id
      )
      SELECT count(*) AS children,
             coalesce(array_agg(successor) FILTER (WHERE canceled = 1 AND successor IS NOT NULL), '{}') AS abandoned
      FROM given_back
      """)
  @RegisterConstructorMapper(GivenBack.class)
  GivenBack giveBackForgotten(
      @Bind("id") UUID executionId, @Bind("attempt") int attempt, @Bind("node") long nodeId);

  @CreateSqlObject
  FollowingStore following();

  default void skipAfter(List<UUID> abandoned) {
    if (!abandoned.isEmpty()) {
      following().skip(abandoned.toArray(UUID[]::new));
    }
  }

  /// The same for runs whose own tasks (split, expansion) a lost node had. One that it was about to
  /// expand stays locked until its session has been ended, and must not keep others waiting.
  @SqlQuery(
      """
      WITH gone AS (
        SELECT node_id FROM node
        WHERE stopped_at IS NOT NULL OR heartbeat_at + lease_ms * interval '1 millisecond' < now()
      ), victim AS (
        SELECT e.execution_id
        FROM job_execution e
        JOIN gone ON gone.node_id = e.node_id
        WHERE e.lifecycle = 'InProgress'
        FOR UPDATE OF e SKIP LOCKED
      ), given_back AS (
        UPDATE job_execution e
        SET lifecycle = 'WaitingForRetry', node_id = NULL, ready_at = now()
        FROM victim v
        WHERE e.execution_id = v.execution_id
        RETURNING e.execution_id
      )
      SELECT count(*) FROM given_back
      """)
  int giveBackRuns();

  /// Wakes every worker and controller, whichever of them took what was given back.
  @SqlUpdate("SELECT pg_notify('edj_work', ''), pg_notify('edj_execution_started', '')")
  void announceGivenBack();

  /// What was given back.
  ///
  /// @param abandoned children of the next steps after those that were to be stopped
  record GivenBack(int children, List<UUID> abandoned) {}

  /// A claim on a child or a run.
  record Held(UUID executionId, int attempt) {}

  /// How many children a sweep ended, by where they stood before.
  ///
  /// @param blocked of those created, the ones that waited for another step or wave
  record Swept(int created, int blocked, int retrying) {}
}
