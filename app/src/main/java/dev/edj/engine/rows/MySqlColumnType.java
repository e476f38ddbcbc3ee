package dev.edj.engine.rows;

import dev.edj.engine.rows.ColumnType.Kind;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the type of a column as MySQL and MariaDB show it: `int(10) unsigned`, `decimal(10,2)`.
final class MySqlColumnType {

  private static final Pattern TYPE =
      Pattern.compile("(\\w+)(?:\\((\\d+)(?:,(\\d+))?\\))?(.*)", Pattern.DOTALL);

  private MySqlColumnType() {}

  /// Null for types of which only the server knows, as `enum` and `point`.
  static @Nullable ColumnType parse(String text) {
    Matcher type = TYPE.matcher(text.toLowerCase(Locale.ROOT));
    if (!type.matches()) {
      return null;
    }
    Integer first = number(type.group(2));
    boolean unsigned = type.group(4).contains("unsigned");
    return switch (type.group(1)) {
      case "tinyint", "year" -> ColumnType.of(Kind.SMALLINT);
      case "smallint" -> ColumnType.of(unsigned ? Kind.INTEGER : Kind.SMALLINT);
      case "mediumint" -> ColumnType.of(Kind.INTEGER);
      case "int" -> ColumnType.of(unsigned ? Kind.BIGINT : Kind.INTEGER);
      case "bigint" -> unsigned ? ColumnType.decimal(20, 0) : ColumnType.of(Kind.BIGINT);
      case "decimal" -> ColumnType.decimal(first, number(type.group(3)));
      case "float" -> ColumnType.of(Kind.REAL);
      case "double" -> ColumnType.of(Kind.DOUBLE);
      case "bit" -> bits(first == null ? 1 : first);
      case "char", "varchar" -> ColumnType.text(first);
      case "tinytext", "text", "mediumtext", "longtext" -> ColumnType.text(null);
      case "binary", "varbinary" -> ColumnType.binary(first);
      case "tinyblob", "blob", "mediumblob", "longblob" -> ColumnType.binary(null);
      case "date" -> ColumnType.of(Kind.DATE);
      case "time" -> ColumnType.time(Kind.TIME, first == null ? 0 : first);
      case "datetime", "timestamp" -> ColumnType.time(Kind.TIMESTAMP, first == null ? 0 : first);
      case "json" -> ColumnType.of(Kind.JSON);
      case "uuid" -> ColumnType.of(Kind.UUID);
      default -> null;
    };
  }

  private static ColumnType bits(int bits) {
    return bits == 1 ? ColumnType.of(Kind.BOOLEAN) : ColumnType.binary((bits + 7) / 8);
  }

  private static @Nullable Integer number(@Nullable String digits) {
    return digits == null ? null : Integer.valueOf(digits);
  }
}
