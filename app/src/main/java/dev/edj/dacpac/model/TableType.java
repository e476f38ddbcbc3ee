package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A type whose values are tables. It cannot be altered, and not be dropped while a module has a
/// parameter of it.
///
/// @param constraints each unnamed, with this type as their table
public record TableType(ObjectName name, List<Column> columns, List<Constraint> constraints)
    implements DatabaseObject {

  public TableType {
    columns = List.copyOf(columns);
    constraints = List.copyOf(constraints);
  }

  @Override
  public ObjectType type() {
    return ObjectType.TABLE_TYPE;
  }

  @Override
  public Set<ObjectName> references() {
    Set<ObjectName> references = new HashSet<>();
    columns.forEach(column -> references.addAll(column.references()));
    constraints.forEach(constraint -> references.addAll(constraint.references()));
    references.remove(name);
    return references;
  }
}
