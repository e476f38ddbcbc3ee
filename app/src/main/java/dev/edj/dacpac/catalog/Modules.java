package dev.edj.dacpac.catalog;

import dev.edj.dacpac.catalog.Names.Named;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.ObjectType;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Unmodelled;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Views, procedures, functions and triggers of tables: whatever is a text.
final class Modules {

  /// The letters of `sys.objects`.
  static final Map<String, ObjectType> TYPES =
      Map.of(
          "V", ObjectType.VIEW,
          "P", ObjectType.PROCEDURE,
          "FN", ObjectType.SCALAR_FUNCTION,
          "IF", ObjectType.INLINE_FUNCTION,
          "TF", ObjectType.TABLE_FUNCTION,
          "TR", ObjectType.TRIGGER);

  private Modules() {}

  private static final String MODULES =
      """
      SELECT m.object_id, m.definition, m.uses_ansi_nulls, m.uses_quoted_identifier,
        m.is_schema_bound, t.is_disabled
      FROM sys.sql_modules m
      LEFT JOIN sys.triggers t ON t.object_id = m.object_id
      """;

  static List<DatabaseObject> read(Scope scope) throws SQLException {
    return scope.query().rows(MODULES, row -> module(row, scope)).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<DatabaseObject> module(Row row, Scope scope) throws SQLException {
    Named named = scope.names().find(row.number("object_id")).orElse(null);
    ObjectType type = named == null ? null : TYPES.get(named.type());
    if (named == null || type == null) {
      return Optional.empty();
    }
    String definition = row.textOrNull("definition");
    if (definition == null) {
      return Optional.of(unmodelled("encrypted module", named, scope));
    }
    ModuleText text = ModuleText.of(definition).orElse(null);
    return Optional.of(
        text == null
            ? unmodelled("module whose text does not begin with CREATE", named, scope)
            : module(row, named, type, text, scope));
  }

  private static SqlModule module(
      Row row, Named named, ObjectType type, ModuleText text, Scope scope) throws SQLException {
    ObjectName parent = parent(named, scope);
    return new SqlModule(
        named.name(),
        type,
        text.text(),
        text.createOffset(),
        row.flag("uses_ansi_nulls"),
        row.flag("uses_quoted_identifier"),
        row.flag("is_schema_bound"),
        parent,
        !row.flag("is_disabled"),
        Dependencies.with(scope.dependencies().ofObject(named.id()), parent));
  }

  private static @Nullable ObjectName parent(Named named, Scope scope) {
    return scope.names().find(named.parent()).map(Named::name).orElse(null);
  }

  /// It is in the way of another object of its name, of what it is bound to, and of its parent,
  /// with which it would go.
  static Unmodelled unmodelled(String what, Named named, Scope scope) {
    return new Unmodelled(
        named.name(),
        what,
        Dependencies.with(
            Dependencies.with(scope.dependencies().heldBy(named.id()), named.name()),
            parent(named, scope)));
  }
}
