package dev.edj.dacpac.catalog;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes a value of the type `sql_variant` so that T-SQL reads the same value of the same type.
final class VariantLiteral {

  private VariantLiteral() {}

  /// @param baseType of the value, as `SQL_VARIANT_PROPERTY` names it; absent where there is none
  static String of(@Nullable Object value, @Nullable String baseType) {
    if (value == null || baseType == null) {
      return "NULL";
    }
    return switch (baseType.toLowerCase(Locale.ROOT)) {
      case "nvarchar", "nchar" -> "N" + quoted(value);
      case "varchar", "char" -> quoted(value);
      case "int", "decimal", "numeric" -> number(value);
      case "varbinary", "binary" -> binary(value);
      case "bit" ->
          cast(Boolean.TRUE.equals(value) || "1".equals(value.toString()) ? "1" : "0", baseType);
      case "tinyint", "smallint", "bigint", "money", "smallmoney" -> cast(number(value), baseType);
      case "float", "real" -> cast(value.toString(), baseType);
      default -> cast("N" + quoted(text(value)), baseType);
    };
  }

  private static String quoted(Object value) {
    return "'" + value.toString().replace("'", "''") + "'";
  }

  private static String number(Object value) {
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  private static String binary(Object value) {
    return value instanceof byte[] bytes
        ? "0x" + HexFormat.of().withUpperCase().formatHex(bytes)
        : value.toString();
  }

  /// Of the notations of a date, the server reads that with a `T` the same in every language.
  private static String text(Object value) {
    return value instanceof Timestamp time ? time.toLocalDateTime().toString() : value.toString();
  }

  private static String cast(String literal, String type) {
    return "CAST(%s AS %s)".formatted(literal, type.toUpperCase(Locale.ROOT));
  }
}
