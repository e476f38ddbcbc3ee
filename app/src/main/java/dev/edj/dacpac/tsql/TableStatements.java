package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Makes tables, and changes their columns.
public final class TableStatements {

  private TableStatements() {}

  /// @param keys those that are made with the table; DacFx makes all of them so
  /// @param checks likewise; DacFx adds each afterwards
  public static List<String> create(
      Table table, List<KeyConstraint> keys, List<CheckConstraint> checks) {
    List<String> lines =
        new ArrayList<>(
            ColumnText.aligned(table.columns().stream().map(NewColumn::plain).toList()));
    keys.forEach(key -> lines.add(ConstraintText.of(key)));
    checks.forEach(check -> lines.add(ConstraintText.of(check)));
    return new SessionSettings(table.ansiNulls(), true)
        .around("CREATE TABLE %s (\n%s\n);".formatted(table.name(), inside(lines)));
  }

  static String inside(List<String> lines) {
    return lines.stream().map(line -> "    " + line).collect(Collectors.joining(",\n"));
  }

  /// Adds columns at the table's end.
  public static List<String> addColumns(ObjectName table, List<NewColumn> columns) {
    return List.of(
        "ALTER TABLE %s\n    ADD %s;"
            .formatted(table, String.join(",\n        ", ColumnText.aligned(columns))));
  }

  public static List<String> dropColumns(ObjectName table, List<String> columns) {
    return List.of(
        columns.stream()
            .map(column -> "COLUMN " + ObjectName.quoted(column))
            .collect(Collectors.joining(", ", "ALTER TABLE %s DROP ".formatted(table), ";")));
  }

  /// Changes type, collation and nullability to those of the column. Identity, mask and
  /// `ROWGUIDCOL` are left as they are; so is whether it is sparse, if that stays the same.
  public static List<String> alterColumn(ObjectName table, Column.Simple column) {
    return alterColumn(
        table,
        column.name(),
        "%s%s %s%s"
            .formatted(
                TypeText.of(column.dataType()),
                column.collation() == null ? "" : " COLLATE " + Words.collation(column.collation()),
                ColumnText.nullability(column),
                column.sparse() ? " SPARSE" : ""));
  }

  public static List<String> markRowGuid(ObjectName table, String column, boolean rowGuid) {
    return alterColumn(table, column, addOrDrop(rowGuid) + " ROWGUIDCOL");
  }

  public static List<String> markSparse(ObjectName table, String column, boolean sparse) {
    return alterColumn(table, column, addOrDrop(sparse) + " SPARSE");
  }

  /// Whether the identity of the column also counts where rows are replicated.
  public static List<String> markNotForReplication(
      ObjectName table, String column, boolean notForReplication) {
    return alterColumn(table, column, addOrDrop(notForReplication) + " NOT FOR REPLICATION");
  }

  public static List<String> mask(ObjectName table, String column, String function) {
    return alterColumn(table, column, "ADD " + ColumnText.masked(function));
  }

  public static List<String> unmask(ObjectName table, String column) {
    return alterColumn(table, column, "DROP MASKED");
  }

  private static List<String> alterColumn(ObjectName table, String column, String change) {
    return List.of(
        "ALTER TABLE %s ALTER COLUMN %s %s;".formatted(table, ObjectName.quoted(column), change));
  }

  private static String addOrDrop(boolean add) {
    return add ? "ADD" : "DROP";
  }
}
