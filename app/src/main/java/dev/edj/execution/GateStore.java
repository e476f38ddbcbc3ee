package dev.edj.execution;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Waves and barriers: what lets children begin that wait for more than the step before on their
/// own database.
public interface GateStore {

  /// Active runs in which children wait, and that have several waves or a barrier.
  @SqlQuery(
      """
      SELECT e.execution_id
      FROM job_execution e
      WHERE e.ended_at IS NULL AND e.lifecycle = 'WaitingForChildJobExecutions'
        AND e.cancel_requested_at IS NULL AND e.halted_at IS NULL
        AND EXISTS (
          SELECT FROM step_execution s JOIN step_progress p USING (step_execution_id)
          WHERE s.execution_id = e.execution_id AND p.blocked > 0 AND (e.waves > 1 OR s.barrier))
      ORDER BY e.execution_id
      """)
  List<UUID> gated();

  /// Takes the turn for a run until the transaction ends; false when another controller has it.
  @SqlQuery("SELECT pg_try_advisory_xact_lock(hashtext('edj gates'), hashtext(:run::text))")
  boolean takeTurn(@Bind("run") UUID run);

  @SqlQuery(
      """
      SELECT e.waves, e.open_wave, NOT v.wave_approval OR e.approved_wave > e.open_wave AS approved,
             e.wave_ended_at IS NOT NULL AS wave_ended,
             coalesce(e.wave_ended_at + v.wave_pause_ms * interval '1 millisecond' <= now(), v.wave_pause_ms = 0)
               AS pause_over
      FROM job_execution e JOIN job_version v ON v.job_id = e.job_id AND v.version = e.job_version
      WHERE e.execution_id = :run AND e.ended_at IS NULL AND e.cancel_requested_at IS NULL AND e.halted_at IS NULL
      """)
  @RegisterConstructorMapper(Waves.class)
  @Nullable Waves waves(@Bind("run") UUID run);

  /// Steps whose barrier is not passed in this wave yet, in their order.
  @SqlQuery(
      """
      SELECT step_id FROM step_execution
      WHERE execution_id = :run AND barrier AND barrier_passed < :wave
      ORDER BY step_id
      """)
  List<Integer> closedBarriers(@Bind("run") UUID run, @Bind("wave") int wave);

  /// Whether any step before this one has a child that has not ended; by the counters.
  @SqlQuery(
      """
      SELECT EXISTS (
        SELECT FROM step_execution s JOIN step_progress p USING (step_execution_id)
        WHERE s.execution_id = :run AND s.step_id < :step AND p.created + p.in_progress + p.waiting_for_retry > 0)
      """)
  boolean anythingOpen(@Bind("run") UUID run, @Bind("step") int beforeStep);

  /// The same within a wave.
  @SqlQuery(
      """
      SELECT EXISTS (
        SELECT FROM step_execution s
        CROSS JOIN LATERAL (
          SELECT FROM child_execution
          WHERE step_execution_id = s.step_execution_id AND wave = :wave AND ended_at IS NULL
          LIMIT 1) c
        WHERE s.execution_id = :run AND s.step_id < :step)
      """)
  boolean anythingOpen(@Bind("run") UUID run, @Bind("wave") int wave, @Bind("step") int beforeStep);

  /// Lets the children of a step, or of all, and of a wave, or of all, wait for one thing less.
  @SqlUpdate(
      """
      WITH freed AS (
        UPDATE child_execution c
        SET blocks = c.blocks - 1, ready_at = now()
        FROM step_execution s
        WHERE s.execution_id = :run AND (CAST(:step AS int) IS NULL OR s.step_id = :step)
          AND c.step_execution_id = s.step_execution_id AND (CAST(:wave AS int) IS NULL OR c.wave = :wave)
          AND c.ended_at IS NULL
        RETURNING c.step_execution_id, c.blocks
      )
      UPDATE step_progress p
      SET blocked = p.blocked - f.children
      FROM (SELECT step_execution_id, count(*)::int AS children FROM freed WHERE blocks = 0
            GROUP BY step_execution_id ORDER BY step_execution_id) f
      WHERE p.step_execution_id = f.step_execution_id
      """)
  void free(
      @Bind("run") UUID run,
      @Bind("step") @Nullable Integer step,
      @Bind("wave") @Nullable Integer wave);

  @SqlUpdate(
      "UPDATE step_execution SET barrier_passed = :wave WHERE execution_id = :run AND step_id = :step")
  void passBarrier(@Bind("run") UUID run, @Bind("step") int step, @Bind("wave") int wave);

  /// Notes that the open wave has ended, from when on the next one may wait for an approval.
  @SqlUpdate(
      """
      WITH ended AS (
        UPDATE job_execution SET wave_ended_at = now()
        WHERE execution_id = :run AND wave_ended_at IS NULL
        RETURNING execution_id, job_id, job_version, open_wave, approved_wave
      ), occasion AS (
        SELECT e.execution_id, 'ApprovalWanted' AS event, e.open_wave + 1 AS wave
        FROM ended e JOIN job_version v ON v.job_id = e.job_id AND v.version = e.job_version
        WHERE v.wave_approval AND e.approved_wave <= e.open_wave
      ),
      """
          + Occasions.RAISE_NOTICES
          + "SELECT FROM ended")
  void endWave(@Bind("run") UUID run);

  @SqlUpdate(
      "UPDATE job_execution SET open_wave = :wave, wave_ended_at = NULL WHERE execution_id = :run")
  void openWave(@Bind("run") UUID run, @Bind("wave") int wave);

  /// Lets the next wave begin. Returns 0 when the run waits for no approval.
  @SqlUpdate(
      """
      UPDATE job_execution e
      SET approved_wave = e.open_wave + 1
      FROM job_version v
      WHERE e.execution_id = :run AND v.job_id = e.job_id AND v.version = e.job_version
        AND v.wave_approval AND e.wave_ended_at IS NOT NULL AND e.approved_wave <= e.open_wave
        AND e.open_wave < e.waves AND (CAST(:wave AS int) IS NULL OR e.open_wave + 1 = :wave)
        AND e.ended_at IS NULL AND e.cancel_requested_at IS NULL AND e.halted_at IS NULL
      """)
  int approve(@Bind("run") UUID run, @Bind("wave") @Nullable Integer wave);

  /// How far a run's waves have come.
  ///
  /// @param approved whether the next one may begin as far as approval goes
  /// @param waveEnded whether the open one was seen to have ended
  /// @param pauseOver whether the next one may begin as far as the pause goes
  record Waves(int waves, int openWave, boolean approved, boolean waveEnded, boolean pauseOver) {

    public boolean moreToCome() {
      return openWave < waves;
    }
  }
}
