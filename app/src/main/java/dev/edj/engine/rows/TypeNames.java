package dev.edj.engine.rows;

import org.jspecify.annotations.Nullable;

/// The types of the columns that are created for the values of a result. The table in
/// `docs/reference/results.md` is made from this one.
final class TypeNames {

  private static final int MOST_DECIMAL_DIGITS_SQL_SERVER = 38;
  private static final int MOST_DECIMAL_DIGITS_MYSQL = 65;
  private static final int MOST_FRACTION_DIGITS_MYSQL = 30;

  /// Behind the point of a number of any size, in engines that have none.
  private static final int USUAL_FRACTION_DIGITS = 18;

  private static final int MOST_CHARACTERS_SQL_SERVER = 4_000;
  private static final int MOST_BYTES_SQL_SERVER = 8_000;

  /// MySQL counts what is longer, at four bytes a character, among the 65,535 bytes of a row.
  private static final int MOST_LENGTH_MYSQL = 255;

  private static final int MICROSECONDS = 6;
  private static final int TENTHS_OF_MICROSECONDS = 7;

  private TypeNames() {}

  static String postgreSql(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "boolean";
      case SMALLINT -> "smallint";
      case INTEGER -> "integer";
      case BIGINT -> "bigint";
      case DECIMAL -> {
        Integer precision = type.precision();
        yield precision == null ? "numeric" : "numeric(%d,%d)".formatted(precision, scale(type));
      }
      case REAL -> "real";
      case DOUBLE -> "double precision";
      case TEXT -> type.length() == null ? "text" : "varchar(%d)".formatted(type.length());
      case BINARY -> "bytea";
      case DATE -> "date";
      case TIME -> "time(%d)".formatted(fraction(type, MICROSECONDS));
      case TIMESTAMP -> "timestamp(%d)".formatted(fraction(type, MICROSECONDS));
      case TIMESTAMP_WITH_ZONE -> "timestamptz(%d)".formatted(fraction(type, MICROSECONDS));
      case UUID -> "uuid";
      case JSON -> "json";
      case XML -> "xml";
    };
  }

  static String sqlServer(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "bit";
      case SMALLINT -> "smallint";
      case INTEGER -> "int";
      case BIGINT -> "bigint";
      case DECIMAL -> decimal(type, MOST_DECIMAL_DIGITS_SQL_SERVER, MOST_DECIMAL_DIGITS_SQL_SERVER);
      case REAL -> "real";
      case DOUBLE -> "float";
      case TEXT -> "nvarchar(%s)".formatted(length(type, MOST_CHARACTERS_SQL_SERVER, "max"));
      case BINARY -> "varbinary(%s)".formatted(length(type, MOST_BYTES_SQL_SERVER, "max"));
      case DATE -> "date";
      case TIME -> "time(%d)".formatted(fraction(type, TENTHS_OF_MICROSECONDS));
      case TIMESTAMP -> "datetime2(%d)".formatted(fraction(type, TENTHS_OF_MICROSECONDS));
      case TIMESTAMP_WITH_ZONE ->
          "datetimeoffset(%d)".formatted(fraction(type, TENTHS_OF_MICROSECONDS));
      case UUID -> "uniqueidentifier";
      case JSON -> "nvarchar(max)";
      case XML -> "xml";
    };
  }

  static String mySql(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "tinyint(1)";
      case SMALLINT -> "smallint";
      case INTEGER -> "int";
      case BIGINT -> "bigint";
      case DECIMAL -> decimal(type, MOST_DECIMAL_DIGITS_MYSQL, MOST_FRACTION_DIGITS_MYSQL);
      // A column of type float shows its values rounded to six digits.
      case REAL, DOUBLE -> "double";
      case TEXT -> isShort(type) ? "varchar(%d)".formatted(type.length()) : "longtext";
      case BINARY -> isShort(type) ? "varbinary(%d)".formatted(type.length()) : "longblob";
      case DATE -> "date";
      case TIME -> "time(%d)".formatted(fraction(type, MICROSECONDS));
      case TIMESTAMP, TIMESTAMP_WITH_ZONE -> "datetime(%d)".formatted(fraction(type, MICROSECONDS));
      case UUID -> "char(36) character set ascii";
      case JSON -> "json";
      case XML -> "longtext";
    };
  }

  /// Where not all digits fit, those before the point come first.
  private static String decimal(ColumnType type, int most, int mostFraction) {
    Integer precision = type.precision();
    if (precision == null) {
      int scale = most == MOST_DECIMAL_DIGITS_MYSQL ? mostFraction : USUAL_FRACTION_DIGITS;
      return "decimal(%d,%d)".formatted(most, scale);
    }
    int whole = Math.min(precision - scale(type), most);
    int scale = Math.min(Math.min(scale(type), mostFraction), most - whole);
    return "decimal(%d,%d)".formatted(Math.max(whole + scale, 1), scale);
  }

  private static int scale(ColumnType type) {
    Integer scale = type.scale();
    return scale == null ? 0 : scale;
  }

  private static int fraction(ColumnType type, int most) {
    Integer scale = type.scale();
    return scale == null ? most : Math.min(scale, most);
  }

  private static String length(ColumnType type, int most, String beyond) {
    Integer length = type.length();
    return length == null || length > most ? beyond : length.toString();
  }

  private static boolean isShort(ColumnType type) {
    @Nullable Integer length = type.length();
    return length != null && length <= MOST_LENGTH_MYSQL;
  }
}
