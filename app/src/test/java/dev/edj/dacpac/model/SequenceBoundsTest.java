package dev.edj.dacpac.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class SequenceBoundsTest {

  @Test
  void theBoundsOfEachTypeAreKnown() {
    assertThat(SequenceBounds.of("tinyint", 3)).isEqualTo(bounds("0", "255"));
    assertThat(SequenceBounds.of("smallint", 5)).isEqualTo(bounds("-32768", "32767"));
    assertThat(SequenceBounds.of("int", 10)).isEqualTo(bounds("-2147483648", "2147483647"));
    assertThat(SequenceBounds.of("bigint", 19))
        .isEqualTo(bounds("-9223372036854775808", "9223372036854775807"));
    assertThat(SequenceBounds.of("decimal", 3)).isEqualTo(bounds("-999", "999"));
  }

  private static SequenceBounds bounds(String minimum, String maximum) {
    return new SequenceBounds(new BigDecimal(minimum), new BigDecimal(maximum));
  }
}
