package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A primary key or a unique constraint.
///
/// @param type [ObjectType#PRIMARY_KEY] or [ObjectType#UNIQUE]
/// @param columns in the key's order
public record KeyConstraint(
    @Nullable ObjectName name,
    boolean systemNamed,
    ObjectType type,
    ObjectName table,
    boolean clustered,
    List<KeyColumn> columns,
    IndexOptions options)
    implements Constraint {

  public KeyConstraint {
    columns = List.copyOf(columns);
  }

  @Override
  public Set<ObjectName> references() {
    return Set.of(table);
  }

  public boolean isPrimary() {
    return type == ObjectType.PRIMARY_KEY;
  }
}
