package dev.edj.result.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.engine.rows.ColumnType;
import dev.edj.engine.rows.ColumnType.Kind;
import dev.hardwood.InputFile;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is written is read back by somebody else's reader.
class ParquetFileTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void valuesOfEveryTypeComeBack() throws Exception {
    ParquetFile file =
        new ParquetFile(
            List.of(
                ParquetColumn.requiredText("database"),
                of("boolean", ColumnType.of(Kind.BOOLEAN)),
                of("smallint", ColumnType.of(Kind.SMALLINT)),
                of("integer", ColumnType.of(Kind.INTEGER)),
                of("bigint", ColumnType.of(Kind.BIGINT)),
                of("decimal", ColumnType.decimal(38, 10)),
                of("small decimal", ColumnType.decimal(3, 1)),
                of("any decimal", ColumnType.of(Kind.DECIMAL)),
                of("real", ColumnType.of(Kind.REAL)),
                of("double", ColumnType.of(Kind.DOUBLE)),
                of("text", ColumnType.text(10)),
                of("binary", ColumnType.binary(null)),
                of("date", ColumnType.of(Kind.DATE)),
                of("time", ColumnType.of(Kind.TIME)),
                of("timestamp", ColumnType.of(Kind.TIMESTAMP)),
                of("with zone", ColumnType.of(Kind.TIMESTAMP_WITH_ZONE)),
                of("uuid", ColumnType.of(Kind.UUID)),
                of("json", ColumnType.of(Kind.JSON)),
                of("xml", ColumnType.of(Kind.XML))),
            out);
    file.add(
        values(
            "Zoë 🦆",
            "true",
            "-32768",
            "2147483647",
            "-9223372036854775808",
            "-1234567890123456789012345678.0123456789",
            "-99.9",
            "1234567890123456789012345678901234567890.5",
            "0.1",
            "-0.1",
            "",
            "\0\1",
            "1969-12-31",
            "13:05:00.25",
            "1969-12-31 23:59:59.9999999",
            "2026-11-22 13:05:00.25+01:00",
            "0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f",
            "{\"a\":[1]}",
            "<a/>"));
    file.add(
        values(
            "b", null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null));
    file.finish();

    try (ParquetFileReader reader = open();
        RowReader rows = reader.rowReader()) {
      assertThat(reader.getFileSchema().getColumns())
          .extracting(ColumnSchema::name)
          .startsWith("database", "boolean")
          .hasSize(19);
      assertThat(reader.getFileSchema().getColumn("smallint").logicalType())
          .isEqualTo(new LogicalType.IntType(16, true));
      assertThat(reader.getFileSchema().getColumn("json").logicalType())
          .isEqualTo(new LogicalType.JsonType());
      assertThat(reader.getFileSchema().getColumn("decimal").logicalType())
          .isEqualTo(new LogicalType.DecimalType(10, 38));
      assertThat(rows.hasNext()).isTrue();
      rows.next();
      assertThat(rows.getString("database")).isEqualTo("Zoë 🦆");
      assertThat(rows.getBoolean("boolean")).isTrue();
      assertThat(rows.getInt("smallint")).isEqualTo(Short.MIN_VALUE);
      assertThat(rows.getInt("integer")).isEqualTo(Integer.MAX_VALUE);
      assertThat(rows.getLong("bigint")).isEqualTo(Long.MIN_VALUE);
      assertThat(rows.getDecimal("decimal"))
          .isEqualTo(new BigDecimal("-1234567890123456789012345678.0123456789"));
      assertThat(rows.getDecimal("small decimal")).isEqualTo(new BigDecimal("-99.9"));
      assertThat(rows.getString("any decimal"))
          .isEqualTo("1234567890123456789012345678901234567890.5");
      assertThat(rows.getFloat("real")).isEqualTo(0.1f);
      assertThat(rows.getDouble("double")).isEqualTo(-0.1);
      assertThat(rows.getString("text")).isEmpty();
      assertThat(rows.getBinary("binary")).containsExactly(0, 1);
      assertThat(rows.getDate("date")).isEqualTo(LocalDate.of(1969, 12, 31));
      assertThat(rows.getTime("time")).isEqualTo(LocalTime.parse("13:05:00.25"));
      assertThat(rows.getLocalTimestamp("timestamp"))
          .isEqualTo(LocalDateTime.parse("1969-12-31T23:59:59.999999"));
      assertThat(rows.getTimestamp("with zone"))
          .isEqualTo(Instant.parse("2026-11-22T12:05:00.25Z"));
      assertThat(rows.getUuid("uuid"))
          .isEqualTo(UUID.fromString("0198c0de-7a5b-7c3d-8e4f-5a6b7c8d9e0f"));
      assertThat(rows.getString("json")).isEqualTo("{\"a\":[1]}");
      assertThat(rows.getString("xml")).isEqualTo("<a/>");
      assertThat(rows.hasNext()).isTrue();
      rows.next();
      assertThat(rows.getString("database")).isEqualTo("b");
      for (int i = 1; i < 19; i++) {
        assertThat(rows.isNull(i)).isTrue();
      }
      assertThat(rows.hasNext()).isFalse();
    }
  }

  @Test
  void aFileOfManyRowsHasSeveralGroups() throws Exception {
    int count = 300_000;
    ParquetFile file =
        new ParquetFile(
            List.of(
                ParquetColumn.requiredText("database"),
                of("number", ColumnType.of(Kind.INTEGER)),
                of("odd", ColumnType.of(Kind.BOOLEAN)),
                of("third", ColumnType.text(null))),
            out);
    for (int i = 0; i < count; i++) {
      file.add(
          values(
              "db" + i / 1_000,
              String.valueOf(i),
              String.valueOf(i % 2 == 1),
              i % 3 == 0 ? "t" + i : null));
    }
    file.finish();

    try (ParquetFileReader reader = open();
        RowReader rows = reader.rowReader()) {
      assertThat(reader.getFileMetaData().numRows()).isEqualTo(count);
      assertThat(reader.getFileMetaData().rowGroups()).hasSizeGreaterThan(1);
      for (int i = 0; i < count; i++) {
        assertThat(rows.hasNext()).isTrue();
        assertThat(rows.hasNext()).isTrue();
        rows.next();
        if (rows.getInt("number") != i
            || rows.getBoolean("odd") != (i % 2 == 1)
            || !rows.getString("database").equals("db" + i / 1_000)
            || rows.isNull("third") != (i % 3 != 0)) {
          throw new AssertionError("row " + i);
        }
      }
      assertThat(rows.hasNext()).isFalse();
    }
  }

  @Test
  void aFileWithoutRowsCanBeRead() throws Exception {
    new ParquetFile(List.of(of("a", ColumnType.text(null))), out).finish();

    try (ParquetFileReader reader = open();
        RowReader rows = reader.rowReader()) {
      assertThat(rows.hasNext()).isFalse();
      assertThat(reader.getFileSchema().getColumnCount()).isEqualTo(1);
    }
  }

  @Test
  void manyColumnsAreWrittenToo() throws Exception {
    List<ParquetColumn> columns =
        IntStream.range(0, 1_600).mapToObj(i -> of("c" + i, ColumnType.of(Kind.BIGINT))).toList();
    ParquetFile file = new ParquetFile(columns, out);
    file.add(values(IntStream.range(0, 1_600).mapToObj(String::valueOf).toArray(String[]::new)));
    file.finish();

    try (ParquetFileReader reader = open();
        RowReader rows = reader.rowReader()) {
      assertThat(rows.hasNext()).isTrue();
      rows.next();
      assertThat(rows.getLong("c1599")).isEqualTo(1_599);
    }
  }

  @Test
  void nothingIsWrittenBeforeTheFirstGroupIsFull() throws Exception {
    ParquetFile file = new ParquetFile(List.of(of("a", ColumnType.text(null))), out);
    file.add(values("x"));

    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "DECIMAL, NaN",
    "DECIMAL, 1000.0",
    "DECIMAL, 1.23",
    "DATE, infinity",
    "TIME, 24:00:00",
    "TIMESTAMP, -infinity",
    "TIMESTAMP_WITH_ZONE, 2026-11-22 13:05:00",
    "INTEGER, 2147483648"
  })
  void aValueThatDoesNotFitIsSaid(Kind kind, String value) {
    ColumnType type = kind == Kind.DECIMAL ? ColumnType.decimal(4, 1) : ColumnType.of(kind);
    ParquetFile file =
        new ParquetFile(List.of(ParquetColumn.requiredText("d"), of("a", type)), out);

    assertThatThrownBy(() -> file.add(values("d", value)))
        .isInstanceOfSatisfying(
            UnfitValue.class,
            e -> {
              assertThat(e.column()).isEqualTo(1);
              assertThat(e.value()).asString(UTF_8).isEqualTo(value);
            });
  }

  private ParquetFileReader open() throws IOException {
    return ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(out.toByteArray())));
  }

  private static ParquetColumn of(String name, ColumnType type) {
    return ParquetColumn.optional(name, type);
  }

  private static byte[] @Nullable [] values(@Nullable String... texts) {
    byte[] @Nullable [] values = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      String text = texts[i];
      values[i] = text == null ? null : text.getBytes(UTF_8);
    }
    return values;
  }
}
