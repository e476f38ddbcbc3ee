package dev.edj.dacpac.tsql;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.DataType;
import java.util.Locale;
import java.util.Set;

/// How a type is written: `VARCHAR (225)`.
public final class TypeText {

  /// Those that are keywords. Other built-in types are objects of the schema `sys`, and their names
  /// follow the database's rules.
  private static final Set<String> KEYWORDS =
      Set.of(
          "bigint",
          "int",
          "smallint",
          "tinyint",
          "bit",
          "decimal",
          "numeric",
          "money",
          "smallmoney",
          "float",
          "real",
          "date",
          "time",
          "datetime",
          "datetime2",
          "smalldatetime",
          "datetimeoffset",
          "char",
          "varchar",
          "text",
          "nchar",
          "nvarchar",
          "ntext",
          "binary",
          "varbinary",
          "image",
          "uniqueidentifier",
          "xml",
          "sql_variant",
          "timestamp",
          "json");

  private TypeText() {}

  static boolean isKeyword(String lowerCaseName) {
    return KEYWORDS.contains(lowerCaseName);
  }

  public static String of(DataType type) {
    return name(type) + sizes(type);
  }

  private static String name(DataType type) {
    if (!type.builtIn()) {
      return type.name().toString();
    }
    String name = type.plainName();
    if (name.equals("timestamp")) {
      return "ROWVERSION";
    }
    return KEYWORDS.contains(name)
        ? name.toUpperCase(Locale.ROOT)
        : ObjectName.of("sys", name).toString();
  }

  private static String sizes(DataType type) {
    if (type.length() != null) {
      return type.length() == DataType.MAX ? " (MAX)" : " (%d)".formatted(type.length());
    }
    if (type.precision() != null) {
      return type.scale() == null || type.scale() == 0
          ? " (%d)".formatted(type.precision())
          : " (%d, %d)".formatted(type.precision(), type.scale());
    }
    return type.scale() == null ? "" : " (%d)".formatted(type.scale());
  }
}
