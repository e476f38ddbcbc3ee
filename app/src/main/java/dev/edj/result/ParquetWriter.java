package dev.edj.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.RowCursor;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.result.parquet.ParquetColumn;
import dev.edj.result.parquet.ParquetFile;
import dev.edj.result.parquet.UnfitValue;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The format `parquet`.
final class ParquetWriter implements ResultWriter {

  private static final int LONGEST_SHOWN = 100;

  private final ResultTable table;
  private final ResultTable.Origin origin;
  private final ParquetFile file;

  ParquetWriter(ResultTable table, ResultTable.Origin origin, OutputStream out) {
    this.table = table;
    this.origin = origin;
    List<ParquetColumn> columns = new ArrayList<>();
    origin.names().forEach(name -> columns.add(ParquetColumn.requiredText(name)));
    table
        .columns()
        .forEach(column -> columns.add(ParquetColumn.optional(column.name(), column.type())));
    this.file = new ParquetFile(columns, out);
  }

  @Override
  public void child(ChildResult child, RowCursor<? extends Exception> rows) throws Exception {
    int[] places = table.placesOf(child);
    List<byte[]> from = origin.bytes(child);
    byte[] @Nullable [] row = new byte[from.size() + table.columns().size()][];
    for (int i = 0; i < from.size(); i++) {
      row[i] = from.get(i);
    }
    while (rows.next()) {
      byte[] @Nullable [] values = table.values(child, places, rows);
      System.arraycopy(values, 0, row, from.size(), values.length);
      add(child, row);
    }
  }

  private void add(ChildResult child, byte[] @Nullable [] row) throws IOException {
    try {
      file.add(row);
    } catch (UnfitValue e) {
      Column column = table.columns().get(e.column() - origin.names().size());
      throw new EdjException(
          ErrorCode.INVALID_FIELD,
          "format",
          "format: the value '%s' in column '%s' of database '%s' on %s does not fit into Parquet's type for %s; ask for csv or jsonl"
              .formatted(
                  shown(e.value()),
                  column.name(),
                  child.database(),
                  child.server(),
                  column.type().kind()),
          e);
    }
  }

  private static String shown(byte[] value) {
    String text = new String(value, UTF_8);
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }

  @Override
  public void flush() {
    // Rows are written a group at a time.
  }

  @Override
  public void pulse() {
    // Nor is there anything that would mean nothing.
  }

  @Override
  public void finish() throws IOException {
    file.finish();
  }

  @Override
  public boolean giveUp(int status, ErrorCode code, String reason) {
    return false;
  }
}
