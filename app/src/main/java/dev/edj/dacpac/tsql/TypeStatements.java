package dev.edj.dacpac.tsql;

import dev.edj.dacpac.model.AliasType;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes types.
final class TypeStatements {

  private TypeStatements() {}

  static List<String> create(AliasType type) {
    return List.of(
        "CREATE TYPE %s\n    FROM %s %s;"
            .formatted(
                type.name(), TypeText.of(type.base()), type.nullable() ? "NULL" : "NOT NULL"));
  }

  /// A type takes a default only with its column.
  static List<String> create(TableType type) {
    List<String> lines =
        new ArrayList<>(
            ColumnText.aligned(
                type.columns().stream()
                    .map(column -> new NewColumn(column, initially(type, column).orElse(null)))
                    .toList()));
    type.constraints().stream()
        .filter(constraint -> !(constraint instanceof DefaultConstraint))
        .map(ConstraintText::of)
        .forEach(lines::add);
    return List.of(
        "CREATE TYPE %s AS TABLE (\n%s);".formatted(type.name(), TableStatements.inside(lines)));
  }

  private static Optional<DefaultConstraint> initially(TableType type, Column column) {
    return type.constraints().stream()
        .filter(DefaultConstraint.class::isInstance)
        .map(DefaultConstraint.class::cast)
        .filter(constraint -> constraint.column().equals(column.name()))
        .findFirst();
  }
}
