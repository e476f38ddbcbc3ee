package dev.edj.result.parquet;

import java.io.ByteArrayOutputStream;

/// Which values of an optional column are there: runs of those that are and those that are not (the
/// hybrid of run lengths and bits, of which only the first half is used).
final class Levels {

  private final ByteArrayOutputStream runs = new ByteArrayOutputStream();
  private boolean present;
  private int length;

  void add(boolean isPresent) {
    if (isPresent != present) {
      endRun();
      present = isPresent;
    }
    length++;
  }

  /// All of them, with their length in front; then there are none.
  byte[] take() {
    endRun();
    PlainValues taken = new PlainValues();
    taken.lengthAndBytes(runs.toByteArray());
    runs.reset();
    return taken.take();
  }

  private void endRun() {
    if (length > 0) {
      int left = length << 1;
      while (left > 0x7F) {
        runs.write((left & 0x7F) | 0x80);
        left >>>= 7;
      }
      runs.write(left);
      runs.write(present ? 1 : 0);
    }
    length = 0;
  }
}
