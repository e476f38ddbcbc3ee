package dev.edj.engine.rows;

import dev.edj.engine.Engine;
import dev.edj.engine.MariaDb;
import dev.edj.engine.MySql;
import dev.edj.engine.Portions;
import dev.edj.engine.PostgreSql;
import dev.edj.engine.SqlServer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of an engine's result set, each held in memory while it is the current one.
public final class ResultRows implements RowCursor<SQLException> {

  /// A longer value is an error.
  static final int LARGEST_VALUE = 64 << 20;

  private static final long LARGEST_ROW = 4L * LARGEST_VALUE;

  private final ResultSet rows;
  private final Portions portions;
  private final List<Column> columns;
  private final ResultColumn.ValueReader[] readers;
  private final byte[] @Nullable [] values;

  private ResultRows(ResultSet rows, List<ResultColumn> described) throws SQLException {
    this.rows = rows;
    this.portions = Portions.of(rows);
    List<String> names = ColumnNames.unique(described.stream().map(ResultColumn::name).toList());
    List<Column> named = new ArrayList<>();
    for (int i = 0; i < described.size(); i++) {
      named.add(new Column(names.get(i), described.get(i).type()));
    }
    this.columns = List.copyOf(named);
    this.readers =
        described.stream().map(ResultColumn::reader).toArray(ResultColumn.ValueReader[]::new);
    this.values = new byte[readers.length][];
  }

  /// Reads a result set.
  ///
  /// @param rows that stand before their first row, and belong to this cursor from here on
  public static RowCursor<SQLException> of(Engine engine, ResultSet rows) throws SQLException {
    return new ResultRows(
        rows,
        switch (engine) {
          case PostgreSql _ -> PostgreSqlResult.columns(rows);
          case SqlServer _ -> SqlServerResult.columns(rows);
          case MySql _, MariaDb _ -> MySqlResult.columns(rows);
        });
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  /// Reads all values at once: SQL Server's driver hands each out only once, and in order.
  @Override
  public boolean next() throws SQLException {
    if (!rows.next()) {
      return false;
    }
    long width = 0;
    for (int i = 0; i < readers.length; i++) {
      byte[] value = readers[i].read(rows, i + 1);
      values[i] = value;
      if (value != null) {
        refuseLargerThan(LARGEST_VALUE, value.length, "column '" + columns.get(i).name() + "'");
        width += value.length;
      }
    }
    refuseLargerThan(LARGEST_ROW, width, "a row");
    portions.add(width);
    return true;
  }

  private static void refuseLargerThan(long largest, long bytes, String what) throws SQLException {
    if (bytes > largest) {
      throw tooLarge(what, "%,d bytes".formatted(bytes), largest);
    }
  }

  /// @param what `column 'x'` or `a row`
  static SQLException tooLarge(String what, String size, long largest) {
    return new SQLException(
        "%s of the result has %s; more than %,d are not collected".formatted(what, size, largest),
        "22001");
  }

  @Override
  public byte @Nullable [] value(int index) {
    return values[index];
  }
}
