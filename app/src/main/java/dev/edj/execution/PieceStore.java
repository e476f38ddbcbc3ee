package dev.edj.execution;

import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// The pieces of large results, to be written in one transaction that begins with [#hold]. Rows are
/// touched as a report touches them: the child, then its step's counters.
interface PieceStore {

  /// Locks the child if it is still this attempt's: the fence.
  @SqlQuery(
      """
      SELECT execution_id FROM child_execution
      WHERE execution_id = :executionId AND attempt = :attempt AND node_id = :nodeId
      FOR NO KEY UPDATE
      """)
  @Nullable UUID hold(@BindMethods ClaimedChild child);

  /// Returns how many bytes they had.
  @SqlQuery(
      """
      WITH removed AS (
        DELETE FROM kept_result_piece WHERE execution_id = :id
        RETURNING length(rows) AS bytes)
      SELECT coalesce(sum(bytes), 0) FROM removed
      """)
  long remove(@Bind("id") UUID executionId);

  @SqlUpdate(
      "UPDATE step_progress SET kept_bytes = kept_bytes - :bytes WHERE step_execution_id = :step")
  void giveRoom(@Bind("step") long stepExecutionId, @Bind("bytes") long bytes);

  /// Returns 0 when there is not as much.
  @SqlUpdate(
      """
      UPDATE step_progress SET kept_bytes = kept_bytes + :bytes
      WHERE step_execution_id = :step AND kept_bytes + :bytes <= :most
      """)
  int takeRoom(
      @Bind("step") long stepExecutionId, @Bind("bytes") long bytes, @Bind("most") long most);

  @SqlUpdate(
      "INSERT INTO kept_result_piece (execution_id, piece, rows) VALUES (:id, :piece, :rows)")
  void insert(@Bind("id") UUID executionId, @Bind("piece") int piece, @Bind("rows") byte[] rows);
}
