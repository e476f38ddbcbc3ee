package dev.edj.execution;

import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Children whose script has run and is not to run again, while their rows may not be in their
/// destination yet.
public interface UnsentStore {

  /// Returns 0 when the child is no longer this attempt's.
  @SqlUpdate(
      """
      INSERT INTO unsent_result (execution_id, attempt, row_count)
      SELECT c.execution_id, c.attempt, :rows
      FROM child_execution c
      WHERE c.execution_id = :executionId AND c.attempt = :attempt AND c.node_id = :nodeId
      FOR UPDATE
      ON CONFLICT (execution_id) DO UPDATE SET attempt = excluded.attempt, row_count = excluded.row_count
      """)
  int insert(@BindMethods ClaimedChild child, @Bind("rows") long rows);

  @SqlQuery("SELECT attempt, row_count FROM unsent_result WHERE execution_id = :id")
  @RegisterConstructorMapper(Unsent.class)
  @Nullable Unsent find(@Bind("id") UUID executionId);

  /// What an attempt's script returned.
  record Unsent(int attempt, long rowCount) {}
}
