package dev.edj.execution;

/// What somebody may want to be told of. That they are to be told is written with it, in one
/// statement, so that neither is without the other; it is sent later, by `notice`.
interface Occasions {

  /// Writes what is to be sent of each `occasion (execution_id, event, wave)`, once for each notice
  /// that is about it. Where there is no notice, nothing is looked up. A notice that is being
  /// deleted holds up nothing: it is as if it were gone.
  String RAISE_NOTICES =
      """
      raised AS (
        INSERT INTO notice_delivery (notice_id, execution_id, event, wave)
        SELECT wanted.notice_id, wanted.execution_id, wanted.event, wanted.wave
        FROM (
          SELECT n.notice_id, o.execution_id, o.event, o.wave
          FROM occasion o
          JOIN job_execution e ON e.execution_id = o.execution_id AND e.purpose = 'Run'
          JOIN job j ON j.job_id = e.job_id AND NOT j.ad_hoc
          JOIN notice n ON n.enabled AND o.event = ANY (n.events) AND (n.job_id IS NULL OR n.job_id = e.job_id)
          WHERE EXISTS (SELECT FROM notice WHERE enabled)
          FOR KEY SHARE OF n SKIP LOCKED) wanted
        ON CONFLICT DO NOTHING
      )
      """;
}
