package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.Index;
import java.util.List;

/// Makes and drops indexes.
final class IndexStatements {

  private IndexStatements() {}

  static List<String> create(Index index) {
    return List.of(create(index, index.name().last(), index.on()));
  }

  /// The same index by another name, on another table.
  static String create(Index index, String name, ObjectName on) {
    String included =
        index.included().isEmpty()
            ? ""
            : "\n    INCLUDE(%s)".formatted(ConstraintText.quoted(index.included()));
    String filter = index.filter() == null ? "" : " WHERE " + ExpressionText.closed(index.filter());
    return "CREATE %s%s INDEX %s\n    ON %s(%s)%s%s%s;"
        .formatted(
            index.unique() ? "UNIQUE " : "",
            index.clustered() ? "CLUSTERED" : "NONCLUSTERED",
            ObjectName.quoted(name),
            on,
            IndexText.columns(index.columns()),
            included,
            filter,
            IndexText.options(index.options()));
  }

  static List<String> drop(Index index) {
    return List.of(
        "DROP INDEX %s\n    ON %s;".formatted(ObjectName.quoted(index.name().last()), index.on()));
  }
}
