package dev.edj.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.engine.rows.ColumnType;
import dev.edj.engine.rows.ColumnType.Kind;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnTypesTest {

  static Stream<Arguments> types() {
    return Stream.of(
        Arguments.of(ColumnType.text(5), ColumnType.text(9), ColumnType.text(9)),
        Arguments.of(ColumnType.text(5), ColumnType.text(null), ColumnType.text(null)),
        Arguments.of(of(Kind.SMALLINT), of(Kind.BIGINT), of(Kind.BIGINT)),
        Arguments.of(of(Kind.REAL), of(Kind.DOUBLE), of(Kind.DOUBLE)),
        Arguments.of(ColumnType.decimal(5, 2), ColumnType.decimal(6, 4), ColumnType.decimal(7, 4)),
        Arguments.of(ColumnType.decimal(5, 2), of(Kind.INTEGER), ColumnType.decimal(12, 2)),
        Arguments.of(ColumnType.decimal(5, 2), of(Kind.DECIMAL), of(Kind.DECIMAL)),
        Arguments.of(of(Kind.DOUBLE), of(Kind.INTEGER), ColumnType.text(null)),
        Arguments.of(
            ColumnType.time(Kind.TIMESTAMP, 3),
            ColumnType.time(Kind.TIMESTAMP, 6),
            ColumnType.time(Kind.TIMESTAMP, 6)),
        Arguments.of(of(Kind.TIMESTAMP), of(Kind.DATE), ColumnType.text(null)));
  }

  @ParameterizedTest
  @MethodSource("types")
  void theTypeForBothHasAllValuesOfEither(ColumnType one, ColumnType other, ColumnType merged) {
    assertThat(ColumnTypes.merged(one, other)).isEqualTo(merged);
    assertThat(ColumnTypes.merged(other, one)).isEqualTo(merged);
  }

  private static ColumnType of(Kind kind) {
    return ColumnType.of(kind);
  }
}
