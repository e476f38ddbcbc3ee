package dev.edj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.MariaDbServer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Isolated;

/// Rows pass through one by one, however many there are.
@Isolated("it measures the memory of the whole virtual machine")
class ManyRowsTest {

  @Test
  void aMillionRowsOfPostgreSqlNeedLittleMemory() throws TargetException {
    PostgreSqlTest engine = new PostgreSqlTest();
    assertLittleMemory(engine, engine.settings());
  }

  @Test
  void aMillionRowsOfMariaDbNeedLittleMemory() throws TargetException {
    String database = MariaDbServer.shared().createDatabase();
    for (MariaDbTest engine : List.of(new MariaDbTest(), new MySqlTest())) {
      assertLittleMemory(engine, engine.settings().withDatabase(database));
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(
      named = "EDJ_TEST_SQLSERVER_URL",
      matches = ".+",
      disabledReason = "no SQL Server, see SqlServerTest")
  void aMillionRowsOfSqlServerNeedLittleMemory() throws TargetException {
    SqlServerTest engine = new SqlServerTest();
    assertLittleMemory(engine, engine.settings().withDatabase("master"));
  }

  private static void assertLittleMemory(EngineContract engine, ConnectionSettings settings)
      throws TargetException {
    long before = usedAfterCollection();
    AtomicLong most = new AtomicLong();
    try (TargetSession session = settings.server().engine().open(settings)) {
      session.run(
          engine.millionRows(),
          new BatchListener() {
            @Override
            public void message(TargetMessage message) {}

            @Override
            public void rowCount(long rows) {}

            @Override
            public void resultSet(ResultSet rows) throws SQLException {
              long row = 0;
              while (rows.next()) {
                if (++row % 333_333 == 0) {
                  most.accumulateAndGet(usedAfterCollection(), Math::max);
                }
              }
            }
          });
    }
    assertThat(most.get() - before).isLessThan(16L << 20);
  }

  private static long usedAfterCollection() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
