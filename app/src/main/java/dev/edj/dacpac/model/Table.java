package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A table with its columns; constraints, indexes and triggers are objects of their own.
///
/// @param columns in the table's order
/// @param ansiNulls as it was set when the table was made
public record Table(ObjectName name, List<Column> columns, boolean ansiNulls)
    implements DatabaseObject {

  public Table {
    columns = List.copyOf(columns);
  }

  @Override
  public ObjectType type() {
    return ObjectType.TABLE;
  }

  @Override
  public Set<ObjectName> references() {
    Set<ObjectName> references = new HashSet<>();
    columns.forEach(column -> references.addAll(column.references()));
    return references;
  }

  /// Finds a column by its name.
  ///
  /// @param sameName how the database compares names
  public Optional<Column> column(String column, NameRule sameName) {
    return columns.stream().filter(c -> sameName.same(c.name(), column)).findFirst();
  }

  public Table with(List<Column> otherColumns) {
    return new Table(name, otherColumns, ansiNulls);
  }
}
