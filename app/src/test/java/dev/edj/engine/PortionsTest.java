package dev.edj.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.testing.PostgresServer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortionsTest {

  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final String DATABASE = SERVER.createDatabase();

  @Test
  void narrowRowsAreFetchedManyAtATime() throws TargetException {
    assertThat(sizes("SELECT n, n::numeric(10,2) FROM generate_series(1, 5000) n"))
        .startsWith(Portions.FIRST)
        .endsWith(1_000);
    assertThat(sizes("SELECT n, n::text FROM generate_series(1, 5000) n"))
        .startsWith(Portions.FIRST)
        .endsWith(200);
  }

  @Test
  void wideRowsAreFetchedFewAtATime() throws TargetException {
    assertThat(sizes("SELECT repeat('x', 100000) FROM generate_series(1, 200)")).endsWith(10);
    assertThat(sizes("SELECT repeat('x', 3000000) FROM generate_series(1, 20)")).endsWith(1);
  }

  @Test
  void afterWideRowsNarrowOnesAreFetchedManyAtATimeAgain() throws TargetException {
    assertThat(
            sizes(
                "SELECT repeat('x', CASE WHEN n < 30 THEN 1000000 ELSE 10 END)"
                    + " FROM generate_series(1, 9000) n"))
        .contains(1)
        .endsWith(200);
  }

  /// The sizes of the portions that were asked for.
  private static List<Integer> sizes(String query) throws TargetException {
    List<Integer> sizes = new ArrayList<>();
    ConnectionSettings settings =
        ConnectionSettings.of(
                ServerName.parse("postgresql://localhost:" + SERVER.port()),
                DATABASE,
                PostgresServer.USER,
                new Password(PostgresServer.PASSWORD))
            .withTls(TlsMode.VERIFY_FULL, SERVER.certificatePem());
    try (TargetSession session = settings.server().engine().open(settings)) {
      session.run(
          query,
          new BatchListener() {
            @Override
            public void message(TargetMessage message) {}

            @Override
            public void rowCount(long rows) {}

            @Override
            public void resultSet(ResultSet rows) throws SQLException {
              Portions portions = Portions.of(rows);
              do {
                sizes.add(rows.getFetchSize());
              } while (portions.next());
            }
          });
    }
    return sizes;
  }
}
