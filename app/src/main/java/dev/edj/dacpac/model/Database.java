package dev.edj.dacpac.model;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Everything that a deployment compares, changes, or has to know of.
///
/// @param collation the database's own; of columns that name none
/// @param caseSensitive whether names that differ only in case are different
/// @param objects in no particular order
/// @param renamesDone keys of the renames that the database remembers
public record Database(
    String collation, boolean caseSensitive, List<DatabaseObject> objects, Set<UUID> renamesDone) {

  public Database {
    objects = List.copyOf(objects);
    renamesDone = Set.copyOf(renamesDone);
  }

  public <T extends DatabaseObject> List<T> objects(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
