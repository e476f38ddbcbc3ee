package dev.edj.engine.rows;

import dev.edj.engine.rows.ColumnType.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The columns that a table of collected rows has beside those of the result.
final class OwnColumns {

  static final String EXECUTION_ID = "internal_execution_id";

  private static final List<Column> EXECUTION =
      List.of(new Column(EXECUTION_ID, ColumnType.of(Kind.UUID)));

  private static final List<Column> SOURCE =
      List.of(
          new Column("source_server", ColumnType.text(400)),
          new Column("source_database", ColumnType.text(255)),
          new Column("collected_at", ColumnType.time(Kind.TIMESTAMP_WITH_ZONE, 6)));

  private OwnColumns() {}

  /// The execution's id first.
  static List<Column> of(RowTable table) {
    List<Column> columns = new ArrayList<>(EXECUTION);
    if (table.tellsSource()) {
      columns.addAll(SOURCE);
    }
    return columns;
  }

  static boolean contain(RowTable table, String name) {
    return of(table).stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
  }

  /// Their values, in the order of the columns.
  ///
  /// @param now by the destination's clock, as [Kind#TIMESTAMP_WITH_ZONE]
  static List<byte[]> values(RowTable table, RowOrigin origin, String now) {
    List<String> values = new ArrayList<>(List.of(origin.executionId().toString()));
    if (table.tellsSource()) {
      values.addAll(List.of(origin.server(), origin.database(), now));
    }
    return values.stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
