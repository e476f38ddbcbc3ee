package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.ExtendedProperty.HostType;
import java.util.ArrayList;
import java.util.List;

/// Attaches named values to objects.
public final class ExtendedPropertyStatements {

  private ExtendedPropertyStatements() {}

  static List<String> add(ExtendedProperty property) {
    return execute("sp_addextendedproperty", property, ", @value = " + property.value().strip());
  }

  /// Gives it this value.
  public static List<String> update(ExtendedProperty property) {
    return execute("sp_updateextendedproperty", property, ", @value = " + property.value().strip());
  }

  static List<String> drop(ExtendedProperty property) {
    return execute("sp_dropextendedproperty", property, "");
  }

  private static List<String> execute(String procedure, ExtendedProperty property, String value) {
    ObjectName host = property.host();
    return List.of(
        "%sEXECUTE %s @name = %s%s%s;"
            .formatted(
                host == null ? "" : parent(property.hostType(), host),
                procedure,
                Literal.of(property.property()),
                value,
                host == null ? "" : levels(property.hostType(), host)));
  }

  /// A constraint and a trigger are named by their schema, but attached to by their table, which is
  /// looked up.
  private static String parent(HostType type, ObjectName host) {
    return isUnderUnnamedParent(type, host)
        ? """
        DECLARE @parent AS NVARCHAR (128), @kind AS VARCHAR (128);

        SELECT @parent = [parent].[name],
               @kind = CASE [parent].[type] WHEN 'V' THEN 'VIEW' ELSE 'TABLE' END
        FROM   [sys].[objects] AS [host]
               INNER JOIN [sys].[objects] AS [parent]
                   ON [parent].[object_id] = [host].[parent_object_id]
        WHERE  [host].[object_id] = OBJECT_ID(%s);

        """
            .formatted(Literal.of(host))
        : "";
  }

  private static boolean isUnderUnnamedParent(HostType type, ObjectName host) {
    return (type == HostType.CONSTRAINT || type == HostType.TRIGGER) && host.parts().size() == 2;
  }

  private static String levels(HostType type, ObjectName host) {
    List<String> kinds = kinds(type);
    List<String> values = new ArrayList<>(host.parts().stream().map(Literal::of).toList());
    List<String> kindValues = new ArrayList<>(kinds.stream().map(Literal::of).toList());
    if (isUnderUnnamedParent(type, host)) {
      values.add(1, "@parent");
      kindValues.set(1, "@kind");
    }
    if (values.size() != kinds.size()) {
      throw new IllegalArgumentException("%s is no name of a %s".formatted(host, type));
    }
    StringBuilder levels = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      levels.append(
          ", @level%1$dtype = %2$s, @level%1$dname = %3$s"
              .formatted(i, kindValues.get(i), values.get(i)));
    }
    return levels.toString();
  }

  /// The kinds of an object and of those it belongs to, from the outermost.
  private static List<String> kinds(HostType type) {
    return switch (type) {
      case DATABASE -> List.of();
      case SCHEMA -> List.of("SCHEMA");
      case TABLE -> List.of("SCHEMA", "TABLE");
      case VIEW -> List.of("SCHEMA", "VIEW");
      case PROCEDURE -> List.of("SCHEMA", "PROCEDURE");
      case FUNCTION -> List.of("SCHEMA", "FUNCTION");
      case SYNONYM -> List.of("SCHEMA", "SYNONYM");
      case SEQUENCE -> List.of("SCHEMA", "SEQUENCE");
      case TYPE -> List.of("SCHEMA", "TYPE");
      case TABLE_TYPE -> List.of("SCHEMA", "TABLE_TYPE");
      // The server takes a role, too, for a USER here.
      case USER, ROLE -> List.of("USER");
      case TABLE_COLUMN -> List.of("SCHEMA", "TABLE", "COLUMN");
      case VIEW_COLUMN -> List.of("SCHEMA", "VIEW", "COLUMN");
      case CONSTRAINT -> List.of("SCHEMA", "TABLE", "CONSTRAINT");
      case INDEX -> List.of("SCHEMA", "TABLE", "INDEX");
      case VIEW_INDEX -> List.of("SCHEMA", "VIEW", "INDEX");
      case TRIGGER -> List.of("SCHEMA", "TABLE", "TRIGGER");
      case PARAMETER_OF_PROCEDURE -> List.of("SCHEMA", "PROCEDURE", "PARAMETER");
      case PARAMETER_OF_FUNCTION -> List.of("SCHEMA", "FUNCTION", "PARAMETER");
    };
  }
}
