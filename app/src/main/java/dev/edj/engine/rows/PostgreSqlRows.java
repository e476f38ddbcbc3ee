package dev.edj.engine.rows;

import dev.edj.engine.rows.ColumnType.Kind;
import dev.edj.engine.rows.RowSpool.SpooledRows;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Turns values into the text that PostgreSQL reads, which most of them are already.
final class PostgreSqlRows {

  private static final int MICROSECONDS = 6;

  private final CopyText copy;
  private final List<Encoding> encodings;

  /// Appends a value that is not NULL.
  private interface Encoding {
    void append(byte[] value, int start, int end) throws SQLException;
  }

  private PostgreSqlRows(CopyText copy, List<Encoding> encodings) {
    this.copy = copy;
    this.encodings = encodings;
  }

  static PostgreSqlRows of(Layout layout, CopyText copy) {
    List<Encoding> encodings = new ArrayList<>();
    for (int i = 0; i < layout.columns().size(); i++) {
      encodings.add(encoding(layout.columns().get(i).type(), layout.targets().get(i), copy));
    }
    return new PostgreSqlRows(copy, encodings);
  }

  void write(List<byte[]> own, SpooledRows rows) throws SQLException, IOException {
    int columns = encodings.size() - own.size();
    while (rows.next()) {
      for (int i = 0; i < own.size(); i++) {
        byte[] value = own.get(i);
        encodings.get(i).append(value, 0, value.length);
        copy.endOfValue();
      }
      for (int i = 0; i < columns; i++) {
        if (rows.isNull(i)) {
          copy.appendNull();
        } else {
          encodings.get(own.size() + i).append(rows.buffer(), rows.start(i), rows.end(i));
        }
        copy.endOfValue();
      }
      copy.endOfRow();
    }
  }

  private static Encoding encoding(ColumnType from, TableColumn to, CopyText copy) {
    return switch (from.kind()) {
      case BOOLEAN -> isNumber(to) ? bit(copy) : copy::append;
      case SMALLINT, INTEGER, BIGINT, REAL, DATE, UUID -> copy::append;
      case DECIMAL -> to.mayRound(from) ? exact(to, copy) : copy::append;
      case DOUBLE -> to.isOf(Kind.REAL) ? single(to, copy) : copy::append;
      case TIME, TIMESTAMP, TIMESTAMP_WITH_ZONE ->
          to.mayRound(from) ? time(to, copy) : copy::append;
      case TEXT, JSON, XML -> text(to, copy);
      case BINARY -> copy::appendHex;
    };
  }

  private static boolean isNumber(TableColumn to) {
    ColumnType type = to.type();
    return type != null
        && switch (type.kind()) {
          case SMALLINT, INTEGER, BIGINT, DECIMAL -> true;
          case BOOLEAN, REAL, DOUBLE, TEXT, BINARY, DATE, TIME -> false;
          case TIMESTAMP, TIMESTAMP_WITH_ZONE, UUID, JSON, XML -> false;
        };
  }

  private static Encoding bit(CopyText copy) {
    return (value, start, end) -> copy.append(value[start] == 't' ? '1' : '0');
  }

  /// An integer column takes no point, whatever stands behind it.
  private static Encoding exact(TableColumn to, CopyText copy) {
    int fraction = to.fraction();
    return (value, start, end) -> {
      if (Numbers.exceeds(value, start, end, fraction)) {
        throw to.refusal(Arrays.copyOfRange(value, start, end), Numbers.TOO_FINE);
      }
      copy.append(value, start, fraction == 0 ? Numbers.endOfWhole(value, start, end) : end);
    };
  }

  private static Encoding single(TableColumn to, CopyText copy) {
    return (value, start, end) -> {
      to.refuseUnlessFloat(Arrays.copyOfRange(value, start, end));
      copy.append(value, start, end);
    };
  }

  private static Encoding time(TableColumn to, CopyText copy) {
    return (value, start, end) -> {
      byte[] seconds = to.seconds(Arrays.copyOfRange(value, start, end), MICROSECONDS);
      copy.append(seconds, 0, seconds.length);
    };
  }

  private static Encoding text(TableColumn to, CopyText copy) {
    return (value, start, end) -> {
      if (!copy.appendEscaped(value, start, end)) {
        throw to.refusal("a text with a NUL character");
      }
    };
  }
}
