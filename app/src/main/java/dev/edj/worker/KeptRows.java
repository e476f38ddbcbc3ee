package dev.edj.worker;

import dev.edj.engine.rows.Column;
import dev.edj.engine.rows.ColumnType;
import dev.edj.engine.rows.RowCursor;
import dev.edj.engine.rows.RowDigest;
import dev.edj.engine.rows.RowSpool;
import dev.edj.execution.KeptResult;
import dev.edj.execution.PlanStore.PinnedPlan;
import dev.edj.execution.ResultColumns;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first rows of a result, for the control database, and a digest of all of it. Secret values
/// are taken out of both.
///
/// Only the first of them are held in memory and go with the attempt's report, which goes with many
/// others; the rest waits in a spool.
final class KeptRows implements AutoCloseable {

  /// In bytes, of what goes with the report.
  private static final int MOST_REPORTED = 64 * 1024;

  private static final int NULL = -1;

  private final List<Column> columns;
  private final Limits limits;
  private final Path directory;
  private final AttemptRecord record;
  private final RowDigest digest;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private @Nullable RowSpool rest;
  private long restBytes;
  private long count;
  private int reported;
  private boolean full;

  /// How much of a result is kept.
  record Limits(int rows, int bytes) {

    private static final Limits OF_JOB = new Limits(1_000, MOST_REPORTED);
    private static final int MOST_BYTES_OF_QUERY = 4 * 1024 * 1024;

    static Limits of(PinnedPlan plan) {
      return plan.mostRows() == null ? OF_JOB : new Limits(plan.mostRows(), MOST_BYTES_OF_QUERY);
    }
  }

  /// @param directory where the rest waits if it is long
  KeptRows(List<Column> columns, Limits limits, Path directory, AttemptRecord record) {
    this.columns = columns;
    this.limits = limits;
    this.directory = directory;
    this.record = record;
    this.digest = new RowDigest(columns);
  }

  <E extends Exception> void add(RowCursor<E> row) throws E, IOException {
    Row values = new Row(columns, values(row));
    digest.add(values);
    count++;
    full = full || kept() == limits.rows() || keptBytes() + values.size() > limits.bytes();
    if (!full) {
      keep(values);
    }
  }

  private void keep(Row row) throws IOException {
    if (rest == null && bytes.size() + row.size() <= MOST_REPORTED) {
      reported++;
      row.values().forEach(this::write);
      return;
    }
    if (rest == null) {
      rest = new RowSpool(columns, directory);
    }
    rest.add(row);
    restBytes += row.size();
  }

  private long kept() {
    return reported + (rest == null ? 0 : rest.count());
  }

  private long keptBytes() {
    return bytes.size() + restBytes;
  }

  /// Rows of the whole result.
  long count() {
    return count;
  }

  /// What goes with the report when the rest is kept, or there is none.
  KeptResult result() {
    return result((int) kept());
  }

  /// What goes with the report when the rest is not kept.
  KeptResult withoutRest() {
    return result(reported);
  }

  private KeptResult result(int keptRows) {
    return new KeptResult(
        ResultColumns.json(columns), count, keptRows, digest.value(), bytes.toByteArray());
  }

  /// The rows that are too many for the report; null when all others are few enough.
  @Nullable RowSpool rest() {
    return rest;
  }

  long restBytes() {
    return restBytes;
  }

  @Override
  public void close() {
    if (rest != null) {
      rest.close();
    }
  }

  private <E extends Exception> List<byte @Nullable []> values(RowCursor<E> row) throws E {
    List<byte @Nullable []> values = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      byte[] value = row.value(i);
      values.add(value == null ? null : readable(columns.get(i).type().kind(), value));
    }
    return values;
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

  /// A row as it is kept.
  private record Row(List<Column> columns, List<byte @Nullable []> values)
      implements RowCursor<RuntimeException> {

    @Override
    public boolean next() {
      return false;
    }

    @Override
    public byte @Nullable [] value(int index) {
      return values.get(index);
    }

    long size() {
      long size = 0;
      for (byte[] value : values) {
        size += Integer.BYTES + (value == null ? 0 : value.length);
      }
      return size;
    }
  }
}
