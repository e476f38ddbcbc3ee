package dev.edj.portal.query;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.RowCursor;
import dev.edj.result.ChildResult;
import dev.edj.result.ResultReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The first rows that a query returned, those with the same columns in one table.
///
/// @param more whether there are others
record ReturnedRows(List<Table> tables, boolean more) {

  private static final int MOST = 500;

  /// @param columns their names
  record Table(List<String> columns, List<Row> rows) {}

  /// @param values null where there is none
  record Row(String server, String database, List<@Nullable String> values) {}

  static ReturnedRows read(ResultReading reading) throws Exception {
    Collecting collecting = new Collecting();
    reading.read(collecting::child, () -> !collecting.more);
    return collecting.rows();
  }

  /// Used by one thread.
  private static final class Collecting {

    private final Map<List<String>, Table> tables = new LinkedHashMap<>();
    private int count;
    private boolean more;

    void child(ChildResult child, RowCursor<? extends Exception> rows) throws Exception {
      List<String> columns = child.columns().stream().map(Column::name).toList();
      Table table = tables.computeIfAbsent(columns, names -> new Table(names, new ArrayList<>()));
      while (count < MOST && rows.next()) {
        count++;
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          values.add(child.text(i, rows.value(i)));
        }
        table.rows().add(new Row(child.server(), child.database(), values));
      }
      more = count == MOST && rows.next();
    }

    ReturnedRows rows() {
      return new ReturnedRows(List.copyOf(tables.values()), more);
    }
  }
}
