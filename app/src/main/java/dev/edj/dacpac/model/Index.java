package dev.edj.dacpac.model;

import dev.edj.dacpac.file.ObjectName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An index of a table or a view that is no constraint.
///
/// @param name schema, table and index
/// @param on the table or view
/// @param columns the key's, in order
/// @param included columns that are stored beside the key
/// @param filter the condition of a filtered index; absent for none
/// @param filterReferences what the filter speaks of
public record Index(
    ObjectName name,
    ObjectName on,
    boolean unique,
    boolean clustered,
    List<KeyColumn> columns,
    List<String> included,
    @Nullable String filter,
    IndexOptions options,
    Set<ObjectName> filterReferences)
    implements DatabaseObject {

  public Index {
    columns = List.copyOf(columns);
    included = List.copyOf(included);
    filterReferences = Set.copyOf(filterReferences);
  }

  @Override
  public ObjectType type() {
    return ObjectType.INDEX;
  }

  @Override
  public Set<ObjectName> references() {
    Set<ObjectName> references = new HashSet<>(filterReferences);
    references.add(on);
    return references;
  }

  public Index with(String otherFilter) {
    return new Index(
        name, on, unique, clustered, columns, included, otherFilter, options, filterReferences);
  }
}
