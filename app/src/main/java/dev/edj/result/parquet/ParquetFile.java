package dev.edj.result.parquet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.edj.result.parquet.ColumnChunk.Written;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A Parquet file while it is written. In memory are the rows of one group, of 8 MiB or a little
/// more, and of those before it what the file's end has to say about them: some dozens of bytes a
/// column. Not for several threads.
public final class ParquetFile {

  private static final byte[] MAGIC = "PAR1".getBytes(US_ASCII);
  private static final int VERSION = 1;
  private static final long LARGEST_GROUP = 8 * 1024 * 1024;

  /// What a value takes at most, beside its own bytes, and a NULL.
  private static final int BYTES_OF_A_VALUE = 8;

  private static final int BYTES_OF_A_NULL = 2;

  private final List<ParquetColumn> columns;
  private final List<ColumnChunk> chunks;
  private final OutputStream out;
  private final ByteArrayOutputStream groups = new ByteArrayOutputStream();
  private int groupCount;
  private long position;
  private long rows;
  private int rowsInGroup;
  private long bytesInGroup;

  public ParquetFile(List<ParquetColumn> columns, OutputStream out) {
    this.columns = List.copyOf(columns);
    this.chunks = columns.stream().map(ColumnChunk::new).toList();
    this.out = out;
  }

  /// Adds a row.
  ///
  /// @param values as [dev.edj.engine.rows.ColumnType.Kind] has them, in the order of the columns
  /// @throws UnfitValue when the type of a column cannot hold its value; the file is then of no use
  public void add(byte[] @Nullable [] values) throws UnfitValue, IOException {
    for (int i = 0; i < values.length; i++) {
      byte[] value = values[i];
      try {
        chunks.get(i).add(value);
      } catch (RuntimeException e) {
        throw new UnfitValue(i, value == null ? new byte[0] : value, e);
      }
      bytesInGroup += value == null ? BYTES_OF_A_NULL : value.length + BYTES_OF_A_VALUE;
    }
    rowsInGroup++;
    if (bytesInGroup > LARGEST_GROUP) {
      writeGroup();
    }
  }

  private void writeGroup() throws IOException {
    if (position == 0) {
      write(MAGIC);
    }
    List<Written> written = new ArrayList<>();
    for (ColumnChunk chunk : chunks) {
      Written one = chunk.write(position, out);
      position += one.compressedSize();
      written.add(one);
    }
    int count = rowsInGroup;
    groups.writeBytes(
        CompactThrift.encode(group ->
            group
                .structs(1, written.stream().map(Written::description).toList())
                .i64(2, written.stream().mapToLong(Written::size).sum())
                .i64(3, count)));
    groupCount++;
    rows += rowsInGroup;
    rowsInGroup = 0;
    bytesInGroup = 0;
  }

  /// Writes what is left, and the file's end.
  public void finish() throws IOException {
    if (rowsInGroup > 0) {
      writeGroup();
    }
    if (position == 0) {
      write(MAGIC);
    }
    byte[] end = CompactThrift.encode(this::describe);
    write(end);
    PlainValues length = new PlainValues();
    length.int32(end.length);
    write(length.take());
    write(MAGIC);
    out.flush();
  }

  /// As `FileMetaData`.
  private void describe(CompactThrift file) {
    List<Consumer<CompactThrift>> schema = new ArrayList<>();
    schema.add(root -> root.text(4, "result").i32(5, columns.size()));
    columns.forEach(column -> schema.add(column::describe));
    file.i32(1, VERSION)
        .structs(2, schema)
        .i64(3, rows)
        .structs(4, groupCount, groups.toByteArray())
        .text(6, "edj");
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }
}
