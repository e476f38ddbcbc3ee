package dev.edj.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "db1 | db1",
        "DB1.Example.COM | db1.example.com",
        "db1. | db1",
        "db1,1433 | db1",
        "db1:1433 | db1",
        "sqlserver://db1 | db1",
        "SQLServer://db1:1433 | db1",
        "tcp:db1.database.windows.net,1433 | db1.database.windows.net",
        "db1,1533 | db1,1533",
        "db1:1533 | db1,1533",
        "db1\\SQL2019 | db1\\sql2019",
        "db1\\MSSQLSERVER | db1",
        "db1\\SQL2019,1533 | db1,1533",
        "10.0.0.1,1533 | 10.0.0.1,1533",
        "[::1] | [0:0:0:0:0:0:0:1]",
        "::1 | [0:0:0:0:0:0:0:1]",
        "[2001:DB8::1]:1533 | [2001:db8:0:0:0:0:0:1],1533",
        "[::1],1533 | [0:0:0:0:0:0:0:1],1533",
        "postgresql://db1 | postgresql://db1",
        "postgresql://db1:5432 | postgresql://db1",
        "postgresql://db1:6432 | postgresql://db1:6432",
        "mysql://db1:3306 | mysql://db1",
        "mariadb://[::1]:3307 | mariadb://[0:0:0:0:0:0:0:1]:3307",
      })
  void oneServerHasOneKeyHoweverItIsWritten(String text, String canonical) {
    ServerName name = ServerName.parse(text);
    assertThat(name.canonical()).isEqualTo(canonical);
    assertThat(ServerName.parse(canonical)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "oracle://db1 | the engine is not one of sqlserver://",
        "postgresql:// | it has no host",
        ":1433 | it has no host",
        "\\SQL2019 | it has no host",
        "db1: | the port must be a number",
        "db1:0 | the port must be a number",
        "db1:65536 | the port must be a number",
        "db1:-1 | the port must be a number",
        "db1,14x | the port must be a number",
        "db1\\a b | a blank",
        "db1\\1x | the instance's name",
        "db1\\ | the instance's name",
        "postgresql://db1\\x | 'a' to 'z'",
        "postgresql://db1,5432 | 'a' to 'z'",
        "user:secret@db1 | belong in a credential",
        "postgresql://user:secret@db1 | belong in a credential",
        "db1/tenants | only a host",
        "postgresql://db1/tenants?ssl=off | only a host",
        "db1;encrypt=false | only a host",
        "db..1 | 'a' to 'z'",
        "-db1 | 'a' to 'z'",
        "dü1 | 'a' to 'z'",
        "[db1] | not an IPv6 address",
        "[::1 | ",
        "[::g]:1433 | ",
        "fe80::1%eth0 | ",
      })
  void aNameThatCannotBeUsedSaysWhy(String text, @Nullable String reason) {
    assertThatThrownBy(() -> ServerName.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The server name '")
        .hasMessageContaining(reason == null ? "" : reason)
        .hasMessageNotContainingAny("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "db 1", "db1\n", "db\0", "db1\u00a0", "\u202edb1"})
  void blanksAndControlCharactersAreRefused(String text) {
    assertThatThrownBy(() -> ServerName.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLongHostIsRefused() {
    assertThatThrownBy(() -> ServerName.parse("a".repeat(254)))
        .hasMessageContaining("longer than 253");
  }
}
