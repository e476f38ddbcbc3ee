package dev.edj.engine.rows;

import dev.edj.engine.BatchListener;
import dev.edj.engine.ConnectionSettings;
import dev.edj.engine.Engine;
import dev.edj.engine.Password;
import dev.edj.engine.ServerName;
import dev.edj.engine.TargetException;
import dev.edj.engine.TargetMessage;
import dev.edj.engine.TargetSession;
import dev.edj.engine.TlsMode;
import dev.edj.testing.MariaDbServer;
import dev.edj.testing.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A database of a server that there is for tests, as source and as destination of rows.
record Site(ConnectionSettings settings) {

  private static final Path SPOOLS = Path.of(System.getProperty("java.io.tmpdir"), "edj-spools");

  static Site postgreSql() {
    PostgresServer server = PostgresServer.shared();
    return new Site(
        ConnectionSettings.of(
                ServerName.parse("postgresql://localhost:" + server.port()),
                server.createDatabase(),
                PostgresServer.USER,
                new Password(PostgresServer.PASSWORD))
            .withTls(TlsMode.VERIFY_FULL, server.certificatePem()));
  }

  static Site mariaDb() {
    MariaDbServer server = MariaDbServer.shared();
    return new Site(
        ConnectionSettings.of(
                ServerName.parse("mariadb://localhost:" + server.port()),
                server.createDatabase(),
                MariaDbServer.USER,
                new Password(MariaDbServer.PASSWORD))
            .withTls(TlsMode.VERIFY_FULL, server.certificatePem()));
  }

  static boolean hasSqlServer() {
    return System.getenv("EDJ_TEST_SQLSERVER_URL") != null;
  }

  static Site sqlServer() throws TargetException {
    String database = "edj_rows_" + UUID.randomUUID().toString().replace('-', '_');
    Site master =
        new Site(
            ConnectionSettings.of(
                    ServerName.parse(environment("EDJ_TEST_SQLSERVER_URL")),
                    "master",
                    environment("EDJ_TEST_SQLSERVER_USER"),
                    new Password(environment("EDJ_TEST_SQLSERVER_PASSWORD")))
                .withTls(TlsMode.REQUIRE, null));
    master.run("CREATE DATABASE " + database);
    return new Site(master.settings().withDatabase(database));
  }

  private static String environment(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }

  Engine engine() {
    return settings.server().engine();
  }

  String name() {
    return settings.server().canonical();
  }

  RowOrigin origin(UUID executionId) {
    return new RowOrigin(executionId, name(), settings.database());
  }

  void run(String... batches) throws TargetException {
    try (TargetSession session = engine().open(settings)) {
      for (String batch : batches) {
        session.run(batch, new SilentListener());
      }
    }
  }

  /// What a query returns, read as a worker reads it.
  RowSpool collect(String query) throws TargetException {
    List<RowSpool> spools = new ArrayList<>();
    try (TargetSession session = engine().open(settings)) {
      session.run(
          query,
          new BatchListener() {
            @Override
            public void message(TargetMessage message) {}

            @Override
            public void rowCount(long rows) {}

            @Override
            public void resultSet(ResultSet rows) throws SQLException {
              spools.add(spool(ResultRows.of(engine(), rows)));
            }
          });
    }
    return spools.getFirst();
  }

  static <E extends Exception> RowSpool spool(RowCursor<E> rows) throws E {
    try {
      RowSpool spool = new RowSpool(rows.columns(), SPOOLS);
      while (rows.next()) {
        spool.add(rows);
      }
      return spool;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The values of a query as text.
  List<List<@Nullable String>> values(String query) throws TargetException {
    return values(collect(query));
  }

  static List<List<@Nullable String>> values(RowSpool spool) {
    try {
      List<List<@Nullable String>> values = new ArrayList<>();
      RowCursor<IOException> rows = spool.read();
      while (rows.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 0; i < spool.columns().size(); i++) {
          byte[] value = rows.value(i);
          row.add(value == null ? null : new String(value, StandardCharsets.UTF_8));
        }
        values.add(row);
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a store has of one child.
  RowSpool stored(RowTable table, UUID executionId) throws TargetException {
    List<RowSpool> spools = new ArrayList<>();
    try (RowStore store = RowStore.open(settings)) {
      store.read(table, List.of(executionId), (_, rows) -> spools.add(spool(rows)));
    }
    return spools.getFirst();
  }

  static Path spools() throws IOException {
    return Files.createDirectories(SPOOLS);
  }
}
