package dev.edj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The names that engines allow for databases, schemas and tables.
class NameFaultTest {

  @ParameterizedTest
  @CsvSource({
    "sqlserver, x, 128, has 129 characters in UTF-16; SQL Server allows 128",
    "sqlserver, 🗝, 64, has 130 characters in UTF-16; SQL Server allows 128",
    "postgresql, x, 63, has 64 bytes in UTF-8; PostgreSQL allows 63",
    "postgresql, é, 31, has 64 bytes in UTF-8; PostgreSQL allows 63",
    "mysql, x, 64, has 65 characters; MySQL and MariaDB allow 64",
    "mariadb, é, 64, has 65 characters; MySQL and MariaDB allow 64"
  })
  void aNameThatIsTooLongSaysByHowMuch(String scheme, String character, int longest, String fault) {
    Engine engine = ServerName.parse(scheme + "://s").engine();

    assertThat(engine.findNameFault(character.repeat(longest))).isEmpty();
    assertThat(engine.findNameFault(character.repeat(longest + 1))).contains(fault);
  }

  @Test
  void onlySqlServerAndPostgresHaveSchemas() {
    assertThat(Engine.ALL)
        .filteredOn(Engine::hasSchemas)
        .extracting(Engine::scheme)
        .containsExactly("sqlserver", "postgresql");
  }
}
