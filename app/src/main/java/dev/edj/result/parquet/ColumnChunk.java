package dev.edj.result.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The values of one column in the row group that is being filled: they become one page.
final class ColumnChunk {

  private static final int DATA_PAGE = 0;
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int GZIP = 2;

  private final ParquetColumn column;
  private final PlainValues values = new PlainValues();
  private final Levels levels = new Levels();
  private int count;

  ColumnChunk(ParquetColumn column) {
    this.column = column;
  }

  /// What it throws means that the value does not fit.
  void add(byte @Nullable [] value) {
    if (value != null) {
      column.type().encoder().put(value, values);
    }
    levels.add(value != null);
    count++;
  }

  /// Writes the page, and forgets its values.
  ///
  /// @param position in the file
  Written write(long position, OutputStream out) throws IOException {
    byte[] present = column.required() ? new byte[0] : levels.take();
    byte[] plain = values.take();
    byte[] compressed = compressed(present, plain);
    byte[] header = header(present.length + plain.length, compressed.length);
    out.write(header);
    out.write(compressed);
    Written written =
        new Written(
            column,
            count,
            position,
            (long) header.length + present.length + plain.length,
            (long) header.length + compressed.length);
    count = 0;
    return written;
  }

  private byte[] header(int size, int compressedSize) {
    return CompactThrift.encode(page ->
        page.i32(1, DATA_PAGE)
            .i32(2, size)
            .i32(3, compressedSize)
            .struct(5, data -> data.i32(1, count).i32(2, PLAIN).i32(3, RLE).i32(4, RLE)));
  }

  private static byte[] compressed(byte[] levels, byte[] values) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(levels);
      gzip.write(values);
    }
    return compressed.toByteArray();
  }

  /// What the file's end has to say about a chunk.
  ///
  /// @param size of its page before it was compressed, with its header
  record Written(ParquetColumn column, int count, long position, long size, long compressedSize) {

    /// As `ColumnChunk`.
    Consumer<CompactThrift> description() {
      return chunk ->
          chunk
              .i64(2, 0)
              .struct(
                  3,
                  data ->
                      data.i32(1, column.type().physical().number())
                          .i32s(2, List.of(PLAIN, RLE))
                          .texts(3, List.of(column.name()))
                          .i32(4, GZIP)
                          .i64(5, count)
                          .i64(6, size)
                          .i64(7, compressedSize)
                          .i64(9, position));
    }
  }
}
