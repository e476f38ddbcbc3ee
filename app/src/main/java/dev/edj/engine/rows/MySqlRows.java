package dev.edj.engine.rows;

import dev.edj.engine.rows.ColumnType.Kind;
import dev.edj.engine.rows.RowSpool.SpooledRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes rows to MySQL and MariaDB, many in one statement: as many as the server takes at once,
/// and as are worth it.
final class MySqlRows implements AutoCloseable {

  private static final int MOST_VALUES = 10_000;
  private static final int MOST_ROWS = 1_000;
  private static final long MOST_BYTES = 4 << 20;

  /// Of a statement, beside its values.
  private static final int PER_VALUE = 20;

  private static final int MICROSECONDS = 6;

  private final Connection connection;
  private final String insert;
  private final List<TableColumn> targets;
  private final List<Setter> setters = new ArrayList<>();
  private final long packet;
  private final int most;

  private final List<List<byte @Nullable []>> pending = new ArrayList<>();
  private long pendingBytes;

  /// For as many rows as are written at once most of the time.
  private @Nullable PreparedStatement full;

  /// Sets a parameter to a value that is not NULL.
  private interface Setter {
    void set(PreparedStatement statement, int parameter, byte[] value) throws SQLException;
  }

  /// @param insert up to the word `VALUES`
  /// @param packet the most bytes of a statement
  MySqlRows(Connection connection, String insert, Layout layout, long packet) {
    this.connection = connection;
    this.insert = insert;
    this.targets = layout.targets();
    this.packet = packet;
    this.most = Math.clamp(MOST_VALUES / targets.size(), 1, MOST_ROWS);
    for (int i = 0; i < targets.size(); i++) {
      setters.add(setter(layout.columns().get(i).type(), targets.get(i)));
    }
  }

  void write(List<byte[]> own, SpooledRows rows) throws SQLException, IOException {
    while (rows.next()) {
      List<byte @Nullable []> row = new ArrayList<>(own);
      long bytes = 0;
      for (int i = 0; i < targets.size() - own.size(); i++) {
        byte[] value = rows.value(i);
        row.add(value);
        bytes += value == null ? 0 : sizeInStatement(value);
      }
      bytes += (long) targets.size() * PER_VALUE;
      if (bytes + insert.length() >= packet) {
        requireThatItIsTaken(row);
      }
      if (pending.size() == most || pendingBytes + bytes > Math.min(MOST_BYTES, packet / 2)) {
        flush();
      }
      pending.add(row);
      pendingBytes += bytes;
    }
    flush();
  }

  /// How long a value is between its quotes. Only of those that come close to the limit it is
  /// counted which characters need a backslash.
  private long sizeInStatement(byte[] value) {
    return value.length < packet / 4 ? 2L * value.length : exactSize(value);
  }

  private static long exactSize(byte[] value) {
    long size = value.length;
    for (byte b : value) {
      size += b == 0 || b == '\'' || b == '"' || b == '\\' ? 1 : 0;
    }
    return size;
  }

  /// To a longer statement the server answers by ending the session, which looks like something
  /// that passes.
  private void requireThatItIsTaken(List<byte @Nullable []> row) throws SQLException {
    long size = insert.getBytes(StandardCharsets.UTF_8).length + (long) row.size() * PER_VALUE;
    int widest = 0;
    int most = 0;
    for (int i = 0; i < row.size(); i++) {
      byte[] value = row.get(i);
      size += value == null ? 0 : exactSize(value);
      if (value != null && value.length > most) {
        widest = i;
        most = value.length;
      }
    }
    if (size >= packet) {
      throw targets
          .get(widest)
          .refusal(
              "a value of %,d bytes, because its row has %,d, and the server takes %,d at once (max_allowed_packet)"
                  .formatted(most, size, packet));
    }
  }

  private void flush() throws SQLException {
    if (pending.size() == most && most > 1) {
      PreparedStatement statement = full == null ? prepare(most) : full;
      full = statement;
      execute(statement);
    } else if (!pending.isEmpty()) {
      try (PreparedStatement statement = prepare(pending.size())) {
        execute(statement);
      }
    }
    pending.clear();
    pendingBytes = 0;
  }

  private PreparedStatement prepare(int rows) throws SQLException {
    String row = "(" + String.join(",", Collections.nCopies(targets.size(), "?")) + ")";
    return connection.prepareStatement(insert + String.join(",", Collections.nCopies(rows, row)));
  }

  private void execute(PreparedStatement statement) throws SQLException {
    int parameter = 1;
    for (List<byte @Nullable []> row : pending) {
      for (int i = 0; i < row.size(); i++) {
        byte[] value = row.get(i);
        if (value == null) {
          statement.setString(parameter, null);
        } else {
          setters.get(i).set(statement, parameter, value);
        }
        parameter++;
      }
    }
    statement.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    if (full != null) {
      full.close();
    }
  }

  private static Setter setter(ColumnType from, TableColumn to) {
    boolean isText = to.type() == null || to.isOf(Kind.TEXT);
    return switch (from.kind()) {
      case BOOLEAN -> isText ? MySqlRows::setText : MySqlRows::setBit;
      case SMALLINT, INTEGER, BIGINT ->
          to.isOf(Kind.BOOLEAN) ? MySqlRows::setInteger : MySqlRows::setText;
      case DECIMAL -> isText ? MySqlRows::setText : decimal(from, to);
      case REAL -> isText ? MySqlRows::setText : single(to);
      case DOUBLE -> isText ? MySqlRows::setText : floating(to);
      case TEXT, UUID, JSON, XML -> MySqlRows::setText;
      case BINARY -> PreparedStatement::setBytes;
      case DATE -> isText ? MySqlRows::setText : date(to);
      case TIME -> isText ? MySqlRows::setText : time(to);
      case TIMESTAMP -> isText ? MySqlRows::setText : timestamp(to);
      case TIMESTAMP_WITH_ZONE -> isText ? MySqlRows::setText : moment(to);
    };
  }

  private static String string(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  private static void setText(PreparedStatement statement, int parameter, byte[] value)
      throws SQLException {
    statement.setString(parameter, string(value));
  }

  private static void setBit(PreparedStatement statement, int parameter, byte[] value)
      throws SQLException {
    statement.setInt(parameter, value[0] == 't' ? 1 : 0);
  }

  /// As a number: a bit column takes text for bits.
  private static void setInteger(PreparedStatement statement, int parameter, byte[] value)
      throws SQLException {
    statement.setLong(parameter, Long.parseLong(string(value)));
  }

  private static Setter decimal(ColumnType from, TableColumn to) {
    Setter finite = finite(to);
    return to.mayRound(from) ? exact(to, finite) : finite;
  }

  private static Setter exact(TableColumn to, Setter finite) {
    return (statement, parameter, value) -> {
      if (Numbers.isNumber(value) && Numbers.exceeds(value, 0, value.length, to.fraction())) {
        throw to.refusal(value, Numbers.TOO_FINE);
      }
      finite.set(statement, parameter, value);
    };
  }

  private static Setter floating(TableColumn to) {
    Setter finite = finite(to);
    return to.isOf(Kind.REAL)
        ? (statement, parameter, value) -> {
          to.refuseUnlessFloat(value);
          finite.set(statement, parameter, value);
        }
        : finite;
  }

  private static Setter finite(TableColumn to) {
    return (statement, parameter, value) -> {
      if (!Numbers.isNumber(value)) {
        throw to.refusal(value, "MySQL and MariaDB have no such number");
      }
      setText(statement, parameter, value);
    };
  }

  /// The columns are doubles, in which not every text of a float is the same number.
  private static Setter single(TableColumn to) {
    Setter finite = finite(to);
    return (statement, parameter, value) ->
        finite.set(
            statement,
            parameter,
            Numbers.isNumber(value)
                ? Moments.ascii(Float.toString(Float.parseFloat(string(value))))
                : value);
  }

  private static Setter date(TableColumn to) {
    return (statement, parameter, value) -> {
      refuseUnlessInCalendar(value, to);
      setText(statement, parameter, value);
    };
  }

  private static Setter time(TableColumn to) {
    return (statement, parameter, value) ->
        setText(statement, parameter, to.seconds(value, MICROSECONDS));
  }

  private static Setter timestamp(TableColumn to) {
    return (statement, parameter, value) -> {
      refuseUnlessInCalendar(value, to);
      setText(statement, parameter, to.seconds(value, MICROSECONDS));
    };
  }

  /// There is no type with a zone: the moment is written in UTC.
  private static Setter moment(TableColumn to) {
    return (statement, parameter, value) -> {
      refuseUnlessInCalendar(value, to);
      String utc =
          Moments.text(
              Moments.timestampWithZone(string(value))
                  .withOffsetSameInstant(ZoneOffset.UTC)
                  .toLocalDateTime());
      setText(statement, parameter, to.seconds(Moments.ascii(utc), MICROSECONDS));
    };
  }

  private static void refuseUnlessInCalendar(byte[] value, TableColumn to) throws SQLException {
    if (!Moments.isInCalendar(value)) {
      throw to.refusal(value, "MySQL and MariaDB have no such date");
    }
  }
}
