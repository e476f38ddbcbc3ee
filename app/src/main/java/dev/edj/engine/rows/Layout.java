package dev.edj.engine.rows;

import java.util.List;

/// Which column of a table takes which value.
///
/// @param columns the columns that EDJ adds, then those of the result
/// @param own how many are those that EDJ adds
/// @param targets where they go, in the same order
record Layout(TableName table, List<Column> columns, int own, List<TableColumn> targets) {

  Layout {
    columns = List.copyOf(columns);
    targets = List.copyOf(targets);
  }

  /// The column with the child execution's id.
  TableColumn executionId() {
    return targets.getFirst();
  }
}
