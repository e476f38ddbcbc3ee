package dev.edj.engine.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnNamesTest {

  @Test
  void columnsWithoutANameAreNumbered() {
    assertThat(ColumnNames.unique(List.of("", "a", " ")))
        .containsExactly("column1", "a", "column3");
  }

  @Test
  void aNameThatIsThereAlreadyGetsANumber() {
    assertThat(ColumnNames.unique(List.of("id", "ID", "id", "id_2", "Id")))
        .containsExactly("id", "ID_2", "id_3", "id_2_2", "Id_4");
  }

  @Test
  void anAnonymousColumnDoesNotTakeANameThatIsThere() {
    assertThat(ColumnNames.unique(List.of("column2", ""))).containsExactly("column2", "column2_2");
  }

  @Test
  void namesThatAreCutStayDifferent() {
    assertThat(PostgreSqlDestination.cut("ä".repeat(40), 63)).isEqualTo("ä".repeat(31));
    assertThat(PostgreSqlDestination.cut("🦆🦆", 7)).isEqualTo("🦆");
  }
}
