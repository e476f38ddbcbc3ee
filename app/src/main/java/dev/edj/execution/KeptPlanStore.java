package dev.edj.execution;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// The plans of children that deploy a package.
public interface KeptPlanStore {

  /// Keeps a plan as the child's only one. Returns 0 when the child is no longer this attempt's.
  @SqlUpdate(
      """
      INSERT INTO kept_plan (execution_id, attempt, package_sha256, changes_nothing, script, report)
      SELECT c.execution_id, c.attempt, :sha256, :changesNothing, :script, :report
      FROM child_execution c
      WHERE c.execution_id = :executionId AND c.attempt = :attempt AND c.node_id = :nodeId
      FOR NO KEY UPDATE
      ON CONFLICT (execution_id) DO UPDATE
      SET attempt = excluded.attempt, planned_at = now(), package_sha256 = excluded.package_sha256,
          changes_nothing = excluded.changes_nothing, script = excluded.script, report = excluded.report
      """)
  int keep(
      @BindMethods ClaimedChild child,
      @Bind("sha256") String packageSha256,
      @Bind("changesNothing") boolean changesNothing,
      @Bind("script") String script,
      @Bind("report") String report);

  @SqlQuery("SELECT * FROM kept_plan WHERE execution_id = :child")
  @RegisterConstructorMapper(KeptPlan.class)
  Optional<KeptPlan> find(@Bind("child") UUID child);

  /// Without the report, and with the script as far as it is wanted.
  @SqlQuery(
      """
      SELECT execution_id, attempt, planned_at, package_sha256, changes_nothing,
             left(script, :characters) AS script, '' AS report
      FROM kept_plan
      WHERE execution_id = :child
      """)
  @RegisterConstructorMapper(KeptPlan.class)
  Optional<KeptPlan> findBeginning(
      @Bind("child") UUID child, @Bind("characters") int mostCharacters);
}
