package dev.edj.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL on a free port of the loopback interface, one for all tests of a virtual
/// machine. Logins need a password by SCRAM; TLS is offered with a certificate for `localhost`.
/// Members of the role [#CERTIFIED] need a client certificate of their name instead, those of
/// [#DOUBLY_PROVEN] any client certificate beside the password, and those of [#TOKENED] are asked
/// for their password in the clear, as servers are that take tokens.
public final class PostgresServer {

  /// A superuser.
  public static final String USER = "admin";

  public static final String PASSWORD = "s3cret-Passw0rd";

  public static final String CERTIFIED = "certified";
  public static final String DOUBLY_PROVEN = "doubly_proven";
  public static final String TOKENED = "tokened";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final EmbeddedPostgres postgres;
  private final TestCertificate certificate;
  private final TestAuthority clients = TestAuthority.create("authority of PostgreSQL's clients");

  private PostgresServer(EmbeddedPostgres postgres, TestCertificate certificate) {
    this.postgres = postgres;
    this.certificate = certificate;
  }

  private static final class Shared {
    static final PostgresServer SERVER = start();
  }

  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  public int port() {
    return postgres.getPort();
  }

  /// What a client has to trust to accept this server's certificate.
  public String certificatePem() {
    return certificate.pem();
  }

  /// Whose client certificates the server takes.
  public TestAuthority clients() {
    return clients;
  }

  /// Creates an empty database of its own for a test, and returns its name.
  public String createDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    // Half the work where nothing waits for a disk: the template's pages are not logged.
    execute("CREATE DATABASE " + name + " STRATEGY file_copy");
    return name;
  }

  /// Creates a database of this name.
  public void createDatabase(String name) {
    execute("CREATE DATABASE \"" + name + "\" STRATEGY file_copy");
  }

  /// The databases that are no part of every server.
  public List<String> databases() {
    return names(
        "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'");
  }

  /// The roles that are no part of every such server.
  public List<String> roles() {
    return names(
        """
        SELECT rolname FROM pg_roles
        WHERE rolname NOT LIKE 'pg\\_%%' AND rolname NOT IN ('postgres', '%s', '%s', '%s', '%s')
        """
            .formatted(USER, CERTIFIED, DOUBLY_PROVEN, TOKENED));
  }

  private List<String> names(String query) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Runs a statement as a superuser in the database `postgres`.
  public void execute(String sql) {
    execute("postgres", sql);
  }

  /// Runs a statement as a superuser.
  public void execute(String database, String sql) {
    try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// One of its own, for whoever has to know all databases that there are.
  public static PostgresServer start() {
    try {
      TestCertificate certificate = TestCertificate.forHost("localhost");
      Path data = Files.createTempDirectory("edj-postgres-");
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setServerConfig("max_connections", "300")
              .setServerConfig("fsync", "off")
              .start();
      PostgresServer server = new PostgresServer(postgres, certificate);
      server.execute("CREATE ROLE " + USER + " SUPERUSER LOGIN PASSWORD '" + PASSWORD + "'");
      server.demandPasswords(data);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The embedded server trusts everybody; afterwards only `postgres`, whom the tests do not use.
  private void demandPasswords(Path data) throws IOException {
    Files.writeString(
        data.resolve("pg_hba.conf"),
        """
        local all all trust
        host all postgres 127.0.0.1/32 trust
        host all postgres ::1/128 trust
        hostssl all +certified 127.0.0.1/32 cert
        hostssl all +doubly_proven 127.0.0.1/32 scram-sha-256 clientcert=verify-ca
        hostssl all +tokened 127.0.0.1/32 password
        host all +certified,+doubly_proven,+tokened 127.0.0.1/32 reject
        host all all 127.0.0.1/32 scram-sha-256
        host all all ::1/128 scram-sha-256
        """);
    execute("CREATE ROLE " + CERTIFIED);
    execute("CREATE ROLE " + DOUBLY_PROVEN);
    execute("CREATE ROLE " + TOKENED);
    Path authority = Files.writeString(data.resolve("clients.crt"), clients.pem());
    execute("ALTER SYSTEM SET ssl_ca_file = '" + authority + "'");
    execute("ALTER SYSTEM SET ssl_cert_file = '" + certificate.certificate() + "'");
    execute("ALTER SYSTEM SET ssl_key_file = '" + certificate.key() + "'");
    execute("ALTER SYSTEM SET ssl = on");
    execute("SELECT pg_reload_conf()");
  }
}
