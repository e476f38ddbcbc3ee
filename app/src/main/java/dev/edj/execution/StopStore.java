package dev.edj.execution;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// The statements of a stop, and how workers hear of one.
public interface StopStore {

  /// Marks a run. Returns 0 when there is no such active run.
  @SqlUpdate(
      """
      UPDATE job_execution SET cancel_requested_at = coalesce(cancel_requested_at, now())
      WHERE execution_id = :id AND ended_at IS NULL
      """)
  int markRun(@Bind("id") UUID executionId);

  /// Marks a child; one that nobody works on ends at once. Returns nothing when there is no such
  /// active child.
  @SqlQuery(
      """
      WITH victim AS (
        SELECT execution_id, lifecycle, blocks FROM child_execution
        WHERE execution_id = :id AND ended_at IS NULL
        FOR UPDATE
      )
      UPDATE child_execution c
      SET cancel_requested = true,
          lifecycle = CASE WHEN v.lifecycle = 'InProgress' THEN 'InProgress' ELSE 'Canceled' END,
          ended_at = CASE WHEN v.lifecycle = 'InProgress' THEN NULL ELSE now() END
      FROM victim v
      WHERE c.execution_id = v.execution_id
      RETURNING c.step_execution_id, v.lifecycle AS was, v.blocks > 0 AS blocked, c.successor
      """)
  @RegisterConstructorMapper(StoppedChild.class)
  @Nullable StoppedChild markChild(@Bind("id") UUID executionId);

  @SqlQuery("SELECT execution_id FROM step_execution WHERE step_execution_id = :step")
  UUID runOf(@Bind("step") long stepExecutionId);

  /// The job of a run or a child.
  @SqlQuery(
      """
      SELECT j.name
      FROM job_execution e JOIN job j ON j.job_id = e.job_id
      WHERE e.execution_id = coalesce((
        SELECT s.execution_id FROM child_execution c JOIN step_execution s USING (step_execution_id)
        WHERE c.execution_id = :id), :id)
      """)
  @Nullable String job(@Bind("id") UUID executionId);

  @SqlUpdate("SELECT pg_notify('edj_cancel', :id::text)")
  void announce(@Bind("id") UUID executionId);

  /// Which of a node's running children are to be stopped.
  @SqlQuery(
      """
      SELECT c.execution_id
      FROM unnest(:ids) AS held (execution_id)
      JOIN child_execution c ON c.execution_id = held.execution_id
      JOIN step_execution s ON s.step_execution_id = c.step_execution_id
      JOIN job_execution e ON e.execution_id = s.execution_id
      WHERE c.cancel_requested OR e.cancel_requested_at IS NOT NULL
      """)
  List<UUID> toBeStopped(@Bind("ids") UUID[] executionIds);

  /// A child that was marked, and where it stood.
  ///
  /// @param successor the child of the next step on its database
  record StoppedChild(
      long stepExecutionId, Lifecycle was, boolean blocked, @Nullable UUID successor) {}
}
