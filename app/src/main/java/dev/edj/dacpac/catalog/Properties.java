package dev.edj.dacpac.catalog;

import dev.edj.dacpac.catalog.Names.Named;
import dev.edj.dacpac.catalog.Security.Principal;
import dev.edj.dacpac.catalog.Security.SchemaRow;
import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.ExtendedProperty.HostType;
import dev.edj.dacpac.model.Unmodelled;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The extended properties of everything.
record Properties(Scope scope, Security security) {

  /// What a property is attached to.
  private record Host(HostType type, @Nullable ObjectName name) {}

  private static final String PROPERTIES =
      """
      SELECT p.class, p.class_desc, p.major_id, p.minor_id, p.name, p.value,
        CAST(SQL_VARIANT_PROPERTY(p.value, 'BaseType') AS NVARCHAR(128)) AS base_type,
        a.name AS parameter_name, i.name AS index_name
      FROM sys.extended_properties p
      LEFT JOIN sys.all_parameters a
        ON p.class = 2 AND a.object_id = p.major_id AND a.parameter_id = p.minor_id
      LEFT JOIN sys.indexes i
        ON p.class = 7 AND i.object_id = p.major_id AND i.index_id = p.minor_id
      """;

  List<DatabaseObject> read() throws SQLException {
    return scope.query().rows(PROPERTIES, this::property).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<DatabaseObject> property(Row row) throws SQLException {
    if (isOfObject(row) && !scope.names().has(row.number("major_id"))) {
      return Optional.empty();
    }
    Host host = host(row);
    String value = VariantLiteral.of(row.valueOrNull("value"), row.textOrNull("base_type"));
    return Optional.of(
        host == null
            ? unmodelled(row)
            : new ExtendedProperty(host.type(), host.name(), row.text("name"), value));
  }

  /// Then its id is that of an object.
  private static boolean isOfObject(Row row) throws SQLException {
    int hostClass = row.number("class");
    return hostClass == 1 || hostClass == 2 || hostClass == 7;
  }

  private @Nullable Host host(Row row) throws SQLException {
    int id = row.number("major_id");
    return switch (row.number("class")) {
      case 0 -> new Host(HostType.DATABASE, null);
      case 1 -> ofObject(id, row.number("minor_id"));
      case 2 -> ofParameter(id, row.textOrNull("parameter_name"));
      case 3 -> ofSchema(security.schemas().get(id));
      case 4 -> ofPrincipal(security.principals().get(id));
      case 6 -> ofType(id);
      case 7 -> ofIndex(id, row.textOrNull("index_name"));
      default -> null;
    };
  }

  private @Nullable Host ofObject(int id, int column) throws SQLException {
    Named named = scope.names().find(id).orElse(null);
    if (named == null) {
      return null;
    }
    if (column > 0) {
      return ofColumn(named, scope.columns().name(id, column));
    }
    HostType type = type(named.type());
    return type == null ? null : new Host(type, named.name());
  }

  private static @Nullable HostType type(String type) {
    return switch (type) {
      case "U" -> HostType.TABLE;
      case "V" -> HostType.VIEW;
      case "P" -> HostType.PROCEDURE;
      case "FN", "IF", "TF" -> HostType.FUNCTION;
      case "SN" -> HostType.SYNONYM;
      case "SO" -> HostType.SEQUENCE;
      case "TR" -> HostType.TRIGGER;
      case "PK", "UQ", "F", "C", "D" -> HostType.CONSTRAINT;
      default -> null;
    };
  }

  private static @Nullable Host ofColumn(Named named, String column) {
    if (named.isTable()) {
      return new Host(HostType.TABLE_COLUMN, named.name().child(column));
    }
    return named.isView() ? new Host(HostType.VIEW_COLUMN, named.name().child(column)) : null;
  }

  private @Nullable Host ofParameter(int id, @Nullable String parameter) {
    Named named = scope.names().find(id).orElse(null);
    if (named == null || parameter == null) {
      return null;
    }
    HostType host = type(named.type());
    if (host == HostType.PROCEDURE) {
      return new Host(HostType.PARAMETER_OF_PROCEDURE, named.name().child(parameter));
    }
    return host == HostType.FUNCTION
        ? new Host(HostType.PARAMETER_OF_FUNCTION, named.name().child(parameter))
        : null;
  }

  private static @Nullable Host ofSchema(@Nullable SchemaRow schema) {
    return schema == null ? null : new Host(HostType.SCHEMA, ObjectName.of(schema.name()));
  }

  private static @Nullable Host ofPrincipal(@Nullable Principal principal) {
    return principal == null
        ? null
        : new Host(
            principal.isRole() ? HostType.ROLE : HostType.USER, ObjectName.of(principal.name()));
  }

  private @Nullable Host ofType(int id) {
    return scope
        .types()
        .findUserDefined(id)
        .map(type -> new Host(type.isTable() ? HostType.TABLE_TYPE : HostType.TYPE, type.name()))
        .orElse(null);
  }

  private @Nullable Host ofIndex(int id, @Nullable String index) {
    Named named = scope.names().find(id).orElse(null);
    if (named == null || index == null) {
      return null;
    }
    return new Host(
        named.isView() ? HostType.VIEW_INDEX : HostType.INDEX, named.name().child(index));
  }

  private static Unmodelled unmodelled(Row row) throws SQLException {
    return new Unmodelled(
        ObjectName.of(row.text("name")),
        "extended property of %s %d".formatted(row.text("class_desc"), row.number("major_id")),
        Set.of());
  }
}
