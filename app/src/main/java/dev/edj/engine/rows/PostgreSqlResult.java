package dev.edj.engine.rows;

import dev.edj.engine.rows.ColumnType.Kind;
import dev.edj.engine.rows.ResultColumn.ValueReader;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.core.Field;

/// What PostgreSQL returns. Nearly all of it is text in UTF-8 that is what [ColumnType.Kind]
/// describes, and is passed on as it came.
final class PostgreSqlResult {

  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final int MICROSECONDS = 6;

  /// By how much the catalog's modifiers of lengths are larger than the lengths.
  private static final int HEADER = 4;

  /// The name of a column that the query gave none.
  private static final String NAMELESS = "?column?";

  private PostgreSqlResult() {}

  static List<ResultColumn> columns(ResultSet rows) throws SQLException {
    ResultSetMetaData about = rows.getMetaData();
    PGResultSetMetaData formats = about.unwrap(PGResultSetMetaData.class);
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      if (formats.getFormat(i) != Field.TEXT_FORMAT) {
        throw new IllegalArgumentException("the rows were asked for in the binary format");
      }
      String name = about.getColumnLabel(i);
      ColumnType type = type(about, i);
      columns.add(new ResultColumn(name.equals(NAMELESS) ? "" : name, type, reader(about, i)));
    }
    return columns;
  }

  private static ColumnType type(ResultSetMetaData about, int column) throws SQLException {
    return find(about.getColumnTypeName(column), about.getPrecision(column), about.getScale(column))
        .orElse(ColumnType.text(null));
  }

  /// What a type of `pg_catalog` means; empty for those that are nothing but text to others.
  ///
  /// @param precision of a number, 0 if it has none; or the most characters
  /// @param scale of a number, packed; or the digits of seconds
  static Optional<ColumnType> find(String name, int precision, int scale) {
    return Optional.ofNullable(
        switch (name) {
          case "bool" -> ColumnType.of(Kind.BOOLEAN);
          case "int2", "smallserial" -> ColumnType.of(Kind.SMALLINT);
          case "int4", "serial" -> ColumnType.of(Kind.INTEGER);
          case "int8", "bigserial", "oid" -> ColumnType.of(Kind.BIGINT);
          case "numeric" -> numeric(precision, scale);
          case "money" -> ColumnType.decimal(19, 2);
          case "float4" -> ColumnType.of(Kind.REAL);
          case "float8" -> ColumnType.of(Kind.DOUBLE);
          case "varchar", "bpchar" -> ColumnType.text(length(precision));
          case "text", "name", "char" -> ColumnType.text(null);
          case "bytea" -> ColumnType.binary(null);
          case "date" -> ColumnType.of(Kind.DATE);
          case "time" -> ColumnType.time(Kind.TIME, scale);
          case "timestamp" -> ColumnType.time(Kind.TIMESTAMP, scale);
          case "timestamptz" -> ColumnType.time(Kind.TIMESTAMP_WITH_ZONE, scale);
          case "uuid" -> ColumnType.of(Kind.UUID);
          case "json", "jsonb" -> ColumnType.of(Kind.JSON);
          case "xml" -> ColumnType.of(Kind.XML);
          default -> null;
        });
  }

  /// The same for a column of a table.
  ///
  /// @param modifier of the type as the catalog has it, -1 for none
  static Optional<ColumnType> findInCatalog(String name, int modifier) {
    return switch (name) {
      case "numeric" ->
          modifier < 0
              ? find(name, 0, 0)
              : find(name, (modifier - HEADER) >> 16, (modifier - HEADER) & 0xFFFF);
      case "varchar", "bpchar" -> find(name, modifier < 0 ? UNLIMITED : modifier - HEADER, 0);
      default -> find(name, 0, modifier < 0 ? MICROSECONDS : modifier);
    };
  }

  private static @Nullable Integer length(int precision) {
    return precision == UNLIMITED ? null : precision;
  }

  /// @param precision 0 for a number of any size
  /// @param packed 11 bits, with a sign: PostgreSQL rounds `numeric(3, -2)` to hundreds, and all
  ///   digits of `numeric(3, 5)` stand behind the point
  static ColumnType numeric(int precision, int packed) {
    if (precision == 0) {
      return ColumnType.decimal(null, null);
    }
    int scale = ((packed & 0x7FF) ^ 0x400) - 0x400;
    return scale < 0
        ? ColumnType.decimal(precision - scale, 0)
        : ColumnType.decimal(Math.max(precision, scale), scale);
  }

  private static ValueReader reader(ResultSetMetaData about, int column) throws SQLException {
    return switch (about.getColumnTypeName(column)) {
      case "bool" -> PostgreSqlResult::bool;
      case "timestamptz" -> PostgreSqlResult::timestampWithZone;
      case "money" -> PostgreSqlResult::money;
      default -> ResultSet::getBytes;
    };
  }

  private static byte @Nullable [] bool(ResultSet rows, int column) throws SQLException {
    byte[] value = rows.getBytes(column);
    return value == null ? null : value[0] == 't' ? ResultColumn.TRUE : ResultColumn.FALSE;
  }

  private static byte @Nullable [] timestampWithZone(ResultSet rows, int column)
      throws SQLException {
    byte[] value = rows.getBytes(column);
    return value == null ? null : Moments.inUtc(value);
  }

  private static byte @Nullable [] money(ResultSet rows, int column) throws SQLException {
    byte[] value = rows.getBytes(column);
    return value == null ? null : Moments.ascii(money(new String(value, StandardCharsets.UTF_8)));
  }

  /// Reads an amount as the server's `lc_monetary` writes it: `$1,234.56`, `-1.234,56 €`, `(0.50)`,
  /// `¥1,234`. What stands behind the last sign is a fraction when it has one digit or two.
  static String money(String amount) throws SQLException {
    StringBuilder digits = new StringBuilder();
    int fraction = 0;
    boolean behindSign = false;
    boolean points = false;
    boolean commas = false;
    for (int i = 0; i < amount.length(); i++) {
      char c = amount.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
        fraction++;
      } else if ((c == '.' || c == ',') && !digits.isEmpty() && isDigitAt(amount, i + 1)) {
        points |= c == '.';
        commas |= c == ',';
        behindSign = true;
        fraction = 0;
      }
    }
    if (digits.isEmpty() || (points && commas && fraction > 2)) {
      throw new SQLException(
          "the amount '%s' is not understood: cast it to numeric".formatted(amount), "22P02");
    }
    if (behindSign && fraction <= 2) {
      digits.insert(digits.length() - fraction, '.');
    }
    boolean negative = amount.indexOf('-') >= 0 || amount.indexOf('(') >= 0;
    return negative ? "-" + digits : digits.toString();
  }

  private static boolean isDigitAt(String text, int index) {
    return index < text.length() && Character.isDigit(text.charAt(index));
  }
}
