package dev.edj.worker;

import dev.edj.engine.BatchListener;
import dev.edj.engine.ConnectionSettings;
import dev.edj.engine.Password;
import dev.edj.engine.ServerName;
import dev.edj.engine.TargetException;
import dev.edj.engine.TargetMessage;
import dev.edj.engine.TargetSession;
import dev.edj.engine.TlsMode;
import dev.edj.testing.MariaDbServer;
import dev.edj.testing.PostgresServer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A database of its own, with the table `effect`.
record Site(ConnectionSettings settings, String database, String ledger) {

  static final String POSTGRESQL = "postgresql";
  static final String MARIADB = "mariadb";

  static Site of(String scheme) throws TargetException {
    boolean postgres = scheme.equals(POSTGRESQL);
    int port = postgres ? PostgresServer.shared().port() : MariaDbServer.shared().port();
    String database =
        postgres
            ? PostgresServer.shared().createDatabase()
            : MariaDbServer.shared().createDatabase();
    Site site =
        new Site(
            ConnectionSettings.of(
                    ServerName.parse(scheme + "://localhost:" + port),
                    database,
                    postgres ? PostgresServer.USER : MariaDbServer.USER,
                    new Password(postgres ? PostgresServer.PASSWORD : MariaDbServer.PASSWORD))
                .withTls(TlsMode.DISABLE, null),
            database,
            postgres ? "edj.ledger" : "edj_ledger");
    site.run("CREATE TABLE effect (id INT)");
    return site;
  }

  TargetSession open(String applicationName) throws TargetException {
    return settings.server().engine().open(settings.withApplicationName(applicationName));
  }

  List<String> run(String sql) throws TargetException {
    List<String> values = new ArrayList<>();
    try (TargetSession session = open("edj tests")) {
      session.run(
          sql,
          new BatchListener() {
            @Override
            public void message(TargetMessage message) {}

            @Override
            public void rowCount(long rows) {}

            @Override
            public void resultSet(ResultSet rows) throws SQLException {
              while (rows.next()) {
                values.add(rows.getString(1));
              }
            }
          });
    }
    return values;
  }

  List<String> tables() throws TargetException {
    return run(
        "SELECT table_name FROM information_schema.tables WHERE table_schema IN ('public', 'edj', '%s')"
            .formatted(database));
  }

  List<String> effects() throws TargetException {
    return run("SELECT id FROM effect");
  }
}
