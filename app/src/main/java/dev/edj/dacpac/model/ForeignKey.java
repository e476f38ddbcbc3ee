package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A foreign key.
///
/// @param columns in the order of `foreignColumns`
/// @param checked false where it was declared, or is in the database, without its existing rows
///   having been checked
/// @param enabled false where it is in the database and switched off
public record ForeignKey(
    @Nullable ObjectName name,
    boolean systemNamed,
    ObjectName table,
    List<String> columns,
    ObjectName foreignTable,
    List<String> foreignColumns,
    Action onDelete,
    Action onUpdate,
    boolean notForReplication,
    boolean checked,
    boolean enabled)
    implements Constraint {

  /// What becomes of a row when the one that it points to goes or changes.
  public enum Action {
    NO_ACTION,
    CASCADE,
    SET_NULL,
    SET_DEFAULT
  }

  public ForeignKey {
    columns = List.copyOf(columns);
    foreignColumns = List.copyOf(foreignColumns);
  }

  @Override
  public ObjectType type() {
    return ObjectType.FOREIGN_KEY;
  }

  @Override
  public Set<ObjectName> references() {
    return Set.copyOf(List.of(table, foreignTable));
  }

  public ForeignKey withChecked(boolean nowChecked) {
    return new ForeignKey(
        name,
        systemNamed,
        table,
        columns,
        foreignTable,
        foreignColumns,
        onDelete,
        onUpdate,
        notForReplication,
        nowChecked,
        enabled);
  }
}
