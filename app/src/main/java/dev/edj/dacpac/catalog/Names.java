package dev.edj.dacpac.catalog;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.NameRule;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The objects that this library looks at, by their ids. What the server brought itself, what the
/// tools mark as theirs and the table in which renames are remembered are not among them; nor is,
/// therefore, what belongs to them.
final class Names {

  /// An object by its names.
  ///
  /// @param name a table type's own, not that of the object behind it
  /// @param type the two letters of `sys.objects`, without blanks
  /// @param parent the id of the table of a constraint or a trigger; 0 for none
  /// @param ansiNulls of a table only
  record Named(int id, ObjectName name, String type, int parent, boolean ansiNulls) {

    boolean isTable() {
      return type.equals("U");
    }

    boolean isView() {
      return type.equals("V");
    }

    boolean isTableType() {
      return type.equals("TT");
    }

    String schema() {
      return name.parts().getFirst();
    }
  }

  private static final String OBJECTS =
      """
      SELECT o.object_id, SCHEMA_NAME(o.schema_id) AS schema_name, o.name, o.type,
        o.parent_object_id, t.uses_ansi_nulls
      FROM sys.objects o
      LEFT JOIN sys.tables t ON t.object_id = o.object_id
      WHERE o.type = 'TT' OR o.is_ms_shipped = 0 AND SCHEMA_NAME(o.schema_id) IS NOT NULL AND o.object_id NOT IN (
        SELECT p.major_id
        FROM sys.extended_properties p
        WHERE p.class = 1 AND p.minor_id = 0 AND p.name = N'microsoft_database_tools_support')
      """;

  private final Map<Integer, Named> byId = new HashMap<>();
  private final Map<ObjectName, Named> byName = new HashMap<>();
  private final NameRule rule;

  private Names(NameRule rule) {
    this.rule = rule;
  }

  static Names read(Query query, Types types, NameRule rule) throws SQLException {
    Map<Integer, ObjectName> tableTypes = types.tableTypes();
    Names names = new Names(rule);
    for (Named named : query.rows(OBJECTS, row -> read(row, tableTypes))) {
      if (!named.isTableType() || tableTypes.containsKey(named.id())) {
        names.add(named);
      }
    }
    names.byId.values().removeIf(named -> named.parent() != 0 && !names.has(named.parent()));
    return names;
  }

  private static Named read(Row row, Map<Integer, ObjectName> tableTypes) throws SQLException {
    int id = row.number("object_id");
    ObjectName tableType = tableTypes.get(id);
    return new Named(
        id,
        tableType == null ? ObjectName.of(schema(row), row.text("name")) : tableType,
        row.code("type"),
        row.number("parent_object_id"),
        row.flag("uses_ansi_nulls"));
  }

  /// The object behind a table type is in a schema that need not be listed.
  private static String schema(Row row) throws SQLException {
    String schema = row.textOrNull("schema_name");
    return schema == null ? "sys" : schema;
  }

  private void add(Named named) {
    if (rule.same(named.name(), ObjectName.of("dbo", "__RefactorLog"))) {
      return;
    }
    byId.put(named.id(), named);
    if (!named.isTableType()) {
      byName.put(rule.key(named.name()), named);
    }
  }

  boolean has(int id) {
    return byId.containsKey(id);
  }

  Optional<Named> find(int id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<Named> find(ObjectName name) {
    return Optional.ofNullable(byName.get(rule.key(name)));
  }

  List<Named> list() {
    return List.copyOf(byId.values());
  }
}
