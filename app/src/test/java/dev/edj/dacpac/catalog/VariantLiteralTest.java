package dev.edj.dacpac.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class VariantLiteralTest {

  @Test
  void textIsQuotedAsItsTypeIs() {
    assertThat(VariantLiteral.of("it's", "nvarchar")).isEqualTo("N'it''s'");
    assertThat(VariantLiteral.of("it's", "varchar")).isEqualTo("'it''s'");
  }

  @Test
  void whatALiteralAloneIsOfThatTypeStandsAlone() {
    assertThat(VariantLiteral.of(5, "int")).isEqualTo("5");
    assertThat(VariantLiteral.of(new BigDecimal("1E+3"), "decimal")).isEqualTo("1000");
    assertThat(VariantLiteral.of(new byte[] {0, (byte) 0xAB}, "varbinary")).isEqualTo("0x00AB");
  }

  @Test
  void anythingElseIsBroughtToItsType() {
    assertThat(VariantLiteral.of(true, "bit")).isEqualTo("CAST(1 AS BIT)");
    assertThat(VariantLiteral.of(7L, "bigint")).isEqualTo("CAST(7 AS BIGINT)");
    assertThat(VariantLiteral.of(1.5, "float")).isEqualTo("CAST(1.5 AS FLOAT)");
    assertThat(
            VariantLiteral.of(
                Timestamp.valueOf(LocalDateTime.of(2024, 2, 29, 1, 2, 3)), "datetime"))
        .isEqualTo("CAST(N'2024-02-29T01:02:03' AS DATETIME)");
  }

  @Test
  void nothingIsNull() {
    assertThat(VariantLiteral.of(null, null)).isEqualTo("NULL");
  }
}
