package dev.edj.engine.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgreSqlResultTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$1,234.56 | 1234.56",
        "-$0.50 | -0.50",
        "($0.50) | -0.50",
        "1.234.567,89 € | 1234567.89",
        "-1.234,56 kr. | -1234.56",
        "kr.1.234,56 | 1234.56",
        "¥1,234 | 1234",
        "$92,233,720,368,547,758.07 | 92233720368547758.07",
        "$0.00 | 0.00",
      })
  void amountsOfMoneyAreReadInEveryUsualForm(String amount, String number) throws SQLException {
    assertThat(PostgreSqlResult.money(amount)).isEqualTo(number);
  }

  @Test
  void anAmountWithThreeDigitsBehindThePointIsRefused() {
    assertThatThrownBy(() -> PostgreSqlResult.money("BD 1,234.567"))
        .hasMessageContaining("cast it");
  }

  @Test
  void scalesThatOnlyPostgreSqlHasBecomeUsualOnes() {
    assertThat(PostgreSqlResult.numeric(3, -2 & 0x7FF)).isEqualTo(ColumnType.decimal(5, 0));
    assertThat(PostgreSqlResult.numeric(3, 5)).isEqualTo(ColumnType.decimal(5, 5));
    assertThat(PostgreSqlResult.numeric(38, 10)).isEqualTo(ColumnType.decimal(38, 10));
    assertThat(PostgreSqlResult.numeric(0, 0)).isEqualTo(ColumnType.decimal(null, null));
  }
}
