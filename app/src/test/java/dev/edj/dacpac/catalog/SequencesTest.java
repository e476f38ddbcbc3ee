package dev.edj.dacpac.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.catalog.Sequences.Bounds;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class SequencesTest {

  @Test
  void theBoundsOfEachTypeAreKnown() {
    assertThat(Bounds.of("tinyint", 3)).isEqualTo(bounds("0", "255"));
    assertThat(Bounds.of("smallint", 5)).isEqualTo(bounds("-32768", "32767"));
    assertThat(Bounds.of("int", 10)).isEqualTo(bounds("-2147483648", "2147483647"));
    assertThat(Bounds.of("bigint", 19))
        .isEqualTo(bounds("-9223372036854775808", "9223372036854775807"));
    assertThat(Bounds.of("decimal", 3)).isEqualTo(bounds("-999", "999"));
  }

  private static Bounds bounds(String minimum, String maximum) {
    return new Bounds(new BigDecimal(minimum), new BigDecimal(maximum));
  }
}
