package dev.edj.engine.rows;

import static dev.edj.engine.rows.RowSpoolTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.engine.rows.ColumnType.Kind;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowDigestTest {

  @Test
  void theOrderOfRowsDoesNotCount() {
    assertThat(digest(Kind.TEXT, "a", "b", "c")).isEqualTo(digest(Kind.TEXT, "c", "a", "b"));
  }

  @Test
  void theNumberOfEqualRowsCounts() {
    assertThat(digest(Kind.TEXT, "a", "a"))
        .isNotEqualTo(digest(Kind.TEXT, "a"))
        .isNotEqualTo(digest(Kind.TEXT))
        .isNotEqualTo(digest(Kind.TEXT, "a", "a", "a"));
    assertThat(digest(Kind.TEXT, "a", "a", "b")).isNotEqualTo(digest(Kind.TEXT, "a", "b", "b"));
  }

  @Test
  void nullIsNotAnEmptyText() {
    assertThat(digest(Kind.TEXT, (String) null)).isNotEqualTo(digest(Kind.TEXT, ""));
  }

  @Test
  void whereAValueEndsCounts() {
    List<Column> columns =
        List.of(
            new Column("a", ColumnType.of(Kind.TEXT)), new Column("b", ColumnType.of(Kind.TEXT)));
    assertThat(digest(columns, "ab", "c")).isNotEqualTo(digest(columns, "a", "bc"));
    assertThat(digest(columns, "a", "b")).isNotEqualTo(digest(columns, "b", "a"));
  }

  @Test
  void namesCountButNotTheirCaseNorTheTypesNorTheirLengths() {
    byte[] digest = digest(List.of(new Column("Name", ColumnType.text(10))), "a");
    assertThat(digest(List.of(new Column("name", ColumnType.text(null))), "a")).isEqualTo(digest);
    assertThat(digest(List.of(new Column("other", ColumnType.text(10))), "a")).isNotEqualTo(digest);
  }

  @Test
  void numbersAreTheSameWhenTheyMeanTheSame() {
    byte[] one = digest(Kind.INTEGER, "1");
    assertThat(digest(Kind.DECIMAL, "1.000")).isEqualTo(one);
    assertThat(digest(Kind.DOUBLE, "1.0")).isEqualTo(one);
    assertThat(digest(Kind.DOUBLE, "1e0")).isEqualTo(one);
    assertThat(digest(Kind.BOOLEAN, "true")).isEqualTo(one);
    assertThat(digest(Kind.DECIMAL, "-0.50")).isEqualTo(digest(Kind.DECIMAL, "-0.5"));
    assertThat(digest(Kind.DECIMAL, "-0.00")).isEqualTo(digest(Kind.INTEGER, "0"));
    assertThat(digest(Kind.DOUBLE, "-0")).isEqualTo(digest(Kind.INTEGER, "0"));
    assertThat(digest(Kind.DOUBLE, "1e+16")).isEqualTo(digest(Kind.DOUBLE, "1.0E16"));
    assertThat(digest(Kind.DOUBLE, "NaN")).isNotEqualTo(digest(Kind.DOUBLE, "Infinity"));
    assertThat(digest(Kind.DECIMAL, "100")).isNotEqualTo(one);
    assertThat(digest(Kind.DECIMAL, "0.1")).isNotEqualTo(digest(Kind.DECIMAL, "0.01"));
  }

  @Test
  void momentsAreTheSameWhateverTheirZone() {
    assertThat(digest(Kind.TIMESTAMP_WITH_ZONE, "2026-11-22 13:05:00.250+01:00"))
        .isEqualTo(digest(Kind.TIMESTAMP_WITH_ZONE, "2026-11-22 12:05:00.25+00:00"))
        .isNotEqualTo(digest(Kind.TIMESTAMP_WITH_ZONE, "2026-11-22 13:05:00.25+00:00"));
    assertThat(digest(Kind.TIME, "13:05:00.000000")).isEqualTo(digest(Kind.TIME, "13:05:00"));
  }

  @Test
  void whatIsTheSameIsKnownFromRunToRun() {
    assertThat(HexFormat.of().formatHex(digest(Kind.TEXT, "a", null)))
        .isEqualTo("c66a1117efdaafc2f7cec5c660b8d8fff8229ede73d01320dc8947ed756ec7e1");
  }

  private static byte[] digest(Kind kind, @Nullable String... rows) {
    return digest(List.of(new Column("a", ColumnType.of(kind))), rows);
  }

  /// @param values as many rows as there are values for
  private static byte[] digest(List<Column> columns, @Nullable String... values) {
    RowDigest digest = new RowDigest(columns);
    for (int i = 0; i < values.length; i += columns.size()) {
      List<byte @Nullable []> row =
          Arrays.stream(values, i, i + columns.size())
              .<byte @Nullable []>map(value -> value == null ? null : bytes(value))
              .toList();
      digest.add(new TestRow(columns, row));
    }
    assertThat(digest.count()).isEqualTo(values.length / columns.size());
    return digest.value();
  }
}
