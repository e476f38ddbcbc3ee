package dev.edj.result.parquet;

/// A value that the type of its column cannot hold, such as `infinity` among timestamps.
public final class UnfitValue extends Exception {

  private final int column;
  private final transient byte[] value;

  UnfitValue(int column, byte[] value, RuntimeException cause) {
    super(cause);
    this.column = column;
    this.value = value;
  }

  /// The number of the column, from 0.
  public int column() {
    return column;
  }

  public byte[] value() {
    return value;
  }
}
