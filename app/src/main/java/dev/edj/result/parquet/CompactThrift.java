package dev.edj.result.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;

/// Writes structures in Thrift's compact protocol, as far as Parquet's metadata needs it. Fields go
/// in the order of their numbers.
final class CompactThrift {

  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;

  private static final int STOP = 0;
  private static final int LARGEST_STEP = 15;
  private static final int LARGEST_SHORT_LIST = 14;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int lastField;

  /// A structure by itself.
  static byte[] encode(Consumer<CompactThrift> fields) {
    CompactThrift thrift = new CompactThrift();
    thrift.fields(fields);
    return thrift.out.toByteArray();
  }

  CompactThrift bool(int field, boolean value) {
    header(field, value ? TRUE : FALSE);
    return this;
  }

  CompactThrift i8(int field, int value) {
    header(field, BYTE);
    out.write(value);
    return this;
  }

  CompactThrift i32(int field, int value) {
    header(field, I32);
    zigzag(value);
    return this;
  }

  CompactThrift i64(int field, long value) {
    header(field, I64);
    zigzag(value);
    return this;
  }

  CompactThrift text(int field, String value) {
    header(field, BINARY);
    text(value);
    return this;
  }

  CompactThrift struct(int field, Consumer<CompactThrift> fields) {
    header(field, STRUCT);
    fields(fields);
    return this;
  }

  CompactThrift i32s(int field, List<Integer> values) {
    listHeader(field, I32, values.size());
    values.forEach(this::zigzag);
    return this;
  }

  CompactThrift texts(int field, List<String> values) {
    listHeader(field, BINARY, values.size());
    values.forEach(this::text);
    return this;
  }

  CompactThrift structs(int field, List<Consumer<CompactThrift>> values) {
    listHeader(field, STRUCT, values.size());
    values.forEach(this::fields);
    return this;
  }

  /// Structures that are encoded already, one after the other.
  CompactThrift structs(int field, int count, byte[] encoded) {
    listHeader(field, STRUCT, count);
    out.writeBytes(encoded);
    return this;
  }

  private void fields(Consumer<CompactThrift> fields) {
    int outer = lastField;
    lastField = 0;
    fields.accept(this);
    out.write(STOP);
    lastField = outer;
  }

  private void header(int field, int type) {
    int step = field - lastField;
    if (step < 1 || step > LARGEST_STEP) {
      throw new IllegalArgumentException("field %d after %d".formatted(field, lastField));
    }
    out.write((step << 4) | type);
    lastField = field;
  }

  private void listHeader(int field, int type, int size) {
    header(field, LIST);
    if (size <= LARGEST_SHORT_LIST) {
      out.write((size << 4) | type);
    } else {
      out.write(0xF0 | type);
      varint(size);
    }
  }

  private void text(String value) {
    byte[] bytes = value.getBytes(UTF_8);
    varint(bytes.length);
    out.writeBytes(bytes);
  }

  /// Small numbers take few bytes, negative ones too.
  private void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  private void varint(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
