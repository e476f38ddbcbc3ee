package dev.edj.result.parquet;

import dev.edj.engine.rows.ColumnType;

/// A column of the file.
///
/// @param required whether it has no NULL
public record ParquetColumn(String name, ParquetType type, boolean required) {

  public static ParquetColumn requiredText(String name) {
    return new ParquetColumn(name, ParquetType.of(ColumnType.text(null)), true);
  }

  public static ParquetColumn optional(String name, ColumnType type) {
    return new ParquetColumn(name, ParquetType.of(type), false);
  }

  /// As an element of the file's schema (`SchemaElement`).
  void describe(CompactThrift thrift) {
    thrift.i32(1, type.physical().number());
    if (type.length() != null) {
      thrift.i32(2, type.length());
    }
    thrift.i32(3, required ? 0 : 1);
    thrift.text(4, name);
    type.describe(thrift);
  }
}
