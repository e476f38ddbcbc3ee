package dev.edj.result.parquet;

/// How Parquet stores values.
enum Physical {
  BOOLEAN(0),
  INT32(1),
  INT64(2),
  FLOAT(4),
  DOUBLE(5),
  BYTE_ARRAY(6),
  FIXED_LEN_BYTE_ARRAY(7);

  private final int number;

  Physical(int number) {
    this.number = number;
  }

  /// What the file's metadata has for it.
  int number() {
    return number;
  }
}
