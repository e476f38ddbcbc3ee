package dev.edj.result;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.RowCursor;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads kept rows out of their bytes.
final class KeptRows implements RowCursor<IOException> {

  private static final int NULL = -1;

  private final List<Column> columns;
  private final DataInputStream in;
  private final byte[] @Nullable [] values;
  private int left;

  /// @param count how many rows there are
  KeptRows(List<Column> columns, int count, InputStream bytes) {
    this.columns = columns;
    this.in = new DataInputStream(bytes);
    this.values = new byte[columns.size()][];
    this.left = count;
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public boolean next() throws IOException {
    if (left == 0) {
      return false;
    }
    left--;
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = readValue();
      }
    } catch (EOFException e) {
      throw KeptResults.removed();
    }
    return true;
  }

  private byte @Nullable [] readValue() throws IOException {
    int length = in.readInt();
    if (length == NULL) {
      return null;
    }
    byte[] value = in.readNBytes(length);
    if (value.length < length) {
      throw new EOFException();
    }
    return value;
  }

  @Override
  public byte @Nullable [] value(int index) {
    return values[index];
  }
}
