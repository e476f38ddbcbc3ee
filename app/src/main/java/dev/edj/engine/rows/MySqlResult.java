package dev.edj.engine.rows;

import dev.edj.engine.rows.ColumnType.Kind;
import dev.edj.engine.rows.ResultColumn.ValueReader;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What MySQL and MariaDB return: text in UTF-8, of which most is passed on as it came.
final class MySqlResult {

  /// Of those the driver hands out the bytes.
  private static final Set<String> STRINGS =
      Set.of("CHAR", "VARCHAR", "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT");

  private static final Set<String> WITH_LENGTH = Set.of("CHAR", "VARCHAR");

  /// An expression is as long as it happens to be here, and longer in the next database.
  static final int LEAST_LENGTH_OF_EXPRESSION = 255;

  /// Longer ones are texts.
  private static final int MOST_LENGTH = 65_535;

  private MySqlResult() {}

  static List<ResultColumn> columns(ResultSet rows) throws SQLException {
    ResultSetMetaData about = rows.getMetaData();
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      ColumnType type = type(about, i);
      columns.add(new ResultColumn(about.getColumnLabel(i), type, reader(about, i, type)));
    }
    return columns;
  }

  private static ColumnType type(ResultSetMetaData about, int column) throws SQLException {
    return switch (about.getColumnTypeName(column)) {
      // What the driver calls BOOLEAN is TINYINT(1).
      case "BOOLEAN", "TINYINT", "TINYINT UNSIGNED", "SMALLINT", "YEAR" ->
          ColumnType.of(Kind.SMALLINT);
      case "SMALLINT UNSIGNED", "MEDIUMINT", "MEDIUMINT UNSIGNED", "INTEGER" ->
          ColumnType.of(Kind.INTEGER);
      case "INTEGER UNSIGNED", "BIGINT" -> ColumnType.of(Kind.BIGINT);
      case "BIGINT UNSIGNED" -> ColumnType.decimal(20, 0);
      case "DECIMAL", "DECIMAL UNSIGNED" ->
          ColumnType.decimal(about.getPrecision(column), about.getScale(column));
      case "FLOAT", "FLOAT UNSIGNED" -> ColumnType.of(Kind.REAL);
      case "DOUBLE", "DOUBLE UNSIGNED" -> ColumnType.of(Kind.DOUBLE);
      case "BIT" -> bits(about.getPrecision(column));
      case "DATE" -> ColumnType.of(Kind.DATE);
      case "TIME" -> ColumnType.time(Kind.TIME, fraction(about, column));
      case "DATETIME", "TIMESTAMP" -> ColumnType.time(Kind.TIMESTAMP, fraction(about, column));
      case "JSON" -> ColumnType.of(Kind.JSON);
      case "uuid" -> ColumnType.of(Kind.UUID);
      default ->
          isBinary(about, column)
              ? ColumnType.binary(length(about, column))
              : ColumnType.text(length(about, column));
    };
  }

  private static ColumnType bits(int bits) {
    return bits == 1 ? ColumnType.of(Kind.BOOLEAN) : ColumnType.binary((bits + 7) / 8);
  }

  /// 31 and more mean that the number of digits is not known.
  private static int fraction(ResultSetMetaData about, int column) throws SQLException {
    return Math.clamp(about.getScale(column), 0, 6);
  }

  private static boolean isBinary(ResultSetMetaData about, int column) throws SQLException {
    return switch (about.getColumnType(column)) {
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> true;
      default -> false;
    };
  }

  private static @Nullable Integer length(ResultSetMetaData about, int column) throws SQLException {
    String name = about.getColumnTypeName(column);
    boolean limited =
        WITH_LENGTH.contains(name) || name.equals("BINARY") || name.equals("VARBINARY");
    int length = about.getColumnDisplaySize(column);
    if (!limited || length < 0 || length > MOST_LENGTH) {
      return null;
    }
    boolean expression = about.getTableName(column).isEmpty();
    return expression ? Math.max(length, LEAST_LENGTH_OF_EXPRESSION) : Math.max(length, 1);
  }

  private static ValueReader reader(ResultSetMetaData about, int column, ColumnType type)
      throws SQLException {
    return switch (type.kind()) {
      case BOOLEAN -> MySqlResult::bit;
      case BINARY -> ResultSet::getBytes;
      case SMALLINT, INTEGER, BIGINT, DECIMAL -> MySqlResult::number;
      case TIMESTAMP -> MySqlResult::timestamp;
      case TIME -> MySqlResult::time;
      case TEXT ->
          STRINGS.contains(about.getColumnTypeName(column))
              ? ResultSet::getBytes
              : ResultColumn::text;
      case REAL, DOUBLE, DATE, TIMESTAMP_WITH_ZONE, UUID, JSON, XML -> ResultColumn::text;
    };
  }

  private static byte @Nullable [] bit(ResultSet rows, int column) throws SQLException {
    byte[] value = rows.getBytes(column);
    return value == null
        ? null
        : value[value.length - 1] == 0 ? ResultColumn.FALSE : ResultColumn.TRUE;
  }

  private static byte @Nullable [] number(ResultSet rows, int column) throws SQLException {
    byte[] value = ResultColumn.text(rows, column);
    return value == null ? null : Numbers.withoutLeadingZeros(value);
  }

  private static byte @Nullable [] time(ResultSet rows, int column) throws SQLException {
    byte[] value = ResultColumn.text(rows, column);
    return value == null ? null : Moments.withoutTrailingZeros(value);
  }

  /// The driver's text is that of the moment in the zone of this machine, in which there may be no
  /// such time of day. Only a date with zeros, which no calendar has, is left to it.
  private static byte @Nullable [] timestamp(ResultSet rows, int column) throws SQLException {
    LocalDateTime value = calendar(rows, column);
    if (value != null) {
      return Moments.text(value).getBytes(StandardCharsets.US_ASCII);
    }
    byte[] text = ResultColumn.text(rows, column);
    return text == null ? null : Moments.withoutTrailingZeros(text);
  }

  private static @Nullable LocalDateTime calendar(ResultSet rows, int column) throws SQLException {
    try {
      return rows.getObject(column, LocalDateTime.class);
    } catch (DateTimeException | SQLDataException e) {
      return null;
    }
  }
}
