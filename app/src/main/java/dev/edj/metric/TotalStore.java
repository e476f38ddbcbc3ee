package dev.edj.metric;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// What all nodes have counted.
interface TotalStore {

  /// Adds to totals, unless this addition of that source has been added before. Rows are locked in
  /// one order, so that nodes that add at the same time wait for one another and for nothing else.
  @SqlUpdate(
      """
      WITH turn AS (
        INSERT INTO metric_addition AS newest (source, number) VALUES (:source, :number)
        ON CONFLICT (source) DO UPDATE SET number = excluded.number, added_at = now()
        WHERE newest.number < excluded.number
        RETURNING number
      ), forgotten AS (
        DELETE FROM metric_addition WHERE added_at < now() - interval '1 day' AND source <> :source
      )
      INSERT INTO metric_total AS total (metric, labels, part, value)
      SELECT one.metric, one.labels, one.part, one.value
      FROM turn, unnest(:metrics, :labels, :parts, :values) AS one (metric, labels, part, value)
      ORDER BY one.metric, one.labels, one.part
      ON CONFLICT (metric, labels, part) DO UPDATE SET value = total.value + excluded.value
      """)
  void add(
      @Bind("source") UUID source,
      @Bind("number") long number,
      @Bind("metrics") String[] metrics,
      @Bind("labels") String[] labels,
      @Bind("parts") String[] parts,
      @Bind("values") double[] values);

  @SqlQuery("SELECT metric, labels, part, value FROM metric_total")
  @RegisterConstructorMapper(Total.class)
  List<Total> list();

  /// One row.
  record Total(String metric, String labels, String part, double value) {}
}
