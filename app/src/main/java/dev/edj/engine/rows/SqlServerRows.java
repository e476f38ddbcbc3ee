package dev.edj.engine.rows;

import com.microsoft.sqlserver.jdbc.ISQLServerBulkData;
import dev.edj.engine.rows.ColumnType.Kind;
import dev.edj.engine.rows.RowSpool.SpooledRows;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes of values what the driver's bulk copy sends, each in the type of its column or, for dates,
/// times and ids, as text, which the server reads in this one form whatever its settings are.
final class SqlServerRows {

  /// A statement that takes 5,000 locks gets the whole table instead, and keeps all others out.
  static final int ROWS_OF_A_STATEMENT = 2_000;

  private static final long BYTES_OF_A_STATEMENT = 4 << 20;

  private static final int LONGEST_MOMENT = 40;
  private static final int LONGEST_UUID = 36;
  private static final int MILLISECONDS = 3;
  private static final int TENTHS_OF_MICROSECONDS = 7;
  private static final int MOST_CHARACTERS = 4_000;
  private static final int MOST_BYTES = 8_000;

  private static final Pattern XML_DECLARATION = Pattern.compile("^\\s*<\\?xml\\s[^>]*\\?>");

  private final List<Target> targets = new ArrayList<>();
  private final SpooledRows rows;

  /// Turns a value into the object that the driver wants for the column.
  private interface Conversion {
    Object convert(byte[] value) throws SQLException;
  }

  /// @param jdbcType as which the driver sends it
  /// @param precision of a number, or the length
  /// @param typeName of the column it is sent into
  private record Target(
      int jdbcType, int precision, int scale, String typeName, Conversion conversion) {}

  SqlServerRows(Layout layout, SpooledRows rows) {
    this.rows = rows;
    for (int i = layout.own(); i < layout.columns().size(); i++) {
      targets.add(target(layout.columns().get(i).type(), layout.targets().get(i)));
    }
  }

  /// The types of the columns that take the values as they are sent, in their order.
  List<String> typeNames() {
    return targets.stream().map(Target::typeName).toList();
  }

  /// Whether a value is sent as something else than what its column holds.
  boolean isSentAsText(int index) {
    return targets.get(index).jdbcType() == Types.VARCHAR;
  }

  /// The next rows, as many as one statement may write; all of them are known to be what the
  /// columns hold, because the driver cannot stop in the middle. Empty when there are no more.
  Portion nextPortion() throws SQLException, IOException {
    List<Object[]> portion = new ArrayList<>();
    long bytes = 0;
    while (portion.size() < ROWS_OF_A_STATEMENT && bytes < BYTES_OF_A_STATEMENT && rows.next()) {
      @Nullable Object[] row = new Object[targets.size()];
      for (int i = 0; i < row.length; i++) {
        byte[] value = rows.value(i);
        row[i] = value == null ? null : targets.get(i).conversion().convert(value);
        bytes += value == null ? 0 : value.length;
      }
      portion.add(asTheDriverTakesIt(row));
    }
    return new Portion(targets, portion);
  }

  /// The driver takes null for NULL, and does not say so.
  @SuppressWarnings("NullAway")
  private static Object[] asTheDriverTakesIt(@Nullable Object[] row) {
    return row;
  }

  /// Rows for the driver's bulk copy.
  static final class Portion implements ISQLServerBulkData {

    private final transient List<Target> targets;
    private final transient List<Object[]> rows;
    private int read;

    private Portion(List<Target> targets, List<Object[]> rows) {
      this.targets = targets;
      this.rows = rows;
    }

    boolean isEmpty() {
      return rows.isEmpty();
    }

    @Override
    public Set<Integer> getColumnOrdinals() {
      Set<Integer> ordinals = new TreeSet<>();
      for (int i = 1; i <= targets.size(); i++) {
        ordinals.add(i);
      }
      return ordinals;
    }

    @Override
    public String getColumnName(int column) {
      return "c" + column;
    }

    @Override
    public int getColumnType(int column) {
      return targets.get(column - 1).jdbcType();
    }

    @Override
    public int getPrecision(int column) {
      return targets.get(column - 1).precision();
    }

    @Override
    public int getScale(int column) {
      return targets.get(column - 1).scale();
    }

    @Override
    public boolean next() {
      read++;
      return read <= rows.size();
    }

    @Override
    public Object[] getRowData() {
      return rows.get(read - 1);
    }
  }

  private static Target target(ColumnType from, TableColumn to) {
    ColumnType type = to.type();
    if (type == null) {
      throw new IllegalStateException("nothing fits a column of type " + to.typeName());
    }
    return switch (type.kind()) {
      case BOOLEAN -> new Target(Types.BIT, 1, 0, "bit", value -> bit(value, to));
      case SMALLINT ->
          to.typeName().equals("tinyint")
              ? new Target(
                  Types.TINYINT, 3, 0, "tinyint", value -> (short) integer(value, 0, 255, to))
              : new Target(
                  Types.SMALLINT,
                  5,
                  0,
                  "smallint",
                  value -> (short) integer(value, Short.MIN_VALUE, Short.MAX_VALUE, to));
      case INTEGER ->
          new Target(
              Types.INTEGER,
              10,
              0,
              "int",
              value -> (int) integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE, to));
      case BIGINT ->
          new Target(
              Types.BIGINT,
              19,
              0,
              "bigint",
              value -> integer(value, Long.MIN_VALUE, Long.MAX_VALUE, to));
      case DECIMAL -> decimal(type, to);
      case REAL -> new Target(Types.REAL, 24, 0, "real", value -> real(value, from, to));
      case DOUBLE -> new Target(Types.DOUBLE, 53, 0, "float", value -> floating(value, to));
      case BINARY -> binary(type, to);
      case TEXT, JSON -> text(type, to);
      case XML -> text(null, value -> XML_DECLARATION.matcher(string(value)).replaceFirst(""));
      case DATE, TIME -> ascii(LONGEST_MOMENT, value -> calendar(value, from, to));
      case TIMESTAMP -> ascii(LONGEST_MOMENT, value -> timestamp(value, from, to));
      case TIMESTAMP_WITH_ZONE -> ascii(LONGEST_MOMENT, value -> iso(calendar(value, from, to)));
      case UUID -> ascii(LONGEST_UUID, SqlServerRows::string);
    };
  }

  private static String string(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  private static Boolean bit(byte[] value, TableColumn to) throws SQLException {
    return switch (string(value)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw to.refusal(value, "it is neither 0 nor 1");
    };
  }

  private static long integer(byte[] value, long least, long most, TableColumn to)
      throws SQLException {
    BigDecimal number = number(value, to);
    if (number.stripTrailingZeros().scale() > 0) {
      throw to.refusal(value, Numbers.TOO_FINE);
    }
    if (number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw to.refusal(value, "it is out of range");
    }
    return number.longValue();
  }

  private static BigDecimal number(byte[] value, TableColumn to) throws SQLException {
    return switch (string(value)) {
      case "true" -> BigDecimal.ONE;
      case "false" -> BigDecimal.ZERO;
      case String text when Numbers.isNumber(value) -> new BigDecimal(text);
      default -> throw to.refusal(value, "SQL Server has no such number");
    };
  }

  private static Target decimal(ColumnType type, TableColumn to) {
    Integer precision = type.precision();
    Integer scale = type.scale();
    int most = precision == null ? 38 : precision;
    int fraction = scale == null ? 0 : scale;
    return new Target(
        Types.DECIMAL,
        most,
        fraction,
        "decimal(%d,%d)".formatted(most, fraction),
        value -> {
          BigDecimal number = number(value, to);
          if (number.stripTrailingZeros().scale() > fraction) {
            throw to.refusal(value, Numbers.TOO_FINE);
          }
          BigDecimal scaled = number.setScale(fraction);
          if (scaled.precision() > most) {
            throw to.refusal(value, "it is out of range");
          }
          return scaled;
        });
  }

  private static Float real(byte[] value, ColumnType from, TableColumn to) throws SQLException {
    float number = Float.parseFloat(string(value));
    if (!Float.isFinite(number)) {
      throw to.refusal(value, "SQL Server has no such number");
    }
    if (from.kind() == Kind.DOUBLE) {
      to.refuseUnlessFloat(value);
    }
    return number;
  }

  private static Double floating(byte[] value, TableColumn to) throws SQLException {
    double number = Double.parseDouble(string(value));
    if (!Double.isFinite(number)) {
      throw to.refusal(value, "SQL Server has no such number");
    }
    return number;
  }

  private static Target binary(ColumnType type, TableColumn to) {
    Integer length = type.length();
    return new Target(
        length == null ? Types.LONGVARBINARY : Types.VARBINARY,
        length == null ? Integer.MAX_VALUE : Math.min(length, MOST_BYTES),
        0,
        length == null ? "varbinary(max)" : "varbinary(%d)".formatted(length),
        value -> {
          if (length != null && value.length > length) {
            throw to.refusal("%,d bytes".formatted(value.length));
          }
          return value;
        });
  }

  private static Target text(ColumnType type, TableColumn to) {
    Integer length = type.length();
    return text(
        length,
        value -> {
          String text = string(value);
          if (length != null && text.length() > length) {
            throw to.refusal("a text of %,d characters".formatted(text.length()));
          }
          return text;
        });
  }

  private static Target text(@Nullable Integer length, Conversion conversion) {
    return length == null || length > MOST_CHARACTERS
        ? new Target(Types.LONGNVARCHAR, Integer.MAX_VALUE, 0, "nvarchar(max)", conversion)
        : new Target(Types.NVARCHAR, length, 0, "nvarchar(%d)".formatted(length), conversion);
  }

  private static Target ascii(int length, Conversion conversion) {
    return new Target(Types.VARCHAR, length, 0, "varchar(%d)".formatted(length), conversion);
  }

  /// Years from 1 to 9999, times before 24:00.
  private static String calendar(byte[] value, ColumnType from, TableColumn to)
      throws SQLException {
    boolean isTime = from.kind() == Kind.TIME;
    if (!(isTime ? Moments.isTimeOfDay(value) : Moments.isInCalendar(value))) {
      throw to.refusal(value, "SQL Server has no such date or time");
    }
    return string(to.seconds(value, TENTHS_OF_MICROSECONDS));
  }

  private static String timestamp(byte[] value, ColumnType from, TableColumn to)
      throws SQLException {
    boolean isOld = to.typeName().endsWith("datetime"); // also smalldatetime
    String text = calendar(isOld ? Moments.cut(value, MILLISECONDS) : value, from, to);
    if (isOld && text.compareTo("1753") < 0) {
      throw to.refusal(value, "it is out of range");
    }
    boolean ofMinutes = to.typeName().equals("smalldatetime");
    if (ofMinutes && from.kind() != Kind.DATE && !text.endsWith(":00")) {
      throw to.refusal(value, Numbers.TOO_FINE);
    }
    return iso(text);
  }

  /// @param timestamp or a date alone
  private static String iso(String timestamp) {
    return timestamp.indexOf(' ') < 0 ? timestamp + "T00:00:00" : timestamp.replace(' ', 'T');
  }
}
