package dev.edj.dacpac.catalog;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.AliasType;
import dev.edj.dacpac.model.DataType;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All types by the id that columns name them by.
record Types(Map<Integer, Type> byId) {

  /// A type as the catalog has it.
  ///
  /// @param base the name of the built-in type under an alias type
  /// @param table the id of the object that has a table type's columns
  record Type(
      int id,
      ObjectName name,
      boolean userDefined,
      boolean assembly,
      @Nullable String base,
      @Nullable Integer table,
      int maxLength,
      int precision,
      int scale,
      boolean nullable) {

    boolean isAlias() {
      return userDefined && !assembly && table == null;
    }

    boolean isTable() {
      return table != null;
    }
  }

  private static final String TYPES =
      """
      SELECT t.user_type_id, s.name AS schema_name, t.name, t.is_user_defined, t.is_assembly_type,
        b.name AS base_name, tt.type_table_object_id, t.max_length, t.precision, t.scale,
        t.is_nullable
      FROM sys.types t
      LEFT JOIN sys.schemas s ON s.schema_id = t.schema_id
      LEFT JOIN sys.types b ON b.user_type_id = t.system_type_id
      LEFT JOIN sys.table_types tt ON tt.user_type_id = t.user_type_id
      """;

  static Types read(Query query) throws SQLException {
    Map<Integer, Type> byId = new HashMap<>();
    for (Type type : query.rows(TYPES, Types::read)) {
      byId.put(type.id(), type);
    }
    return new Types(byId);
  }

  private static Type read(Row row) throws SQLException {
    boolean userDefined = row.flag("is_user_defined");
    return new Type(
        row.number("user_type_id"),
        userDefined
            ? ObjectName.of(row.text("schema_name"), row.text("name"))
            : ObjectName.of(row.text("name")),
        userDefined,
        row.flag("is_assembly_type"),
        row.textOrNull("base_name"),
        row.numberOrNull("type_table_object_id"),
        row.number("max_length"),
        row.number("precision"),
        row.number("scale"),
        row.flag("is_nullable"));
  }

  DataType of(int id, int maxLength, int precision, int scale) throws SQLException {
    Type type = byId.get(id);
    if (type == null) {
      throw Meanwhile.gone("the type " + id);
    }
    return type.userDefined()
        ? DataType.userDefined(type.name())
        : TypeForm.of(type.name().last(), maxLength, precision, scale);
  }

  Optional<Type> findUserDefined(int id) {
    return Optional.ofNullable(byId.get(id)).filter(Type::userDefined);
  }

  List<AliasType> aliases() {
    return byId.values().stream().filter(Type::isAlias).map(Types::alias).toList();
  }

  private static AliasType alias(Type type) {
    String base = type.base();
    if (base == null) {
      throw new IllegalStateException(type.name() + " is an alias of nothing");
    }
    return new AliasType(
        type.name(),
        TypeForm.of(base, type.maxLength(), type.precision(), type.scale()),
        type.nullable());
  }

  /// The names of the table types by the ids of the objects that have their columns.
  Map<Integer, ObjectName> tableTypes() {
    Map<Integer, ObjectName> names = new HashMap<>();
    for (Type type : byId.values()) {
      Integer table = type.table();
      if (table != null) {
        names.put(table, type.name());
      }
    }
    return names;
  }
}
