package dev.edj.worker;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.ColumnType;
import dev.edj.engine.rows.RowCursor;
import dev.edj.engine.rows.RowDigest;
import dev.edj.execution.KeptResult;
import dev.edj.execution.ResultColumns;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first rows of a result, for the control database, and a digest of all of it. Secret values
/// are taken out of both.
final class KeptRows {

  private static final int NULL = -1;

  private final List<Column> columns;
  private final Limits limits;
  private final AttemptRecord record;
  private final RowDigest digest;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private long count;
  private int kept;
  private boolean full;

  /// How much of a result is kept.
  record Limits(int rows, int bytes) {

    static final Limits OF_JOB = new Limits(1_000, 64 * 1024);
  }

  KeptRows(List<Column> columns, Limits limits, AttemptRecord record) {
    this.columns = columns;
    this.limits = limits;
    this.record = record;
    this.digest = new RowDigest(columns);
  }

  <E extends Exception> void add(RowCursor<E> row) throws E {
    Redacted<E> readable = new Redacted<>(row, record);
    digest.add(readable);
    count++;
    full = full || kept == limits.rows() || bytes.size() + size(readable) > limits.bytes();
    if (!full) {
      kept++;
      for (int i = 0; i < columns.size(); i++) {
        write(readable.value(i));
      }
    }
  }

  KeptResult result() {
    return new KeptResult(
        ResultColumns.json(columns), count, kept, digest.value(), bytes.toByteArray());
  }

  private <E extends Exception> int size(RowCursor<E> row) throws E {
    int size = 0;
    for (int i = 0; i < columns.size(); i++) {
      byte[] value = row.value(i);
      size += Integer.BYTES + (value == null ? 0 : value.length);
    }
    return size;
  }

  private void write(byte @Nullable [] value) {
    try {
      out.writeInt(value == null ? NULL : value.length);
      if (value != null) {
        out.write(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is no device behind it
    }
  }

  /// Rows as anybody may read them.
  private record Redacted<E extends Exception>(RowCursor<E> row, AttemptRecord record)
      implements RowCursor<E> {

    @Override
    public List<Column> columns() {
      return row.columns();
    }

    @Override
    public boolean next() throws E {
      return row.next();
    }

    @Override
    public byte @Nullable [] value(int index) throws E {
      byte[] value = row.value(index);
      return value == null ? null : readable(columns().get(index).type().kind(), value);
    }

    private byte[] readable(ColumnType.Kind kind, byte[] value) {
      return switch (kind) {
        case TEXT, JSON, XML -> record.redacted(value);
        case BOOLEAN,
            SMALLINT,
            INTEGER,
            BIGINT,
            DECIMAL,
            REAL,
            DOUBLE,
            BINARY,
            DATE,
            TIME,
            TIMESTAMP,
            TIMESTAMP_WITH_ZONE,
            UUID ->
            value;
      };
    }
  }
}
