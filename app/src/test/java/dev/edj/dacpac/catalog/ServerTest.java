package dev.edj.dacpac.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.dacpac.catalog.Server.Sight;
import java.sql.SQLNonTransientException;
import org.junit.jupiter.api.Test;

class ServerTest {

  private static final Sight ALL = new Sight(true, true, 0);

  @Test
  void aCollationTellsWhetherCaseCounts() {
    assertThat(Server.isCaseSensitive("SQL_Latin1_General_CP1_CI_AS")).isFalse();
    assertThat(Server.isCaseSensitive("SQL_Latin1_General_CP1_CS_AS")).isTrue();
    assertThat(Server.isCaseSensitive("Latin1_General_100_BIN2_UTF8")).isTrue();
    assertThat(Server.isCaseSensitive("Danish_Norwegian_CI_AS_KS")).isFalse();
  }

  @Test
  void aServerFrom2012OnIsRead() {
    assertThatCode(() -> server(3, "11.0.2100.60", ALL).requireReadable())
        .doesNotThrowAnyException();
    assertThatCode(() -> server(5, "12.0.2000.8", ALL).requireReadable())
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> server(3, "10.50.1600.1", ALL).requireReadable())
        .isInstanceOf(SQLNonTransientException.class)
        .hasMessageContaining("10.50.1600.1");
    assertThatThrownBy(() -> server(6, "12.0.2000.8", ALL).requireReadable())
        .hasMessageContaining("Synapse");
  }

  @Test
  void aLoginFromWhichSomethingIsKeptIsRefused() {
    assertThatThrownBy(() -> server(3, "16.0", new Sight(false, true, 0)).requireReadable())
        .hasMessageContaining("GRANT VIEW DEFINITION");
    assertThatThrownBy(() -> server(3, "16.0", new Sight(true, false, 0)).requireReadable())
        .hasMessageContaining("sys.sql_expression_dependencies");
    assertThatThrownBy(() -> server(3, "16.0", new Sight(true, true, 1)).requireReadable())
        .hasMessageContaining("denied");
  }

  private static Server server(int edition, String version, Sight sight) {
    return new Server(edition, version, "Latin1_General_CI_AS", false, false, sight);
  }
}
