package dev.edj.shardmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.engine.ServerName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "db1, 0, db1",
        "DB1.Example.com., 0, db1.example.com",
        "tcp:db1, 0, db1",
        "TCP:db1, 1433, db1",
        "db1, 1500, `db1,1500`",
        "`db1,1433`, 0, db1",
        "`db1,1500`, 0, `db1,1500`",
        "`db1 , 1500`, 1500, `db1,1500`",
        "`tcp:db1,1500`, 0, `db1,1500`",
        "db1:1500, 0, `db1,1500`",
        "db1\\Blue, 0, db1\\blue",
        "db1\\Blue, 1500, `db1,1500`",
        "`db1\\Blue,1433`, 0, db1",
        "db1\\mssqlserver, 0, db1",
        "` db1 `, 0, db1",
        "127.0.0.1, 0, 127.0.0.1",
        "2001:db8:0:0:0:0:0:1, 0, [2001:db8:0:0:0:0:0:1]",
        "[2001:db8:0:0:0:0:0:1]:1500, 0, `[2001:db8:0:0:0:0:0:1],1500`",
        "`2001:db8:0:0:0:0:0:1,1500`, 0, `[2001:db8:0:0:0:0:0:1],1500`",
        "2001:DB8::1, 0, [2001:db8:0:0:0:0:0:1]",
        "postgresql://db1, 0, postgresql://db1",
        "PostgreSQL://db1:5432, 0, postgresql://db1",
        "mariadb://db1, 3307, mariadb://db1:3307",
        "sqlserver://db1, 1433, db1",
      })
  void whatPeopleWriteIsUnderstood(String serverName, int port, String expected) {
    String name = ServerAddress.parse(Catalog.SQL_SERVER, serverName, port).name();
    assertThat(name).isEqualTo(expected);
    assertThat(ServerName.parse(name).canonical()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, db1, 0, postgresql://db1",
    "POSTGRESQL, db1, 5432, postgresql://db1",
    "POSTGRESQL, db1, 1433, postgresql://db1:1433",
    "MYSQL, tcp:db1, 3306, mysql://db1",
    "MARIADB, db1:3307, 0, mariadb://db1:3307",
    "MARIADB, sqlserver://db1, 0, db1"
  })
  void shardsAreOnTheEngineOfTheirCatalogUnlessTheySayOtherwise(
      Catalog catalog, String serverName, int port, String expected) {
    String name = ServerAddress.parse(catalog, serverName, port).name();
    assertThat(name).isEqualTo(expected);
    assertThat(ServerName.parse(name).canonical()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "(local)",
        "np:db1",
        "lpc:db1",
        "admin:db1",
        "\\\\db1\\pipe\\sql\\query",
        "db1\\",
        "db1\\two words",
        "db1,",
        "db1,0",
        "db1,65536",
        "db1,123456",
        "db1;user=sa",
        "sa@db1",
        "db1/x",
        "db 1",
        "db..1",
        "dub\u00e9.example.com",
        "oracle://db1",
        "1:2:3",
        "[::::]",
        "[1.2.3]",
        "postgresql://db1\\blue",
        "db1\nb"
      })
  void whatCannotBeUnderstoodIsSaid(String serverName) {
    assertThatThrownBy(() -> ServerAddress.parse(Catalog.SQL_SERVER, serverName, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank();
  }

  @Test
  void aHostHasAtMostAsManyCharactersAsADomainName() {
    String host = "a".repeat(253);
    assertThat(ServerAddress.parse(Catalog.SQL_SERVER, host, 0).name()).isEqualTo(host);
    assertThatThrownBy(() -> ServerAddress.parse(Catalog.SQL_SERVER, host + "a", 0))
        .hasMessageContaining("too long");
  }

  @ParameterizedTest
  @CsvSource({"db1, -1", "db1, 65536", "'db1,1500', 1600"})
  void portsThatCannotBeAreSaid(String serverName, int port) {
    assertThatThrownBy(() -> ServerAddress.parse(Catalog.SQL_SERVER, serverName, port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("port");
  }
}
