package dev.edj.controldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.testing.TestControlDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlDatabaseLossTest {

  /// After a failover the connections to the old primary live on, and refuse every change.
  @Test
  void aConnectionThatBecameReadOnlyIsGivenUpAndTheNextOneCanWrite() {
    try (TestControlDatabase database = TestControlDatabase.create();
        ControlDatabase one = ControlDatabase.open(database.address(), 1)) {
      Jdbi jdbi = one.jdbi();
      jdbi.useHandle(handle ->
          handle.execute("SELECT set_config('default_transaction_read_only', 'on', false)"));
      assertThatThrownBy(() -> jdbi.useHandle(handle -> handle.execute("DELETE FROM firing")))
          .isInstanceOf(JdbiException.class)
          .matches(ControlDatabaseLoss::isCauseOf)
          .hasMessageContaining("read-only");
      jdbi.useHandle(handle -> handle.execute("DELETE FROM firing"));
    }
  }

  @Test
  void theServerNoticesWithinSecondsThatAClientIsGone() throws SQLException {
    try (TestControlDatabase database = TestControlDatabase.create();
        Connection dedicated = database.database().dedicatedConnection("test")) {
      try (Handle pooled = database.jdbi().open();
          Handle alone = Jdbi.open(dedicated)) {
        assertThat(settings(pooled, "idle_in_transaction%")).containsExactly("3000");
        assertThat(settings(pooled, "tcp_%")).containsExactly("3", "5", "2", "10000");
        assertThat(settings(alone, "tcp_%")).containsExactly("3", "5", "2", "10000");
      }
    }
  }

  private static List<String> settings(Handle handle, String name) {
    return handle
        .createQuery("SELECT setting FROM pg_settings WHERE name LIKE :name ORDER BY name")
        .bind("name", name)
        .mapTo(String.class)
        .list();
  }

  @ParameterizedTest
  @CsvSource({
    "53100, has no space left on its disk",
    "53300, has no connection left",
    "57P03, is starting up",
    "57P01, is shutting down",
    "25006, 'is read-only, as a standby is'",
    "25P03, has ended a session that stood still for too long",
    "08006, does not answer"
  })
  void itSaysWhatIsTheMatter(String state, String reason) {
    SQLException failure = new SQLException("", state);
    assertThat(ControlDatabaseLoss.is(failure)).isTrue();
    assertThat(ControlDatabaseLoss.reason(failure)).isEqualTo(reason);
  }

  @Test
  void aStatementThatIsWrongIsNoLoss() {
    assertThat(ControlDatabaseLoss.is(new SQLException("", "42601"))).isFalse();
    assertThat(ControlDatabaseLoss.is(new SQLException("", "23505"))).isFalse();
  }
}
