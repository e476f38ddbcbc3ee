package dev.edj.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.RowCursor;
import dev.edj.problem.ErrorCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The format `csv`: NULL is an empty field, an empty text is `""`. What a spreadsheet would take
/// for a formula is written as it is.
final class CsvWriter implements ResultWriter {

  private static final int BUFFER = 16 * 1024;
  private static final byte[] LINE_END = {'\r', '\n'};

  private final ResultTable table;
  private final ResultTable.Origin origin;
  private final BufferedOutputStream out;
  private boolean begun;

  CsvWriter(ResultTable table, ResultTable.Origin origin, OutputStream out) {
    this.table = table;
    this.origin = origin;
    this.out = new BufferedOutputStream(out, BUFFER);
  }

  @Override
  public void child(ChildResult child, RowCursor<? extends Exception> rows) throws Exception {
    begin();
    int[] places = table.placesOf(child);
    List<byte[]> from = origin.bytes(child);
    while (rows.next()) {
      row(from, table.values(child, places, rows));
    }
  }

  private void begin() throws IOException {
    if (begun) {
      return;
    }
    begun = true;
    from(origin.names().stream().map(name -> name.getBytes(UTF_8)).toList());
    for (Column column : table.columns()) {
      out.write(',');
      field(column.name().getBytes(UTF_8));
    }
    out.write(LINE_END);
  }

  private void row(List<byte[]> from, byte[] @Nullable [] values) throws IOException {
    from(from);
    for (int i = 0; i < values.length; i++) {
      out.write(',');
      byte[] value = values[i];
      if (value != null) {
        field(Values.isBinary(table.columns().get(i)) ? Base64.getEncoder().encode(value) : value);
      }
    }
    out.write(LINE_END);
  }

  private void from(List<byte[]> from) throws IOException {
    for (int i = 0; i < from.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      field(from.get(i));
    }
  }

  private void field(byte[] text) throws IOException {
    if (!needsQuotes(text)) {
      out.write(text);
      return;
    }
    out.write('"');
    for (byte character : text) {
      if (character == '"') {
        out.write('"');
      }
      out.write(character);
    }
    out.write('"');
  }

  private static boolean needsQuotes(byte[] text) {
    for (byte character : text) {
      if (character == '"' || character == ',' || character == '\r' || character == '\n') {
        return true;
      }
    }
    return text.length == 0;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void pulse() {
    // Whatever stands in a table means something.
  }

  @Override
  public void finish() throws IOException {
    begin();
    out.flush();
  }

  @Override
  public boolean giveUp(int status, ErrorCode code, String reason) {
    return false;
  }
}
