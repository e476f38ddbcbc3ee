package dev.edj.result.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edj.engine.rows.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How the values of a column are stored, and what they mean.
///
/// @param length of each value, where that is fixed ([Physical#FIXED_LEN_BYTE_ARRAY])
/// @param meaning adds what of the schema's element says what they mean
/// @param encoder a value, as [ColumnType.Kind] has it, to its place in a page; what it throws
///   means that the value does not fit
record ParquetType(
    Physical physical, @Nullable Integer length, Consumer<CompactThrift> meaning, Encoder encoder) {

  /// Puts a value into a page.
  @FunctionalInterface
  interface Encoder {
    void put(byte[] value, PlainValues page);
  }

  /// The places of `ConvertedType` and `LogicalType` in a schema's element.
  private static final int CONVERTED = 6;

  private static final int SCALE = 7;
  private static final int PRECISION = 8;
  private static final int LOGICAL = 10;

  private static final ParquetType TEXT = bytes(meaning(0, 1, _ -> {}));
  private static final int MOST_DIGITS = 38;
  private static final int UUID_BYTES = 16;
  private static final long MICROS = 1_000_000;
  private static final long NANOS_OF_A_MICRO = 1_000;

  static ParquetType of(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN ->
          plain(Physical.BOOLEAN, (value, page) -> page.bit(Boolean.parseBoolean(text(value))));
      case SMALLINT ->
          new ParquetType(
              Physical.INT32,
              null,
              meaning(16, 10, whole -> whole.i8(1, 16).bool(2, true)),
              (value, page) -> page.int32(Short.parseShort(text(value))));
      case INTEGER ->
          plain(Physical.INT32, (value, page) -> page.int32(Integer.parseInt(text(value))));
      case BIGINT ->
          plain(Physical.INT64, (value, page) -> page.int64(Long.parseLong(text(value))));
      case DECIMAL -> decimal(type.precision(), type.scale());
      case REAL ->
          plain(
              Physical.FLOAT,
              (value, page) -> page.int32(Float.floatToIntBits(Float.parseFloat(text(value)))));
      case DOUBLE ->
          plain(
              Physical.DOUBLE,
              (value, page) ->
                  page.int64(Double.doubleToLongBits(Double.parseDouble(text(value)))));
      case TEXT, XML -> TEXT;
      case JSON -> bytes(meaning(19, 12, _ -> {}));
      case BINARY -> bytes(_ -> {});
      case DATE -> new ParquetType(Physical.INT32, null, meaning(6, 6, _ -> {}), ParquetType::date);
      case TIME ->
          new ParquetType(
              Physical.INT64, null, logical(7, time -> micros(time, false)), ParquetType::time);
      case TIMESTAMP ->
          new ParquetType(
              Physical.INT64,
              null,
              logical(8, time -> micros(time, false)),
              ParquetType::timestamp);
      case TIMESTAMP_WITH_ZONE ->
          new ParquetType(
              Physical.INT64,
              null,
              meaning(10, 8, time -> micros(time, true)),
              ParquetType::timestampWithZone);
      case UUID ->
          new ParquetType(
              Physical.FIXED_LEN_BYTE_ARRAY, UUID_BYTES, logical(14, _ -> {}), ParquetType::uuid);
    };
  }

  void describe(CompactThrift element) {
    meaning.accept(element);
  }

  private static ParquetType plain(Physical physical, Encoder encoder) {
    return new ParquetType(physical, null, _ -> {}, encoder);
  }

  private static ParquetType bytes(Consumer<CompactThrift> meaning) {
    return new ParquetType(
        Physical.BYTE_ARRAY, null, meaning, (value, page) -> page.lengthAndBytes(value));
  }

  /// Without a known number of digits, or with more than any reader takes, as text.
  private static ParquetType decimal(@Nullable Integer precision, @Nullable Integer scale) {
    if (precision == null
        || scale == null
        || precision < 1
        || precision > MOST_DIGITS
        || scale < 0
        || scale > precision) {
      return TEXT;
    }
    int length = BigInteger.TEN.pow(precision).bitLength() / Byte.SIZE + 1;
    return new ParquetType(
        Physical.FIXED_LEN_BYTE_ARRAY,
        length,
        element -> {
          element.i32(CONVERTED, 5);
          element.i32(SCALE, scale);
          element.i32(PRECISION, precision);
          element.struct(
              LOGICAL, union -> union.struct(5, type -> type.i32(1, scale).i32(2, precision)));
        },
        (value, page) -> page.bytes(unscaled(value, precision, scale, length)));
  }

  private static byte[] unscaled(byte[] value, int precision, int scale, int length) {
    BigDecimal number = new BigDecimal(text(value)).setScale(scale);
    if (number.precision() > precision) {
      throw new ArithmeticException("too many digits");
    }
    byte[] digits = number.unscaledValue().toByteArray();
    byte[] padded = new byte[length];
    Arrays.fill(padded, (byte) (number.signum() < 0 ? -1 : 0));
    System.arraycopy(digits, 0, padded, length - digits.length, digits.length);
    return padded;
  }

  private static void date(byte[] value, PlainValues page) {
    page.int32(Math.toIntExact(LocalDate.parse(text(value)).toEpochDay()));
  }

  private static void time(byte[] value, PlainValues page) {
    page.int64(LocalTime.parse(text(value)).toNanoOfDay() / NANOS_OF_A_MICRO);
  }

  private static void timestamp(byte[] value, PlainValues page) {
    LocalDateTime time = LocalDateTime.parse(text(value).replace(' ', 'T'));
    page.int64(micros(time.toInstant(ZoneOffset.UTC)));
  }

  private static void timestampWithZone(byte[] value, PlainValues page) {
    page.int64(micros(OffsetDateTime.parse(text(value).replace(' ', 'T')).toInstant()));
  }

  private static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / NANOS_OF_A_MICRO);
  }

  private static void uuid(byte[] value, PlainValues page) {
    UUID uuid = UUID.fromString(text(value));
    page.bytes(
        ByteBuffer.allocate(UUID_BYTES)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array());
  }

  /// @param converted what older readers know the meaning by
  /// @param logical its place in the union that newer ones read
  private static Consumer<CompactThrift> meaning(
      int converted, int logical, Consumer<CompactThrift> details) {
    return element -> {
      element.i32(CONVERTED, converted);
      logical(logical, details).accept(element);
    };
  }

  private static Consumer<CompactThrift> logical(int logical, Consumer<CompactThrift> details) {
    return element -> element.struct(LOGICAL, union -> union.struct(logical, details));
  }

  /// Microseconds: what all readers know, and the range of years needs.
  private static void micros(CompactThrift type, boolean utc) {
    type.bool(1, utc).struct(2, unit -> unit.struct(2, _ -> {}));
  }

  private static String text(byte[] value) {
    return new String(value, UTF_8);
  }
}
