package dev.edj.dacpac.catalog;

import dev.edj.dacpac.catalog.Names.Named;
import dev.edj.dacpac.catalog.Security.Principal;
import dev.edj.dacpac.catalog.Security.SchemaRow;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Permission.SecurableClass;
import dev.edj.dacpac.model.Permission.State;
import dev.edj.dacpac.model.Unmodelled;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was granted and denied. Fixed roles have more than this, which nobody granted.
record Permissions(Scope scope, Security security) {

  /// What a permission is about.
  private record Securable(
      SecurableClass kind, @Nullable ObjectName name, @Nullable String column) {}

  /// Objects of the server have negative ids. Two grantors may have granted the same.
  private static final String PERMISSIONS =
      """
      SELECT DISTINCT p.class, p.class_desc, p.major_id, p.minor_id, p.permission_name, p.state,
        p.grantee_principal_id
      FROM sys.database_permissions p
      WHERE p.major_id >= 0
      """;

  List<DatabaseObject> read() throws SQLException {
    return scope.query().rows(PERMISSIONS, this::permission).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<DatabaseObject> permission(Row row) throws SQLException {
    Principal grantee = security.principals().get(row.number("grantee_principal_id"));
    if (grantee == null) {
      throw Meanwhile.gone("somebody who has a permission");
    }
    State state = state(row.code("state"));
    if (isOfObject(row) && !scope.names().has(row.number("major_id"))) {
      return Optional.empty();
    }
    Securable securable = securable(row);
    return Optional.of(
        state == null || securable == null
            ? unmodelled(row, grantee)
            : new Permission(
                state,
                row.text("permission_name"),
                securable.kind(),
                securable.name(),
                securable.column(),
                grantee.name()));
  }

  /// Absent for a column that is exempt from what was granted on its table.
  private static @Nullable State state(String code) {
    return switch (code) {
      case "G" -> State.GRANT;
      case "W" -> State.GRANT_WITH_GRANT_OPTION;
      case "D" -> State.DENY;
      default -> null;
    };
  }

  private static boolean isOfObject(Row row) throws SQLException {
    return row.number("class") == 1;
  }

  private @Nullable Securable securable(Row row) throws SQLException {
    int id = row.number("major_id");
    return switch (row.number("class")) {
      case 0 -> new Securable(SecurableClass.DATABASE, null, null);
      case 1 -> ofObject(id, row.number("minor_id"));
      case 3 -> ofSchema(security.schemas().get(id));
      case 4 -> ofPrincipal(security.principals().get(id));
      case 6 ->
          scope
              .types()
              .findUserDefined(id)
              .map(type -> new Securable(SecurableClass.TYPE, type.name(), null))
              .orElse(null);
      default -> null;
    };
  }

  private @Nullable Securable ofObject(int id, int column) throws SQLException {
    Named named = scope.names().find(id).orElse(null);
    return named == null
        ? null
        : new Securable(
            SecurableClass.OBJECT,
            named.name(),
            column == 0 ? null : scope.columns().name(id, column));
  }

  private static @Nullable Securable ofSchema(@Nullable SchemaRow schema) {
    return schema == null
        ? null
        : new Securable(SecurableClass.SCHEMA, ObjectName.of(schema.name()), null);
  }

  private static @Nullable Securable ofPrincipal(@Nullable Principal principal) {
    return principal == null
        ? null
        : new Securable(
            principal.isRole() ? SecurableClass.ROLE : SecurableClass.USER,
            ObjectName.of(principal.name()),
            null);
  }

  private static Unmodelled unmodelled(Row row, Principal grantee) throws SQLException {
    ObjectName name = ObjectName.of(grantee.name());
    return new Unmodelled(
        name,
        "permission %s on %s %d of"
            .formatted(row.text("permission_name"), row.text("class_desc"), row.number("major_id")),
        Set.of(name));
  }
}
