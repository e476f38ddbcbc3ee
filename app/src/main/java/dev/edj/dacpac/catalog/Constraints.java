package dev.edj.dacpac.catalog;

import dev.edj.dacpac.catalog.Names.Named;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.ForeignKey.Action;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Foreign keys, check constraints and defaults.
final class Constraints {

  private Constraints() {}

  private static final String CHECKS =
      """
      SELECT c.object_id, c.name, c.parent_object_id, c.definition, c.is_not_for_replication,
        c.is_not_trusted, c.is_disabled, c.is_system_named
      FROM sys.check_constraints c
      """;

  static List<Owned> readChecks(Scope scope) throws SQLException {
    return present(scope.query().rows(CHECKS, row -> check(row, scope)));
  }

  private static Optional<Owned> check(Row row, Scope scope) throws SQLException {
    Named table = scope.names().find(row.number("parent_object_id")).orElse(null);
    if (table == null) {
      return Optional.empty();
    }
    CheckConstraint check =
        new CheckConstraint(
            Owned.name(table, row.text("name")),
            Owned.systemNamed(table, row),
            table.name(),
            row.text("definition"),
            row.flag("is_not_for_replication"),
            isChecked(row),
            !row.flag("is_disabled"),
            Dependencies.with(
                scope.dependencies().ofObject(row.number("object_id")), table.name()));
    return Optional.of(new Owned(table, check));
  }

  private static final String DEFAULTS =
      """
      SELECT d.object_id, d.name, d.parent_object_id, d.parent_column_id, d.definition,
        d.is_system_named
      FROM sys.default_constraints d
      """;

  static List<Owned> readDefaults(Scope scope) throws SQLException {
    return present(scope.query().rows(DEFAULTS, row -> defaultConstraint(row, scope)));
  }

  private static Optional<Owned> defaultConstraint(Row row, Scope scope) throws SQLException {
    Named table = scope.names().find(row.number("parent_object_id")).orElse(null);
    if (table == null) {
      return Optional.empty();
    }
    DefaultConstraint constraint =
        new DefaultConstraint(
            Owned.name(table, row.text("name")),
            Owned.systemNamed(table, row),
            table.name(),
            scope.columns().name(table.id(), row.number("parent_column_id")),
            row.text("definition"),
            Dependencies.with(
                scope.dependencies().ofObject(row.number("object_id")), table.name()));
    return Optional.of(new Owned(table, constraint));
  }

  /// One row: a pair of columns of a foreign key, and the key again.
  private record Pair(int key, ForeignKey alone, String column, String foreignColumn) {}

  private static final String FOREIGN_KEYS =
      """
      SELECT f.object_id, f.name, f.parent_object_id, f.referenced_object_id,
        f.delete_referential_action, f.update_referential_action, f.is_not_for_replication,
        f.is_not_trusted, f.is_disabled, f.is_system_named,
        c.parent_column_id, c.referenced_column_id
      FROM sys.foreign_keys f
      JOIN sys.foreign_key_columns c ON c.constraint_object_id = f.object_id
      ORDER BY f.object_id, c.constraint_column_id
      """;

  static List<ForeignKey> readForeignKeys(Scope scope) throws SQLException {
    Map<Integer, List<Pair>> byKey = new LinkedHashMap<>();
    for (Pair pair : present(scope.query().rows(FOREIGN_KEYS, row -> pair(row, scope)))) {
      byKey.computeIfAbsent(pair.key(), key -> new ArrayList<>()).add(pair);
    }
    return byKey.values().stream().map(Constraints::foreignKey).toList();
  }

  private static Optional<Pair> pair(Row row, Scope scope) throws SQLException {
    Named table = scope.names().find(row.number("parent_object_id")).orElse(null);
    Named foreignTable = scope.names().find(row.number("referenced_object_id")).orElse(null);
    if (table == null || foreignTable == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Pair(
            row.number("object_id"),
            withoutColumns(row, table, foreignTable.name()),
            scope.columns().name(table.id(), row.number("parent_column_id")),
            scope.columns().name(foreignTable.id(), row.number("referenced_column_id"))));
  }

  private static ForeignKey withoutColumns(Row row, Named table, ObjectName foreignTable)
      throws SQLException {
    return new ForeignKey(
        Owned.name(table, row.text("name")),
        row.flag("is_system_named"),
        table.name(),
        List.of(),
        foreignTable,
        List.of(),
        action(row.number("delete_referential_action")),
        action(row.number("update_referential_action")),
        row.flag("is_not_for_replication"),
        isChecked(row),
        !row.flag("is_disabled"));
  }

  /// The server never trusts what replication need not keep to, checked or not.
  private static boolean isChecked(Row row) throws SQLException {
    return !row.flag("is_not_trusted") || row.flag("is_not_for_replication");
  }

  private static Action action(int code) throws SQLException {
    return switch (code) {
      case 0 -> Action.NO_ACTION;
      case 1 -> Action.CASCADE;
      case 2 -> Action.SET_NULL;
      case 3 -> Action.SET_DEFAULT;
      default -> throw new SQLException("a foreign key has the unknown action " + code);
    };
  }

  private static ForeignKey foreignKey(List<Pair> pairs) {
    ForeignKey alone = pairs.getFirst().alone();
    return new ForeignKey(
        alone.name(),
        alone.systemNamed(),
        alone.table(),
        pairs.stream().map(Pair::column).toList(),
        alone.foreignTable(),
        pairs.stream().map(Pair::foreignColumn).toList(),
        alone.onDelete(),
        alone.onUpdate(),
        alone.notForReplication(),
        alone.checked(),
        alone.enabled());
  }

  /// What belongs to an object that is not listed is not listed either.
  private static <T> List<T> present(List<Optional<T>> found) {
    return found.stream().flatMap(Optional::stream).toList();
  }
}
