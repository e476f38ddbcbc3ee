package dev.edj.dacpac.plan;

import dev.edj.dacpac.model.DataType;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What becomes of the values of a column when its type changes.
///
/// What the server converts by itself is in the documentation of `ALTER TABLE` and of `CAST and
/// CONVERT`; where this is in doubt, values may be lost.
enum TypeChange {
  SAFE,
  /// Values may be cut, rounded or refused.
  LOSS_POSSIBLE,
  /// The server does not convert by itself.
  NOT_CONVERTIBLE,
  /// To or from a type of which nothing is known.
  UNKNOWN;

  private enum Family {
    INTEGER,
    DECIMAL,
    APPROXIMATE,
    CHARACTER,
    UNICODE,
    BINARY,
    DATE_TIME,
    DATE,
    TIME,
    GUID,
    VARIANT
  }

  private static final Map<String, Family> FAMILIES =
      Map.ofEntries(
          Map.entry("bit", Family.INTEGER),
          Map.entry("tinyint", Family.INTEGER),
          Map.entry("smallint", Family.INTEGER),
          Map.entry("int", Family.INTEGER),
          Map.entry("bigint", Family.INTEGER),
          Map.entry("decimal", Family.DECIMAL),
          Map.entry("numeric", Family.DECIMAL),
          Map.entry("smallmoney", Family.DECIMAL),
          Map.entry("money", Family.DECIMAL),
          Map.entry("real", Family.APPROXIMATE),
          Map.entry("float", Family.APPROXIMATE),
          Map.entry("char", Family.CHARACTER),
          Map.entry("varchar", Family.CHARACTER),
          Map.entry("nchar", Family.UNICODE),
          Map.entry("nvarchar", Family.UNICODE),
          Map.entry("sysname", Family.UNICODE),
          Map.entry("binary", Family.BINARY),
          Map.entry("varbinary", Family.BINARY),
          Map.entry("smalldatetime", Family.DATE_TIME),
          Map.entry("datetime", Family.DATE_TIME),
          Map.entry("datetime2", Family.DATE_TIME),
          Map.entry("datetimeoffset", Family.DATE_TIME),
          Map.entry("date", Family.DATE),
          Map.entry("time", Family.TIME),
          Map.entry("uniqueidentifier", Family.GUID),
          Map.entry("sql_variant", Family.VARIANT));

  /// How many digits an integer type may have before the point.
  private static final Map<String, Integer> DIGITS =
      Map.of("bit", 1, "tinyint", 3, "smallint", 5, "int", 10, "bigint", 19);

  /// @param before built-in, or of an unknown kind; likewise `after`
  static TypeChange of(DataType before, DataType after) {
    if (before.equals(after)) {
      return SAFE;
    }
    if (!before.builtIn() || !after.builtIn()) {
      return UNKNOWN;
    }
    Family from = FAMILIES.get(before.plainName());
    Family to = FAMILIES.get(after.plainName());
    if (isOldOrXml(before, after)) {
      return ofOldOrXml(before, after);
    }
    if (from == null || to == null) {
      return NOT_CONVERTIBLE;
    }
    if (isWidening(from, before, to, after)) {
      return SAFE;
    }
    boolean newer = to == Family.DATE_TIME && isMoment2(after) && isNumber(from);
    return isImplicit(from, to) && !newer ? LOSS_POSSIBLE : NOT_CONVERTIBLE;
  }

  private static boolean isOldOrXml(DataType before, DataType after) {
    return switch (before.plainName()) {
      case "text", "ntext", "image" -> true;
      default -> after.plainName().equals("xml");
    };
  }

  /// Of the types that are there only for old tables the server alters few, and those to types of
  /// any length; what is no XML is no value of that type.
  private static TypeChange ofOldOrXml(DataType before, DataType after) {
    String to = after.plainName() + (isMax(after) ? "(max)" : "");
    return switch (before.plainName()) {
      case "text" ->
          switch (to) {
            case "varchar(max)", "nvarchar(max)" -> SAFE;
            case "xml" -> LOSS_POSSIBLE;
            default -> NOT_CONVERTIBLE;
          };
      case "ntext" ->
          switch (to) {
            case "nvarchar(max)" -> SAFE;
            case "varchar(max)", "xml" -> LOSS_POSSIBLE;
            default -> NOT_CONVERTIBLE;
          };
      case "image" -> to.equals("varbinary(max)") ? SAFE : NOT_CONVERTIBLE;
      case "char", "varchar", "nchar", "nvarchar" -> LOSS_POSSIBLE;
      default -> NOT_CONVERTIBLE;
    };
  }

  private static boolean isImplicit(Family from, Family to) {
    if (from == to) {
      return true;
    }
    return switch (from) {
      case INTEGER, DECIMAL ->
          isNumber(to)
              || isText(to)
              || to == Family.BINARY
              || to == Family.VARIANT
              || to == Family.DATE_TIME;
      case APPROXIMATE -> isNumber(to) || isText(to) || to == Family.VARIANT;
      case CHARACTER, UNICODE -> to != Family.BINARY;
      case BINARY ->
          isText(to)
              || to == Family.INTEGER
              || to == Family.DECIMAL
              || to == Family.GUID
              || to == Family.VARIANT;
      case DATE_TIME ->
          isText(to) || to == Family.DATE || to == Family.TIME || to == Family.VARIANT;
      case DATE -> isText(to) || to == Family.DATE_TIME || to == Family.VARIANT;
      case TIME -> isText(to) || to == Family.DATE_TIME || to == Family.VARIANT;
      case GUID -> isText(to) || to == Family.BINARY || to == Family.VARIANT;
      case VARIANT -> false;
    };
  }

  private static boolean isNumber(Family family) {
    return family == Family.INTEGER || family == Family.DECIMAL || family == Family.APPROXIMATE;
  }

  private static boolean isText(Family family) {
    return family == Family.CHARACTER || family == Family.UNICODE;
  }

  private static boolean isWidening(Family from, DataType before, Family to, DataType after) {
    return switch (from) {
      case INTEGER -> isWiderInteger(before, to, after);
      case DECIMAL -> to == Family.DECIMAL && isWiderDecimal(before, after);
      case APPROXIMATE -> to == Family.APPROXIMATE && after.plainName().equals("float");
      case CHARACTER -> isText(to) && isLonger(before, after) && isNotPadded(before, after);
      case UNICODE -> to == Family.UNICODE && isLonger(before, after) && isNotPadded(before, after);
      case BINARY -> to == Family.BINARY && isLonger(before, after) && isNotPadded(before, after);
      case DATE_TIME -> to == Family.DATE_TIME && isFinerMoment(before, after);
      case DATE -> to == Family.DATE_TIME && isMoment2(after);
      case TIME -> to == Family.TIME && scale(after) >= scale(before);
      case GUID, VARIANT -> false;
    };
  }

  private static boolean isWiderInteger(DataType before, Family to, DataType after) {
    int digits = Objects.requireNonNull(DIGITS.get(before.plainName()));
    if (to == Family.INTEGER) {
      return Objects.requireNonNull(DIGITS.get(after.plainName())) >= digits;
    }
    Integer precision = after.precision();
    return to == Family.DECIMAL
        && precision != null
        && precision - Objects.requireNonNullElse(after.scale(), 0) >= digits;
  }

  private static boolean isWiderDecimal(DataType before, DataType after) {
    return scaleOf(after) >= scaleOf(before)
        && wholeDigits(after) - (isMoney(after) && !isMoney(before) ? 1 : 0) >= wholeDigits(before);
  }

  /// Of money, not all numbers with as many digits are among its values.
  private static int wholeDigits(DataType type) {
    return precisionOf(type) - scaleOf(type);
  }

  private static boolean isMoney(DataType type) {
    return type.plainName().endsWith("money");
  }

  private static int precisionOf(DataType type) {
    return switch (type.plainName()) {
      case "money" -> 19;
      case "smallmoney" -> 10;
      default -> Objects.requireNonNullElse(type.precision(), 18);
    };
  }

  private static int scaleOf(DataType type) {
    return switch (type.plainName()) {
      case "money", "smallmoney" -> 4;
      default -> Objects.requireNonNullElse(type.scale(), 0);
    };
  }

  private static boolean isLonger(DataType before, DataType after) {
    return lengthOf(after) >= lengthOf(before);
  }

  /// A fixed length adds blanks or zeros to shorter values, which is another value.
  private static boolean isNotPadded(DataType before, DataType after) {
    return !isFixed(after) || (isFixed(before) && Objects.equals(before.length(), after.length()));
  }

  private static boolean isFixed(DataType type) {
    return switch (type.plainName()) {
      case "char", "nchar", "binary" -> true;
      default -> false;
    };
  }

  private static int lengthOf(DataType type) {
    if (type.plainName().equals("sysname")) {
      return 128;
    }
    Integer length = type.length();
    if (length == null) {
      return 1;
    }
    return length == DataType.MAX ? Integer.MAX_VALUE : length;
  }

  private static boolean isFinerMoment(DataType before, DataType after) {
    return switch (before.plainName()) {
      case "smalldatetime" -> after.plainName().equals("datetime") || isMoment2(after);
      case "datetime" -> isMoment2(after) && scale(after) >= 3;
      case "datetime2" -> isMoment2(after) && scale(after) >= scale(before);
      case "datetimeoffset" ->
          after.plainName().equals("datetimeoffset") && scale(after) >= scale(before);
      default -> false;
    };
  }

  private static boolean isMoment2(DataType type) {
    return type.plainName().equals("datetime2") || type.plainName().equals("datetimeoffset");
  }

  private static int scale(DataType type) {
    @Nullable Integer scale = type.scale();
    return scale == null ? 7 : scale;
  }

  private static boolean isMax(DataType type) {
    return type.length() != null && type.length() == DataType.MAX;
  }

  /// Whether the server widens the column in place, with most of what stands on it: a text or
  /// binary type of variable length that stays what it is, and does not become one of any length.
  static boolean isLengthened(DataType before, DataType after) {
    return before.builtIn()
        && after.builtIn()
        && before.name().equals(after.name())
        && switch (before.plainName()) {
          case "varchar", "nvarchar", "varbinary" ->
              isLonger(before, after) && isMax(before) == isMax(after);
          default -> false;
        };
  }
}
