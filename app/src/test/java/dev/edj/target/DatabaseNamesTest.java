package dev.edj.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseNamesTest {

  private final DatabaseNames names = new DatabaseNames();

  @Test
  void neitherCaseNorBlanksAtTheEndTellDatabasesApartOnSqlServer() {
    assertThat(names.spelling("db1", "Sales ")).isEqualTo("Sales ");
    assertThat(names.spelling("db1", "Sales")).isEqualTo("Sales ");
    assertThat(names.spelling("db1", "SALES  ")).isEqualTo("Sales ");
    assertThat(names.spelling("db1", " Sales")).isEqualTo(" Sales");
    assertThat(names.spelling("db2", "SALES")).isEqualTo("SALES");
  }

  @Test
  void bothDoOnOtherEngines() {
    for (String server : List.of("postgresql://db1", "mariadb://db1", "mysql://db1")) {
      for (String name : List.of("Sales", "SALES", "Sales ")) {
        assertThat(names.spelling(server, name)).isEqualTo(name);
      }
    }
  }

  @Test
  void theServersOwnSpellingCounts() {
    names.addListed(
        List.of(
            new ResolvedDatabase(1, "db1", "Sales"),
            new ResolvedDatabase(1, "db1", "tenant"),
            new ResolvedDatabase(1, "db1", "TENANT")));
    assertThat(names.spelling("db1", "SALES ")).isEqualTo("Sales");
    assertThat(names.spelling("db1", "TENANT")).as("it has both").isEqualTo("TENANT");
    assertThat(names.spelling("db1", "tenant")).isEqualTo("tenant");
  }
}
