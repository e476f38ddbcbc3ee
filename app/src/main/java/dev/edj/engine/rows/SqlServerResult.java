package dev.edj.engine.rows;

import dev.edj.engine.rows.ColumnType.Kind;
import dev.edj.engine.rows.ResultColumn.ValueReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What SQL Server returns, in types of its own, which are turned into text here.
final class SqlServerResult {

  /// Longer ones are `max`.
  private static final int MOST_CHARACTERS = 4_000;

  private static final int MOST_BYTES = 8_000;
  private static final int CHUNK = 8_192;

  private static final Set<String> UNICODE = Set.of("nchar", "nvarchar", "ntext");

  private SqlServerResult() {}

  static List<ResultColumn> columns(ResultSet rows) throws SQLException {
    ResultSetMetaData about = rows.getMetaData();
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      String name = typeName(about, i);
      ColumnType type = type(name, about, i);
      columns.add(
          new ResultColumn(
              about.getColumnLabel(i), type, reader(name, type, about.getColumnLabel(i))));
    }
    return columns;
  }

  /// An identity column's type is called `int identity`.
  private static String typeName(ResultSetMetaData about, int column) throws SQLException {
    return about.getColumnTypeName(column).toLowerCase(Locale.ROOT).split(" ", 2)[0];
  }

  private static ColumnType type(String name, ResultSetMetaData about, int column)
      throws SQLException {
    return switch (name) {
      case "bit" -> ColumnType.of(Kind.BOOLEAN);
      case "tinyint", "smallint" -> ColumnType.of(Kind.SMALLINT);
      case "int" -> ColumnType.of(Kind.INTEGER);
      case "bigint" -> ColumnType.of(Kind.BIGINT);
      case "decimal", "numeric" ->
          ColumnType.decimal(about.getPrecision(column), about.getScale(column));
      case "money" -> ColumnType.decimal(19, 4);
      case "smallmoney" -> ColumnType.decimal(10, 4);
      case "real" -> ColumnType.of(Kind.REAL);
      case "float" -> ColumnType.of(Kind.DOUBLE);
      case "binary", "varbinary", "image", "timestamp" ->
          ColumnType.binary(length(name, about, column));
      case "date" -> ColumnType.of(Kind.DATE);
      case "time" -> ColumnType.time(Kind.TIME, about.getScale(column));
      case "smalldatetime" -> ColumnType.time(Kind.TIMESTAMP, 0);
      case "datetime" -> ColumnType.time(Kind.TIMESTAMP, 3);
      case "datetime2" -> ColumnType.time(Kind.TIMESTAMP, about.getScale(column));
      case "datetimeoffset" -> ColumnType.time(Kind.TIMESTAMP_WITH_ZONE, about.getScale(column));
      case "uniqueidentifier" -> ColumnType.of(Kind.UUID);
      case "json" -> ColumnType.of(Kind.JSON);
      case "xml" -> ColumnType.of(Kind.XML);
      case "char", "varchar", "nchar", "nvarchar" -> ColumnType.text(length(name, about, column));
      default -> ColumnType.text(null);
    };
  }

  /// An expression is as long as it happens to be here, and longer in the next database.
  private static @Nullable Integer length(String name, ResultSetMetaData about, int column)
      throws SQLException {
    int length = about.getPrecision(column);
    if (length < 1 || length > (UNICODE.contains(name) ? MOST_CHARACTERS : MOST_BYTES)) {
      return null;
    }
    return about.isReadOnly(column)
        ? Math.max(length, MySqlResult.LEAST_LENGTH_OF_EXPRESSION)
        : Integer.valueOf(length);
  }

  private static ValueReader reader(String typeName, ColumnType type, String column) {
    return switch (type.kind()) {
      case BOOLEAN -> SqlServerResult::bool;
      case SMALLINT, INTEGER, BIGINT -> SqlServerResult::integer;
      case DECIMAL -> SqlServerResult::decimal;
      case REAL -> SqlServerResult::real;
      case DOUBLE -> SqlServerResult::floating;
      case DATE -> (rows, i) -> ascii(rows.getObject(i, LocalDate.class), Moments::text);
      case TIME -> (rows, i) -> ascii(rows.getObject(i, LocalTime.class), Moments::text);
      case TIMESTAMP -> (rows, i) -> ascii(rows.getObject(i, LocalDateTime.class), Moments::text);
      case TIMESTAMP_WITH_ZONE ->
          (rows, i) -> ascii(rows.getObject(i, OffsetDateTime.class), Moments::text);
      case UUID -> (rows, i) -> ascii(rows.getString(i), text -> text.toLowerCase(Locale.ROOT));
      case BINARY ->
          type.length() == null ? (rows, i) -> longBinary(rows, i, column) : ResultSet::getBytes;
      case JSON, XML -> (rows, i) -> longText(rows, i, column);
      case TEXT -> textReader(typeName, type, column);
    };
  }

  private static ValueReader textReader(String typeName, ColumnType type, String column) {
    return switch (typeName) {
      case "char", "varchar", "nchar", "nvarchar" ->
          type.length() == null ? (rows, i) -> longText(rows, i, column) : ResultColumn::text;
      case "text", "ntext" -> (rows, i) -> longText(rows, i, column);
      case "sql_variant" -> SqlServerResult::anyType;
      default -> SqlServerResult::userType;
    };
  }

  private static byte @Nullable [] bool(ResultSet rows, int column) throws SQLException {
    boolean value = rows.getBoolean(column);
    return rows.wasNull() ? null : value ? ResultColumn.TRUE : ResultColumn.FALSE;
  }

  private static byte @Nullable [] integer(ResultSet rows, int column) throws SQLException {
    long value = rows.getLong(column);
    return rows.wasNull() ? null : Moments.ascii(Long.toString(value));
  }

  private static byte @Nullable [] decimal(ResultSet rows, int column) throws SQLException {
    BigDecimal value = rows.getBigDecimal(column);
    return ascii(value, BigDecimal::toPlainString);
  }

  private static byte @Nullable [] real(ResultSet rows, int column) throws SQLException {
    float value = rows.getFloat(column);
    return rows.wasNull() ? null : Moments.ascii(Float.toString(value));
  }

  private static byte @Nullable [] floating(ResultSet rows, int column) throws SQLException {
    double value = rows.getDouble(column);
    return rows.wasNull() ? null : Moments.ascii(Double.toString(value));
  }

  /// A `sql_variant`, as its own type reads.
  private static byte @Nullable [] anyType(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    return switch (value) {
      case null -> null;
      case byte[] bytes -> hex(bytes);
      default -> value.toString().getBytes(StandardCharsets.UTF_8);
    };
  }

  /// `hierarchyid`, `geometry` and other types of the CLR, as the server's own tools show them.
  private static byte @Nullable [] userType(ResultSet rows, int column) throws SQLException {
    byte[] value = rows.getBytes(column);
    return value == null ? null : hex(value);
  }

  private static byte[] hex(byte[] value) {
    return Moments.ascii("0x" + HexFormat.of().withUpperCase().formatHex(value));
  }

  private interface Format<T> {
    String format(T value);
  }

  private static <T> byte @Nullable [] ascii(@Nullable T value, Format<T> format) {
    return value == null ? null : Moments.ascii(format.format(value));
  }

  /// Reads no more than fits, so that a value of 2 GB is an error and not the end of the process.
  private static byte @Nullable [] longBinary(ResultSet rows, int column, String name)
      throws SQLException {
    try (InputStream value = rows.getBinaryStream(column)) {
      if (value == null) {
        return null;
      }
      byte[] bytes = value.readNBytes(ResultRows.LARGEST_VALUE + 1);
      refuseLongerThanLargest(bytes.length, name);
      return bytes;
    } catch (IOException e) {
      throw broken(name, e);
    }
  }

  private static byte @Nullable [] longText(ResultSet rows, int column, String name)
      throws SQLException {
    try (Reader value = rows.getCharacterStream(column)) {
      return value == null ? null : encoded(value, name);
    } catch (IOException e) {
      throw broken(name, e);
    }
  }

  private static byte[] encoded(Reader text, String name) throws IOException, SQLException {
    CharsetEncoder encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    CharBuffer characters = CharBuffer.allocate(CHUNK);
    ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK);
    ByteArrayOutputStream all = new ByteArrayOutputStream(CHUNK);
    boolean more = true;
    while (more) {
      more = text.read(characters) >= 0;
      characters.flip();
      encoder.encode(characters, bytes, !more);
      if (!more) {
        encoder.flush(bytes);
      }
      all.write(bytes.array(), 0, bytes.position());
      bytes.clear();
      characters.compact();
      refuseLongerThanLargest(all.size(), name);
    }
    return all.toByteArray();
  }

  private static void refuseLongerThanLargest(int bytes, String name) throws SQLException {
    if (bytes > ResultRows.LARGEST_VALUE) {
      throw ResultRows.tooLarge(
          "column '" + name + "'", "%,d bytes or more".formatted(bytes), ResultRows.LARGEST_VALUE);
    }
  }

  private static SQLException broken(String name, IOException failure) {
    return new SQLException(
        "column '%s' could not be read: %s".formatted(name, failure.getMessage()),
        "08S01",
        failure);
  }
}
