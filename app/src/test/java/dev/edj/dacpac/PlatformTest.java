package dev.edj.dacpac;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.dacpac.Platform.Server;
import org.junit.jupiter.api.Test;

class PlatformTest {

  @Test
  void aServerIsOfTheKindOfThePackageAndNotOlder() {
    assertThatCode(() -> Platform.SQL_2016.requireFits(new Server(false, 13)))
        .doesNotThrowAnyException();
    assertThatCode(() -> Platform.SQL_2016.requireFits(new Server(false, 16)))
        .doesNotThrowAnyException();
    assertThatCode(() -> Platform.AZURE_V12.requireFits(new Server(true, 12)))
        .doesNotThrowAnyException();
  }

  @Test
  void anyOtherServerIsRefused() {
    assertThatThrownBy(() -> Platform.SQL_2022.requireFits(new Server(false, 15)))
        .hasMessageContaining("SQL Server 2022")
        .hasMessageContaining("version 15")
        .hasMessageContaining("AllowIncompatiblePlatform");
    assertThatThrownBy(() -> Platform.SQL_2016.requireFits(new Server(true, 12)))
        .hasMessageContaining("this is Azure SQL Database");
    assertThatThrownBy(() -> Platform.AZURE_V12.requireFits(new Server(false, 16)))
        .hasMessageContaining("this is SQL Server");
  }
}
