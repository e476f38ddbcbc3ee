package dev.edj.engine.rows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells whether two results are the same, whatever the order of their rows and the engines they
/// come from: the sum of the hashes of the rows, with their number and the names of the columns.
///
/// Values are the same when they read the same: numbers by what they mean (`1.50` is `1.5`, and
/// true is `1`), moments with a zone by the moment; everything else by its text. The types and
/// their lengths do not count, nor does the case of the columns' names.
public final class RowDigest {

  private static final int INTS = 8;
  private static final int NULL = -1;
  private static final byte[] TRUE = {'1'};
  private static final byte[] FALSE = {'0'};

  private final List<Column> columns;
  private final MessageDigest hash = sha256();
  private final byte[] length = new byte[Integer.BYTES];
  private final int[] sum = new int[INTS];
  private long count;

  public RowDigest(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /// Adds the row on which the cursor stands; its columns are this digest's.
  public <E extends Exception> void add(RowCursor<E> row) throws E {
    for (int i = 0; i < columns.size(); i++) {
      byte[] value = row.value(i);
      update(hash, value == null ? null : comparable(columns.get(i).type().kind(), value));
    }
    add(ByteBuffer.wrap(hash.digest()));
    count++;
  }

  /// How many rows there were.
  public long count() {
    return count;
  }

  /// 32 bytes. More rows may be added afterwards.
  public byte[] value() {
    MessageDigest whole = sha256();
    for (Column column : columns) {
      update(whole, column.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }
    whole.update(ByteBuffer.allocate(Long.BYTES).putLong(0, count));
    for (int part : sum) {
      whole.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part));
    }
    return whole.digest();
  }

  private void update(MessageDigest digest, byte @Nullable [] value) {
    ByteBuffer.wrap(length).putInt(0, value == null ? NULL : value.length);
    digest.update(length);
    if (value != null) {
      digest.update(value);
    }
  }

  private static byte[] comparable(ColumnType.Kind kind, byte[] value) {
    return switch (kind) {
      case BOOLEAN -> value.length > 0 && value[0] == 't' ? TRUE : FALSE;
      case SMALLINT, INTEGER, BIGINT, DECIMAL -> Numbers.plain(value);
      case REAL -> Numbers.plainFloat(value);
      case DOUBLE -> Numbers.plainDouble(value);
      case TIME, TIMESTAMP -> Moments.withoutTrailingZeros(value);
      case TIMESTAMP_WITH_ZONE -> Moments.inUtc(Moments.withoutTrailingZeros(value));
      case TEXT, BINARY, DATE, UUID, JSON, XML -> value;
    };
  }

  /// Addition modulo 2^256, so that neither the order of rows nor two equal ones cancel out.
  private void add(ByteBuffer row) {
    long carry = 0;
    for (int i = 0; i < INTS; i++) {
      carry += Integer.toUnsignedLong(sum[i]) + Integer.toUnsignedLong(row.getInt());
      sum[i] = (int) carry;
      carry >>>= Integer.SIZE;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
