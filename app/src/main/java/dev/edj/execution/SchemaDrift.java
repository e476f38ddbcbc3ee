package dev.edj.execution;

/// What to do when a destination's table does not have a column of the rows that are to go there.
public enum SchemaDrift {
  /// The child fails, with the column's name.
  Fail,
  /// The column is added to the table.
  Add
}
