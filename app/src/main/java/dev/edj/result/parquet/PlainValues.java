package dev.edj.result.parquet;

import java.io.ByteArrayOutputStream;

/// Values of one column, one after the other, as the encoding `PLAIN` has them: numbers with their
/// lowest byte first, booleans eight to a byte.
final class PlainValues {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int bits;
  private int bitCount;

  void bit(boolean value) {
    bits |= (value ? 1 : 0) << bitCount;
    if (++bitCount == Byte.SIZE) {
      flushBits();
    }
  }

  void int32(int value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      bytes.write(value >>> shift);
    }
  }

  void int64(long value) {
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      bytes.write((int) (value >>> shift));
    }
  }

  void bytes(byte[] value) {
    bytes.writeBytes(value);
  }

  void lengthAndBytes(byte[] value) {
    int32(value.length);
    bytes(value);
  }

  /// All of them; then there are none.
  byte[] take() {
    if (bitCount > 0) {
      flushBits();
    }
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }

  private void flushBits() {
    bytes.write(bits);
    bits = 0;
    bitCount = 0;
  }
}
